"""A printing that is killed leaves no half book where a download would find it; started again it goes on with the
chapters already set and gives, byte for byte, the book of an undisturbed printing.

Control: a press that writes straight to the book's place is caught by the same look.
"""

from __future__ import annotations

import hashlib
import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kendedes.catalogue.tests.press import sample
from kendedes.ui import fonts

KILLS = 4
CHAPTERS = 6
# The press as a process of its own; says every step aloud. `weak`: no draft, the book grows in its place.
PRESS = """
import json, sys
from contextlib import contextmanager
from pathlib import Path
from kendedes.catalogue import press
import importlib
build = importlib.import_module("kendedes.catalogue.press.build")
room, out, work, weak = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4] == "weak"
if weak:
    @contextmanager
    def in_place(path):
        yield path
    build._whole_file = in_place
def tell(done, total, step):
    print("step", step, flush=True)
report = press.build(
    json.loads((room / "document.json").read_text()), photo=lambda sha: room / "photos" / f"{sha}.jpg",
    options=press.Options(fonts=Path(sys.argv[5])), out=out, work=work, progress=tell,
)
print("made", json.dumps([report.sha256, report.chapters_reused]), flush=True)
"""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cetak")
    fonts.make(folder / "fonts")
    document = sample.document(60, sample.Photos(folder / "photos", size=(900, 900)), chapters=CHAPTERS)
    (folder / "document.json").write_text(json.dumps(document), encoding="utf-8")
    return folder


def press(room: Path, out: Path, work: Path, weak: str = "") -> subprocess.Popen[str]:
    faces = fonts.static_folder(room / "fonts")
    command = [sys.executable, "-c", PRESS, str(room), str(out), str(work), weak, str(faces)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def made(room: Path, out: Path, work: Path) -> tuple[str, int]:
    said, _ = press(room, out, work).communicate(timeout=120)
    sha256, reused = json.loads(said.splitlines()[-1].removeprefix("made "))
    return sha256, reused


def kill_after(process: subprocess.Popen[str], steps: int, pause: float) -> None:
    """SIGKILL when it has told of so many steps, and a moment later."""
    assert process.stdout is not None
    for _ in range(steps):
        if not process.stdout.readline().startswith("step"):
            break
    time.sleep(pause)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def offered(out: Path) -> str:
    """SHA-256 of what a download would give now; empty when there is nothing."""
    return hashlib.sha256(out.read_bytes()).hexdigest() if out.exists() else ""


@pytest.mark.slow
def test_a_killed_printing_offers_nothing_by_half_and_goes_on_to_the_same_book(room, tmp_path):
    usual, _ = made(room, tmp_path / "usual.pdf", tmp_path / "usual")
    chance = random.Random(7)
    out, work = tmp_path / "book.pdf", tmp_path / "work"

    for _ in range(KILLS):
        kill_after(press(room, out, work), chance.randrange(0, CHAPTERS + 5), chance.uniform(0, 0.3))
        assert offered(out) in {"", usual}
    sha256, reused = made(room, out, work)

    assert sha256 == usual == offered(out)
    assert reused > 0  # it went on, it did not begin again


@pytest.mark.slow
def test_the_same_look_finds_a_book_that_grows_in_its_place(room, tmp_path):
    usual, _ = made(room, tmp_path / "usual.pdf", tmp_path / "work")
    out = tmp_path / "book.pdf"
    process = press(room, out, tmp_path / "work", "weak")
    deadline = time.monotonic() + 60
    while not out.exists() and time.monotonic() < deadline:
        time.sleep(0.0005)
    process.send_signal(signal.SIGKILL)
    process.communicate()

    assert offered(out) not in {"", usual}
