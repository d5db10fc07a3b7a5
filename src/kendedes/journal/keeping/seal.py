"""Encryption of a backup: Argon2id or a key file, then AES-256-GCM in chunks, so that memory stays small.

A sealed file is one line of magic, one line of JSON (how the key is made) and chunks of ``CHUNK`` bytes with a tag of
16. A chunk's nonce is its number and whether it is the last, its associated data are both first lines: chunks can
neither be reordered, dropped nor appended, and a file that was cut off is noticed. Each file has its own key (salt).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import json
import os
import secrets
from pathlib import Path
from typing import IO, Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal

MAGIC = b"KENDEDES SEALED 1\n"
CHUNK = 1 << 20
TAG = 16
SHORTEST = 12  # letters of a passphrase
KEY_WORD = "KENDEDES-KEY-1"
# RFC 9106, second recommended choice: 64 MiB, 3 passes. A file may ask for more, within bounds.
ARGON2 = {"time": 3, "memory": 65536, "lanes": 4}
_BOUNDS = {"time": (1, 20), "memory": (8192, 1 << 20), "lanes": (1, 16)}
_LONGEST_LINE = 1024


class WrongKey(Refusal):
    code = "backup_wrong_key"
    message = _("Kata sandi atau kunci tidak cocok dengan berkas cadangan ini.")


class KeyNeeded(Refusal):
    code = "backup_key_needed"
    message = _("Cadangan ini terkunci: berikan %(kind)s.")


class KeyUnusable(Refusal):
    code = "backup_key_unusable"
    message = _("Kunci tidak dapat dipakai: %(why)s.")


class Damaged(Refusal):
    code = "backup_damaged"
    message = _("Berkas cadangan rusak atau terpotong (%(where)s). Tidak ada yang dipulihkan.")


class Secret:
    """What opens a sealed file: a passphrase, or 32 random bytes from a key file."""

    def __init__(self, *, passphrase: str = "", key: bytes = b"") -> None:
        if passphrase and len(passphrase) < SHORTEST:
            raise KeyUnusable(why=f"< {SHORTEST}")
        if bool(passphrase) == bool(key) or (key and len(key) != 32):
            raise KeyUnusable(why="passphrase | key")
        self.passphrase, self.key = passphrase, key

    @property
    def kind(self) -> str:
        """``argon2id`` or ``key``."""
        return "argon2id" if self.passphrase else "key"

    def derive(self, head: dict[str, Any]) -> tuple[bytes, str]:
        """The file's own key and a word by which a wrong secret is told from a damaged file."""
        salt = bytes.fromhex(head["salt"])
        base = self.key or hash_secret_raw(
            self.passphrase.encode(), salt, time_cost=head["time"], memory_cost=head["memory"],
            parallelism=head["lanes"], hash_len=32, type=Type.ID,
        )  # fmt: skip
        made = HKDF(SHA256(), 64, salt, b"kendedes backup 1").derive(base)
        return made[:32], made[32:48].hex()


def new_key(path: Path) -> None:
    """Write a new key file, mode 600; refuses to overwrite."""
    text = f"{KEY_WORD} {base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()}\n"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise KeyUnusable(why=f"{path}: {error.strerror}") from error
    with os.fdopen(handle, "w") as file:
        file.write(text)


def read_key(path: Path) -> bytes:
    """The key in a key file."""
    try:
        word, _space, rest = path.read_text(encoding="ascii").strip().partition(" ")
        key = base64.urlsafe_b64decode(rest) if word == KEY_WORD else b""
    except (OSError, ValueError) as error:
        raise KeyUnusable(why=str(path)) from error
    if len(key) != 32:
        raise KeyUnusable(why=str(path))
    return key


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


class Sealer(io.RawIOBase):
    """Takes bytes in order and writes them sealed to ``sink``. ``close`` writes the last chunk, not closing ``sink``."""

    def __init__(self, sink: IO[bytes], secret: Secret) -> None:
        head: dict[str, Any] = {"kind": secret.kind, "salt": secrets.token_hex(16)}
        if secret.kind == "argon2id":
            head |= ARGON2
        key, head["check"] = secret.derive(head)
        self._sink, self._aes = sink, AESGCM(key)
        self._head = MAGIC + json.dumps(head, sort_keys=True).encode() + b"\n"
        self._held = bytearray()
        self._number = 0
        sink.write(self._head)

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        """One chunk stays back, because the last one is marked."""
        self._held += data
        while len(self._held) > CHUNK:
            self._chunk(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]
        return len(data)

    def _chunk(self, data: bytes, *, last: bool) -> None:
        self._sink.write(self._aes.encrypt(_nonce(self._number, last=last), data, self._head))
        self._number += 1

    def finish(self) -> None:
        """Seal what is left; without it the file counts as cut off."""
        self._chunk(bytes(self._held), last=True)
        self._held.clear()


class Opener(io.RawIOBase):
    """Reads what ``Sealer`` wrote. Every byte it gives was verified."""

    def __init__(self, source: IO[bytes], secret: Secret | None) -> None:
        line = source.readline(_LONGEST_LINE)
        head = _head(line)
        if secret is None or secret.kind != head["kind"]:
            raise KeyNeeded(kind=_("kata sandinya") if head["kind"] == "argon2id" else _("berkas kuncinya"))
        key, check = secret.derive(head)
        if not hmac.compare_digest(check, head["check"]):
            raise WrongKey
        self._source, self._aes, self._head = source, AESGCM(key), MAGIC + line
        self._number = 0
        self._next = source.read(CHUNK + TAG)
        self._open = b""
        self._over = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._open and not self._over:
            self._step()
        taken = min(len(buffer), len(self._open))
        buffer[:taken] = self._open[:taken]
        self._open = self._open[taken:]
        return taken

    def _step(self) -> None:
        this, self._next = self._next, self._source.read(CHUNK + TAG)
        self._over = not self._next
        try:
            self._open = self._aes.decrypt(_nonce(self._number, last=self._over), this, self._head)
        except (InvalidTag, ValueError) as error:
            raise Damaged(where=f"{self._number} MiB") from error
        self._number += 1


def _head(line: bytes) -> dict[str, Any]:
    """The second line of a sealed file, every value within bounds: nobody makes us spend hours or gigabytes."""
    try:
        head = json.loads(line)
        good = head["kind"] in {"argon2id", "key"} and len(bytes.fromhex(head["salt"])) == 16
        good = good and isinstance(head["check"], str)
        if head["kind"] == "argon2id":
            good = good and all(type(head[k]) is int and low <= head[k] <= high for k, (low, high) in _BOUNDS.items())
    except (ValueError, KeyError, TypeError) as error:
        raise Damaged(where="0 MiB") from error
    if not good:
        raise Damaged(where="0 MiB")
    return dict(head)


def fingerprint(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
