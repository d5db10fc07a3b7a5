"""``kendedes serve``: the whole installation in one command.

It brings the home up to date (``prepare``), then keeps the web server, one worker for background tasks and
one process for what apps do again and again (``AppConfig.loops``) running until Ctrl-C.
"""

from __future__ import annotations

import ipaddress
import json
import logging
import os
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from datetime import datetime
from typing import Any, NoReturn
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections
from django.utils import timezone
from django.utils.module_loading import import_string

from kendedes.base import bound, presence
from kendedes.network.management import lan, lan_door, supervise
from kendedes.network.management.prepare import prepare

BIND, LAN_BIND = "127.0.0.1:8000", "0.0.0.0:8443"  # the door for certificates stands one port higher
log = logging.getLogger(__name__)
BLOCKING_THREADS = 4  # per web process; each keeps one database connection


class Command(BaseCommand):
    help = "Serve this home: site, office, background work. Ends cleanly with Ctrl-C or SIGTERM."
    requires_system_checks: list[str] = []  # run below, after the tables exist

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """The usage line says what a person types."""
        return super().create_parser("kendedes", subcommand, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bind", default=BIND, metavar="HOST:PORT", help="address to listen on")
        parser.add_argument("--workers", type=int, default=2, metavar="N", help="web processes (default 2)")
        parser.add_argument(
            "--insecure", action="store_true", help="listen beyond this machine although there is no HTTPS"
        )
        parser.add_argument(
            "--lan", action="store_true",
            help="HTTPS for phones on the office network, by a certificate authority of this home's own (port 8443)",
        )  # fmt: skip
        parser.add_argument("--no-worker", action="store_true", help="no background tasks in this command")
        parser.add_argument("--prepare-only", action="store_true", help="bring the home up to date, then end")

    def handle(self, **options: Any) -> None:
        begun = time.time()
        bind = options["bind"]
        host, port = parse_bind(LAN_BIND if options["lan"] and bind == BIND else bind)
        if options["workers"] < 1:
            raise CommandError("--workers: 1 or more", returncode=2)
        if not options["prepare_only"]:
            if not options["lan"]:
                refuse_open_door(host, origin=settings.ENV.origin, insecure=options["insecure"])
            refuse_taken(host, port)
        prepare(self._say)
        self._check()
        if not options["prepare_only"]:
            catch_up(timezone.now())
        connections.close_all()
        if options["prepare_only"]:
            return
        if not presence.stay(settings.HOME, through_exec=True):
            raise CommandError("Kunci rumah sedang diganti. / The home's key is being changed.", returncode=1)
        shown = f"[{host}]" if ":" in host else host
        address = settings.ENV.origin or f"http://{shown}:{port}"
        tls: list[str] = []
        children: list[tuple[str, list[str]]] = []
        if options["lan"]:
            names = lan.own_names()
            address = f"https://{names[0]}:{port}"
            own = lan.identity(settings.HOME, names, timezone.now())
            tls = ["--ssl-certificate", str(own.certificate), "--ssl-keyfile", str(own.key)]
            door = (host, str(port + 1), str(own.authority), f"{address}/", own.fingerprint)
            children.append(("sertifikat", python("-m", bound.__name__, lan_door.__name__, *door)))
            os.environ["KENDEDES_ORIGIN"] = address
            os.environ["KENDEDES_HOSTS"] = ",".join(dict.fromkeys([*settings.ENV.hosts.split(","), *names]))
        children.insert(0, ("web", [*web_command(host, port, options["workers"]), *tls]))
        later = [] if options["no_worker"] else background()
        plan = {
            "children": children, "later": later, "host": host, "port": port, "tls": bool(tls),
            "address": f"{address}/", "begun": begun,
        }  # fmt: skip
        os.environ["KENDEDES_HOME"] = str(settings.HOME)
        if not options["lan"]:
            os.environ["KENDEDES_HOSTS"] = hosts_answered(host)
        become("-m", supervise.__name__, json.dumps(plan))

    def _say(self, line: str) -> None:
        self.stderr.write(line, ending="\n")
        self.stderr.flush()

    def _check(self) -> None:
        """Refuse to serve on a database that may lose what it acknowledged."""
        found = [m for m in checks.run_checks(databases=["default"]) if m.is_serious() and not m.is_silenced()]
        if found:
            raise CommandError("\n".join(str(message) for message in found), returncode=1)


def catch_up(at: datetime) -> None:
    """What the first visitor needs (``AppConfig.before_serving``); where another program holds the lock the loops do it."""
    for name in [name for config in apps.get_app_configs() for name in getattr(config, "before_serving", [])]:
        try:
            import_string(name)(at=at)
        except DatabaseError:
            log.warning("%s was not finished", name, exc_info=True)


def parse_bind(text: str) -> tuple[str, int]:
    """``HOST:PORT``, ``[::1]:8000`` or ``:8000`` (this machine)."""
    parts = urlsplit(f"//{text}")
    try:
        port = parts.port
    except ValueError:
        port = None
    if port is None or parts.path or parts.username is not None:
        raise CommandError(f"--bind {text!r}: HOST:PORT is needed, e.g. 127.0.0.1:8000", returncode=2)
    return parts.hostname or "127.0.0.1", port


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches ``host``."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def refuse_open_door(host: str, *, origin: str, insecure: bool) -> None:
    """Passwords never travel in clear text by accident."""
    if is_loopback(host) or origin.startswith("https://") or insecure:
        return
    raise CommandError(
        f"{host} dapat dijangkau mesin lain. Setel KENDEDES_ORIGIN=https://… atau pakai --insecure.\n"
        f"{host} is reachable from other machines: set KENDEDES_ORIGIN=https://… or say --insecure.",
        returncode=2,
    )


def refuse_taken(host: str, port: int) -> None:
    """Say so before any work when another program holds the address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(f"{host}:{port}: {error.strerror}", returncode=1) from error


def hosts_answered(host: str) -> str:
    """Host names the site answers to: those of the settings, and the address it was told to listen on."""
    named = [h.strip() for h in settings.ENV.hosts.split(",") if h.strip()]
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - read, not bound
        named += [info[4][0] for info in _own_addresses()]
    else:
        named.append(f"[{host}]" if ":" in host else host)
    return ",".join(dict.fromkeys(str(name) for name in named))


def _own_addresses() -> list[Any]:
    try:
        return list(socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET))
    except OSError:
        return []


def web_command(host: str, port: int, workers: int) -> list[str]:
    """Granian as a program of its own: its main process stays without Django and small."""
    return python(
        "-m", bound.__name__, "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", str(BLOCKING_THREADS),
        "--backlog", "1024", "--respawn-failed-workers", "--workers-kill-timeout", "5s",
        "--log-level", "warning", "--no-ws", "kendedes.wsgi:application",
    )  # fmt: skip


def background() -> list[tuple[str, list[str]]]:
    """The task worker, and beside it what apps do again and again."""
    manage = ("-m", bound.__name__, "kendedes", "manage")
    worker = python(*manage, "db_worker", "--queue-name", "*", "-v", "0")
    return [("tugas", worker), ("putaran", python(*manage, "loops"))]


def become(*args: str) -> NoReturn:
    """Go on as another Python program under the same process number; Django's memory is given back."""
    command = python(*args)
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "posix":
        os.execv(command[0], command)  # noqa: S606 - our own module
    sys.exit(subprocess.call(command))  # noqa: S603


def python(*args: str) -> list[str]:
    """This interpreter with arguments."""
    return [sys.executable, *args]
