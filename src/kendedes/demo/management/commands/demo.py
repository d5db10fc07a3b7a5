"""``kendedes demo``: a fictional association of the regency of Malang, whole, in a home of its own."""

from __future__ import annotations

import json
import os
import time
from argparse import ArgumentParser
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.utils import timezone

import kendedes
from kendedes.base.refusal import Refusal
from kendedes.demo import home
from kendedes.journal.keeping import database as keeping
from kendedes.journal.models import User
from kendedes.network.management.prepare import prepare
from kendedes.network.models import Association

if TYPE_CHECKING:
    from kendedes.demo.actions import Built

SHOWN = ("pengelola", "kurator", "penilai")
CLOSING = """
Semua nama, harga, dan nomor telepon di sini rekaan.
  Situs dan kantor   %(site)s   (kantor: tambahkan kantor/)
  Buku tercetak
%(books)s
  Masuk sebagai (sandi rumah ini saja; semuanya di %(accounts)s)
%(people)s
"""
CLOSING_EN = """
All names, prices and phone numbers here are invented.
  Site and office    %(site)s   (office: add kantor/)
  Printed books
%(books)s
  Sign in as (passwords of this home only; all of them in %(accounts)s)
%(people)s
"""


class Command(BaseCommand):
    help = (
        "Build the demonstration association of Kabupaten Malang (all invented), print its catalogues, serve the site."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="build, then end")
        parser.add_argument("--json", action="store_true", help="say what was built as JSON on standard output")
        parser.add_argument("--small", action="store_true", help="two units instead of all: quick to build")
        parser.add_argument("--fresh", action="store_true", help="build anew although it is there")
        parser.add_argument("--bind", default="127.0.0.1:8000", metavar="HOST:PORT", help="address to serve on")

    def handle(self, **options: Any) -> None:
        size = "small" if options["small"] else "whole"
        held = home.is_complete(settings.HOME, database=database_name(), size=size) and occupied()
        if options["fresh"] or not held:
            try:
                self._build(size)
            except Refusal as refused:
                raise CommandError(str(refused), returncode=1) from refused
        self._tell(as_json=options["json"], bind=options["bind"] if not options["no_serve"] else "")
        connections.close_all()
        if not options["no_serve"]:
            call_command("serve", bind=options["bind"])

    def _say(self, line: str) -> None:
        self.stderr.write(f"· {line}", ending="\n")
        self.stderr.flush()

    def _build(self, size: str) -> None:
        # The second start needs none of it and waits for nothing it does not need.
        from kendedes.demo.actions import build  # noqa: PLC0415
        from kendedes.demo.actions.build import Clock  # noqa: PLC0415
        from kendedes.demo.content import SMALL, association  # noqa: PLC0415
        from kendedes.demo.studio import open_studio  # noqa: PLC0415

        begun = time.monotonic()
        clock = Clock(self._say)
        take()
        connections.close_all()
        plan = association().part(SMALL) if size == "small" else association()
        pictures = [picture for product in plan.products for picture in product.pictures]
        with open_studio(pictures, settings.MEDIA_ROOT) as studio:
            with clock.step("prepare", "rumah data disiapkan / home"):
                prepare(self._say)
            built = build(plan, studio, now=timezone.now(), clock=clock)
        clock.seconds["total"] = round(time.monotonic() - begun, 2)
        self._finish(built, size)

    def _finish(self, built: Built, size: str) -> None:
        lines = [f"{a.username:<22} {a.password:<36} {a.role} · {a.name}" for a in built.world.accounts.values()]
        home.write_accounts(
            settings.HOME, ["# Akun contoh di rumah data ini saja / accounts of this home only", *lines]
        )
        home.write_mark(
            settings.HOME, state="done", kendedes=kendedes.__version__, database=database_name(), size=size, seconds=built.seconds, starred=built.starred,
            edition={"slug": built.edition.slug, "sha256": built.edition.frozen.sha256},
            books=[str(path.relative_to(settings.HOME)) for path in built.books],
        )  # fmt: skip

    def _tell(self, *, as_json: bool, bind: str) -> None:
        mark = home.read_mark(settings.HOME)
        if as_json:
            self.stdout.write(json.dumps({"home": str(settings.HOME), **mark}, ensure_ascii=False))
            return
        lines = (settings.HOME / home.ACCOUNTS).read_text(encoding="utf-8").splitlines()
        people = [line.split(None, 2) for line in lines if line and not line.startswith("#")]
        chosen = [p for p in people if p[0] in SHOWN] or people[:3]
        english = os.environ.get("LANG", "").lower().startswith("en")
        said = CLOSING_EN if english else CLOSING
        books = "\n".join(f"    {settings.HOME / name}" for name in mark.get("books", []))
        text = said % {
            "site": f"http://{bind}/" if bind else "./kendedes demo",
            "books": books,
            "accounts": settings.HOME / home.ACCOUNTS,
            "people": "\n".join(f"    {name:<14} {password}   {what}" for name, password, what in chosen),
        }
        self.stdout.write(text)
        self.stdout.flush()


def occupied() -> bool:
    """Whether the database holds an association or an account."""
    if keeping.is_empty():
        return False
    tables = connection.introspection.table_names()
    return any(m._meta.db_table in tables and m.objects.exists() for m in (Association, User))


def database_name() -> str:
    """Which database this is, without its password."""
    if connection.vendor == "sqlite":
        return "sqlite"
    known = connection.settings_dict
    return f"postgresql {known['HOST']} {known['PORT']} {known['NAME']}"


def take() -> None:
    """Make the home and its database ready for a new build: what an earlier one left is cleared away.

    A SQLite file belongs to its home, so the home's mark says whose it is. A PostgreSQL database stands elsewhere: it
    is cleared only when it holds demonstrations and nothing else.
    """
    held = occupied()
    if connection.vendor == "postgresql" and not keeping.is_empty() and not _only_ours(held=held):
        raise home.ForeignDatabase(database=connection.settings_dict["NAME"])
    home.claim(settings.HOME, occupied=held)
    if connection.vendor == "postgresql":
        keeping.clear_postgresql()


def _only_ours(*, held: bool) -> bool:
    strange = set(connection.introspection.table_names()) - {
        *connection.introspection.django_table_names(include_views=False), "django_migrations"
    }  # fmt: skip
    if strange or not held:
        return not strange
    return Association.objects.exists() and not Association.objects.filter(is_demo=False).exists()
