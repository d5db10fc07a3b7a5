"""How a passphrase or key file reaches ``backup`` and ``restore``: from a file or typed, never on the command line."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from kendedes.journal.keeping import seal


def add_arguments(parser: ArgumentParser) -> None:
    """``--passphrase-file`` or ``--key-file``."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--passphrase-file", type=Path, metavar="FILE", help="file whose first line is the passphrase")
    group.add_argument("--key-file", type=Path, metavar="FILE", help="key made by: kendedes backup --new-key FILE")


def given(options: dict[str, Any]) -> seal.Secret | None:
    """The secret named by the options, or None."""
    if options["key_file"]:
        return seal.Secret(key=seal.read_key(options["key_file"]))
    if options["passphrase_file"]:
        try:
            line = options["passphrase_file"].read_text(encoding="utf-8").partition("\n")[0]
        except (OSError, ValueError) as error:
            raise seal.KeyUnusable(why=str(options["passphrase_file"])) from error
        return seal.Secret(passphrase=line) if line else None
    return None


def typed(*, twice: bool) -> seal.Secret:
    """Ask at the terminal."""
    if not sys.stdin.isatty():
        raise CommandError("--encrypt: --passphrase-file | --key-file", returncode=2)
    first = getpass.getpass("Kata sandi cadangan / passphrase: ")
    if twice and getpass.getpass("Sekali lagi / once more: ") != first:
        raise CommandError("Kata sandi berbeda. / The passphrases differ.", returncode=2)
    return seal.Secret(passphrase=first)
