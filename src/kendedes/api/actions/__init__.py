"""Keys given and taken back; programs that are told, and the telling."""

from kendedes.api.actions.hooks import HookRefused, add_hook, deliver, end_hook, put_out, tell
from kendedes.api.actions.tokens import TooManyTokens, make_token, revoke_token

__all__ = [
    "HookRefused", "TooManyTokens", "add_hook", "deliver", "end_hook", "make_token", "put_out", "revoke_token", "tell",
]  # fmt: skip
