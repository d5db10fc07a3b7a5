"""The office's machine dies (``kill -9`` of ``kendedes serve`` and all it started) while it prints a book somebody asked
for in the browser. Started again it goes on by itself; no half book ever lies where a download looks, and the book is,
byte for byte, the one of an undisturbed printing.

Control: a press that writes straight to the book's place, under the same server, is caught by the same look.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from tests.drills.test_serve_killed import below, left_of

from kendedes.testing.server import COMMAND, Home, free_port, home

KILLS = 2  # of three tries a job has before a person must look
PATIENCE = 90.0
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc"),
    pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="the files are the same with any database"),
]
FILL = """
from kendedes.testing.seed import seed
import random
from datetime import timedelta
from io import BytesIO
import hashlib
from PIL import Image
from kendedes.catalogue import actions
from kendedes.catalogue.tests.helpers import AT, proofed
from kendedes.products.models import Photo
from kendedes.products.photos.store import master_path

cast, chance = seed(), random.Random(3)
for unit, name in ((cast.singosari, "Keripik"), (cast.wajak, "Tikar")):
    edition, _products = proofed(cast, unit, names=[f"{name} {n}" for n in range(30)])
    for photo in Photo.objects.filter(product__producer__unit=unit):
        out = BytesIO()
        Image.frombytes("RGB", (400, 400), chance.randbytes(400 * 400 * 3)).save(out, "JPEG", quality=85)
        photo.sha256, photo.width, photo.height = hashlib.sha256(out.getvalue()).hexdigest(), 400, 400
        photo.save()
        path = master_path(photo.sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(out.getvalue())
    actions.lock(edition=edition, at=AT, by=cast.ratna)
whole = actions.compose_regency(association=cast.association, at=AT, by=cast.bima)
actions.to_proof(edition=whole, at=AT, by=cast.bima)
print(actions.lock(edition=whole, at=AT, by=cast.ratna).slug)
"""
ASK = """
import sys, django
django.setup()
from django.utils import timezone
from kendedes.catalogue import actions
from kendedes.catalogue.models import Edition
edition = Edition.objects.get(slug=sys.argv[1])
print(actions.ask_print(
    edition=edition, paper="A5", layout=4, target="press", language="id", at=timezone.now(), by=None).pk)
"""
# Loaded by every process of the control: the book grows in its place, and slowly enough to be looked at.
WEAK = """
import sys
from importlib.abc import MetaPathFinder
from importlib.util import find_spec

class Weak(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name != "kendedes.catalogue.actions.printing":
            return None
        sys.meta_path.remove(self)
        spec = find_spec(name)
        load = spec.loader.exec_module
        def exec_module(module):
            load(module)
            def press(document, asked, out, progress=None):
                import time
                from kendedes.catalogue.models import Edition
                place = module.folder(Edition.objects.get(slug=document["edition"]["slug"])) / "buku.pdf"
                with place.open("wb", buffering=0) as file:
                    for _ in range(600):
                        file.write(b"%PDF half")
                        time.sleep(0.1)
            module.press = press
        spec.loader.exec_module = exec_module
        return spec

sys.meta_path.insert(0, Weak())
"""


def python(place: Home, code: str, *args: str) -> str:
    env = {**place.env, "DJANGO_SETTINGS_MODULE": "kendedes.settings"}
    done = subprocess.run([sys.executable, "-c", code, *args], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A home with a locked edition of 60 products, and the edition's name."""
    with home(tmp_path_factory.mktemp("terkunci") / "rumah") as place:
        place.folder.mkdir(parents=True, exist_ok=True)
        place.run("manage", "migrate", "-v", "0")
        yield place.folder, python(place, FILL).splitlines()[-1]


@contextmanager
def copied(locked: tuple[Path, str], folder: Path, **more: str) -> Iterator[Home]:
    shutil.copytree(locked[0], folder)
    with home(folder, **more) as place:
        yield place


def job_of(place: Home) -> tuple[str, int, str]:
    """State and tries of the one job; the digest written in the book's row."""
    with closing(
        sqlite3.connect(f"file:{place.folder / 'kendedes.sqlite3'}?mode=ro", uri=True, timeout=20)
    ) as database:
        return database.execute(
            "SELECT j.state, j.tries, COALESCE(f.sha256, '') FROM catalogue_printjob j LEFT JOIN catalogue_madefile f ON f.id = j.file_id"
        ).fetchone()


def offered(place: Home) -> set[str]:
    """Digests of what downloads could give now; drafts have names and folders that begin with a dot."""
    books = (path for path in place.folder.glob("buatan/edisi/*/*/*.pdf") if not path.name.startswith("."))
    return {hashlib.sha256(path.read_bytes()).hexdigest() for path in books if not path.parent.name.startswith(".")}


def until(test: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not test():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.02)


@contextmanager
def machine(place: Home) -> Iterator[Callable[[], None]]:
    """``kendedes serve``; gives what kills all of it."""
    command = [*COMMAND, "serve", "--bind", f"127.0.0.1:{free_port()}", "--workers", "1"]
    with (place.folder / "serve.log").open("ab") as log:
        server = subprocess.Popen(command, env=place.env, stdout=log, stderr=log, start_new_session=True)

    def kill() -> None:
        everybody = below(server.pid) | {server.pid}
        for pid in everybody:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        server.wait()
        assert left_of(everybody) == set()

    try:
        yield kill
    finally:
        if server.poll() is None:
            kill()


def test_a_book_asked_for_is_printed_whatever_dies_meanwhile(locked, tmp_path):
    with copied(locked, tmp_path / "lain") as other:
        how = ["--association", "kendedes", "--paper", "A5", "--layout", "4", "--for", "press"]
        other.run("edition", "print", locked[1], *how, "--out", str(tmp_path / "buku.pdf"))
        usual = hashlib.sha256((tmp_path / "buku.pdf").read_bytes()).hexdigest()
    chance = random.Random(11)
    with copied(locked, tmp_path / "rumah") as place:
        python(place, ASK, locked[1])

        killed = 0
        while killed < KILLS:
            with machine(place) as kill:
                until(lambda tries=killed + 1: job_of(place)[:2] == ("running", tries) or job_of(place)[0] == "done")
                time.sleep(chance.uniform(0, 0.4))
                kill()
            assert offered(place) <= {usual}
            if job_of(place)[0] == "done":  # what was set before is not set again: the next printing is quick
                break
            killed += 1
            assert job_of(place) == ("running", killed, "")
        assert killed, "the printing was over before the first kill: a larger book is needed"
        with machine(place):
            until(lambda: job_of(place)[0] not in {"running", "waiting"})

        assert job_of(place)[0::2] == ("done", usual)
        assert offered(place) == {usual}


def test_the_same_look_finds_a_book_that_grows_in_its_place(locked, tmp_path):
    (tmp_path / "lemah").mkdir()
    (tmp_path / "lemah" / "sitecustomize.py").write_text(WEAK)
    with copied(locked, tmp_path / "rumah", PYTHONPATH=str(tmp_path / "lemah")) as place:
        python(place, ASK, locked[1])

        with machine(place) as kill:
            until(lambda: bool(offered(place) - {hashlib.sha256(b"").hexdigest()}))
            kill()

        assert job_of(place)[0] == "running"
        assert offered(place)
