"""Second factors under another key of the home."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken

from kendedes.network.accounts.adapter import box


def reseal(old: str, new: str) -> tuple[int, int]:
    """Encrypt every second factor under the home's new key: how many, and how many could not be read."""
    done = unreadable = 0
    for row in Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).select_for_update():
        try:
            for name in {"secret", "seed"} & row.data.keys():
                row.data[name] = box(new).encrypt(box(old).decrypt(row.data[name].encode())).decode()
        except InvalidToken:
            unreadable += 1
            continue
        row.save(update_fields=["data"])
        done += 1
    return done, unreadable
