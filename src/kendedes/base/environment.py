"""Every setting an operator may give, typed, from the environment. ``docs/settings.md`` lists them."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


def checkout() -> Path | None:
    """The folder of the working copy this package runs from; None when installed as a wheel."""
    root = Path(__file__).resolve().parents[3]
    return root if (root / "pyproject.toml").is_file() and (root / "kendedes").is_file() else None


def default_home(name: str = "utama") -> Path:
    """Where data lives unless ``KENDEDES_HOME`` says otherwise."""
    here = checkout()
    if here:
        return here / ".rumah" / name
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "kendedes" / name


class Environment(BaseSettings):
    """Read once at start. Unknown names are ignored, wrong values stop the start with a clear message."""

    model_config = SettingsConfigDict(env_prefix="KENDEDES_", extra="ignore")

    home: Path = Field(default_factory=default_home, description="Folder of the data: database, media, made files.")
    database_url: str = Field(
        default="", validation_alias="DATABASE_URL", description="postgresql://…; empty: SQLite in the home."
    )
    origin: str = Field(default="", description="Public address, e.g. https://galeri.example.id; turns on HTTPS rules.")
    hosts: str = Field(default="127.0.0.1,localhost,[::1]", description="Host names answered, comma separated.")
    secret_file: Path | None = Field(default=None, description="File with the secret key; default: made in the home.")
    debug: bool = Field(default=False, description="Developer pages. Never on a machine others can reach.")
    proxy: bool = Field(default=False, description="Behind our own proxy that sets X-Forwarded-Proto.")
    time_zone: str = Field(default="Asia/Jakarta", description="Zone of dates shown and of business days.")
    cmyk_profile: Path | None = Field(
        default=None, description="CMYK ICC profile put into press files; default: none, FOGRA39 is named."
    )
    boundaries: Path | None = Field(default=None, description="GeoJSON with kecamatan boundaries for maps.")
    import_rows: int = Field(default=5000, ge=1, le=100_000, description="Most products in one sheet of an import.")
    import_mb: int = Field(default=20, ge=1, le=100, description="Largest file of an import, in megabytes.")
    two_persons: bool = Field(
        default=False, description="An edition is published by another person than the one who locked it."
    )
    upload_reserve_mb: int = Field(default=500, ge=0, description="Uploads stop when the disk has less room than this.")
    backup_folder: Path | None = Field(
        default=None, description="Folder that gets a backup a day from serve; best another disk. It must exist."
    )
    backup_hour: int = Field(default=2, ge=0, le=23, description="Hour from which the backup of a day is made.")
    backup_keep: int = Field(
        default=14, ge=2, le=400, description="Daily backups kept; the first of each month is kept for a year besides."
    )
    backup_key_file: Path | None = Field(default=None, description="Key file that encrypts the daily backups.")

    require_mfa: bool = Field(
        default=True, description="Managers, curators and treasurers need a second factor (not in a demonstration)."
    )
    idle_minutes: int = Field(
        default=30, ge=1, description="Minutes without a request after which staff sign in again."
    )
    session_hours: int = Field(default=12, ge=1, description="Hours after which everybody signs in again.")

    mail_host: str = Field(default="", description="SMTP server for mail to buyers; empty: no mail leaves.")
    mail_port: int = Field(default=587, ge=1, le=65535, description="587: STARTTLS, 465: TLS, others: plain.")
    mail_user: str = Field(default="", description="User at the SMTP server.")
    mail_password_file: Path | None = Field(default=None, description="File with the password at the SMTP server.")
    mail_from: str = Field(default="", description="Sender unless the shop has its own.")
    midtrans_key_file: Path | None = Field(
        default=None, description="File with Midtrans' server key; turns the payment gateway on."
    )
    midtrans_url: str = Field(
        default="https://app.sandbox.midtrans.com", description="Where payments begin (Snap); sandbox unless changed."
    )
    midtrans_api_url: str = Field(
        default="https://api.sandbox.midtrans.com", description="Where the state of a payment is asked."
    )

    hook_hosts: str = Field(
        default="", description="host:port of receivers of news in your own network, comma separated; else only public."
    )

    def mail_password(self) -> str:
        """What stands in the file, if there is one."""
        return self.mail_password_file.read_text().strip() if self.mail_password_file else ""

    def midtrans_key(self) -> str:
        """The server key; empty: no gateway."""
        return self.midtrans_key_file.read_text().strip() if self.midtrans_key_file else ""

    def secret_key(self) -> str:
        """The secret of this home, made once with mode 600; of processes that start together the first one's counts."""
        path = self.secret_file or self.home / "rahasia.kunci"
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 600
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_urlsafe(50))
            with contextlib.suppress(FileExistsError):
                os.link(draft, path)  # whole at once, and never in place of another's
            Path(draft).unlink()
        return path.read_text().strip()
