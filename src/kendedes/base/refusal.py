"""A refusal: an expected "no" that is safe to show, in the user's language.

Anything that is not a Refusal is a bug and crashes loudly. Subclass it beside the action that raises
it; the code is lasting (programs read it), the message is for people and may be a lazy translation.
"""

from __future__ import annotations

from typing import Any


class Refusal(Exception):  # noqa: N818 - the word of the domain, not of the runtime
    """``code``: lasting, lower_snake. ``message``: one sentence with ``%(name)s`` places for ``facts``."""

    code: str = "refused"
    message: Any = "Permintaan ditolak."
    status: int = 409

    def __init__(self, message: Any = None, **facts: Any) -> None:
        self.facts = facts
        if message is not None:
            self.message = message
        super().__init__(self.code)

    def __str__(self) -> str:
        text = str(self.message)
        return text % self.facts if self.facts and "%(" in text else text

    def as_json(self) -> dict[str, Any]:
        """The shape a program reads: ``{"code", "message", "facts"}``."""
        return {"code": self.code, "message": str(self), "facts": {k: str(v) for k, v in self.facts.items()}}
