"""Two processes on one database: what one publishes, the page memory of the other shows at once, and no deed is skipped.

The slow deed is written first and committed last: its entry has the lower number. A follower that reads the diary in
between must wait for it, or its cursor passes a deed it never saw. Control: the same without the wait (on PostgreSQL;
SQLite has one writer at a time, so there the slow deed cannot be overtaken).
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from kendedes.testing.server import Home, home

START = """
import io, os, sys, time
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kendedes.settings")
import kendedes, django
django.setup()
from django.db import transaction
from django.utils import timezone
from kendedes.network.actions import change_association
from kendedes.network.models import Association
from kendedes.web import actions as web
"""
# Ready once everything is loaded, goes when told to. argv: slug, new text, seconds between writing and committing, "held" or "loose"
DEED = (
    START
    + """
slug, text, pause, how = sys.argv[1], sys.argv[2], float(sys.argv[3]), sys.argv[4]
if how == "loose":
    web._wait_for_writers = lambda: None
print("ready", flush=True)
sys.stdin.readline()
with transaction.atomic():
    change_association(association=Association.objects.get(slug=slug), about_id=text, at=timezone.now(), by=None)
    print("written", flush=True)
    time.sleep(pause)
print("committed", flush=True)
if not pause:
    web.catch_up(at=timezone.now())
    print("followed", flush=True)
"""
)
# Asks for the page over and over, as a visitor of a long-running server does; ends when it reads the word.
VISITOR = (
    START
    + """
from kendedes.wsgi import application
asked = 0
until = time.time() + 60
while time.time() < until:
    answer = []
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/tentang/", "QUERY_STRING": "", "SERVER_NAME": "127.0.0.1",
               "SERVER_PORT": "80", "HTTP_HOST": "127.0.0.1", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(),
               "wsgi.errors": sys.stderr, "SCRIPT_NAME": "", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1"}
    body = b"".join(application(environ, lambda status, headers, *rest: answer.append(status)))
    assert answer == ["200 OK"], answer
    asked += 1
    if asked == 3:
        print("before", sys.argv[1].encode() in body, flush=True)
    if asked > 3 and sys.argv[1].encode() in body:
        print("seen", flush=True)
        break
    time.sleep(0.02)
"""
)
TEXTS = """
from kendedes.web.models import Site
print("texts", *(site.facts["about"]["id"] for site in Site.objects.order_by("association_id")))
"""


def start(place: Home, code: str, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *words], env=place.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def end(process: subprocess.Popen[str]) -> list[str]:
    """The rest of what it said; it must have ended well."""
    said, _ = process.communicate(timeout=90)
    assert process.returncode == 0
    return said.split()


def overtaken(place: Home, word: str, how: str) -> list[str]:
    """The texts on the two sites after a slow deed was overtaken by a quick one."""
    # Shorter than the database lets anybody wait for a lock: then the follower would only try again later.
    slow = start(place, DEED, "kendedes", f"lambat-{word}", "2", how)
    quick = start(place, DEED, "tetangga", f"cepat-{word}", "0", how)
    assert [line(slow), line(quick)] == ["ready", "ready"]
    go(slow)
    assert line(slow) == "written"
    go(quick)
    end(quick)
    end(slow)
    place.run("manage", "shell", "--no-imports", "-c", FOLLOW)
    said = place.run("manage", "shell", "--no-imports", "-c", TEXTS).stdout
    return next(row.split()[1:] for row in said.splitlines() if row.startswith("texts"))


FOLLOW = """
from django.utils import timezone
from kendedes.web.actions import catch_up
catch_up(at=timezone.now())
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    with home(tmp_path_factory.mktemp("rumah"), KENDEDES_HOSTS="127.0.0.1") as made:
        made.seed()
        made.run("manage", "shell", "--no-imports", "-c", FOLLOW)
        yield made


@pytest.mark.slow
def test_what_one_process_publishes_the_memory_of_another_shows(place: Home) -> None:
    visitors = [start(place, VISITOR, "kabar-terbaru") for _ in range(2)]
    assert [line(visitor) for visitor in visitors] == ["before False"] * 2

    deed = start(place, DEED, "kendedes", "kabar-terbaru", "0", "held")
    go(deed)

    assert end(deed) == ["ready", "written", "committed", "followed"]
    assert [end(visitor) for visitor in visitors] == [["seen"]] * 2


@pytest.mark.slow
def test_a_deed_that_commits_late_is_not_skipped(place: Home) -> None:
    assert overtaken(place, "satu", "held") == ["lambat-satu", "cepat-satu"]


@pytest.mark.slow
@pytest.mark.skipif(not os.environ.get("DATABASE_URL"), reason="SQLite has one writer at a time")
def test_the_control_without_waiting_skips_it(place: Home) -> None:
    assert overtaken(place, "dua", "loose") == ["lambat-satu", "cepat-dua"]
