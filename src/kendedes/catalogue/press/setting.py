"""Parts of the book are set in processes of their own, and kept by what they were made of."""

from __future__ import annotations

import hashlib
import json
import marshal
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from pathlib import Path
from subprocess import PIPE
from threading import Event
from typing import IO, Any

from kendedes.catalogue.press.photos import write_once
from kendedes.catalogue.press.report import PressFault, PressRefused
from kendedes.catalogue.press.text import release

HERE = Path(__file__).parent
PART_MOST = 90  # products a process sets before a fresh one takes over: the typesetter never forgets


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to set. `weight`: products in it. `supplies` gives its stand-ins by name, only when it must be set."""

    name: str
    data: dict[str, Any]
    weight: int = 0
    supplies: Callable[[], dict[str, bytes]] = dict


@dataclass(frozen=True, slots=True)
class Made:
    """A part that has been set."""

    name: str
    pdf: Path
    notes: tuple[dict[str, Any], ...]
    reused: bool


class Shop:
    """The composing room in the folder `work`: templates, pictures and finished parts."""

    def __init__(self, work: Path, fonts: Path, *, tagged: bool, standards: Sequence[str], processes: int) -> None:
        self.work, self.fonts, self.tagged, self.standards = work.resolve(), fonts.resolve(), tagged, list(standards)
        self.processes = processes
        self.stopped = Event()
        self.work.mkdir(parents=True, exist_ok=True)
        for folder in ("parts", "thumbs"):
            (self.work / folder).mkdir(exist_ok=True)
        if not any(self.fonts.glob("*.ttf")):
            raise PressRefused("Huruf untuk cetak belum ada di %(folder)s.", folder=self.fonts.name)

    @cached_property
    def templates(self) -> str:
        """Folder of the templates below the work folder, named by their contents."""
        files = {path.name: path.read_bytes() for path in sorted((HERE / "templates").glob("*.typ"))}
        name = (
            "templates-"
            + hashlib.sha256(b"\0".join(n.encode() + b"\0" + body for n, body in files.items())).hexdigest()[:16]
        )
        for file, body in files.items():
            write_once(self.work / name / file, body)
        return name

    @cached_property
    def tools(self) -> str:
        """What beside its data decides how a part looks: templates, faces, compiler, standard, form of the stand-ins."""
        faces = [hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(self.fonts.glob("*.ttf"))]
        return "|".join([self.templates, *faces, release("typst"), "stand-ins 4", *self.standards, str(self.tagged)])

    def compose(self, parts: Iterable[Part], done: Callable[[str], None]) -> list[Made]:
        """Set what is not there yet, in up to ``processes`` processes; `done` hears of every part by name."""
        wanted = [(part, *self._paths(part)) for part in parts]
        missing = [item for item in wanted if not _there(*item[1:])]
        reused = {part.name for part, _, _ in wanted} - {part.name for part, _, _ in missing}
        for name in sorted(reused):
            done(name)
        batches = _batches(missing, self.processes)
        with ThreadPoolExecutor(max(1, min(self.processes, len(batches)))) as pool:
            outcomes = [pool.submit(self._run, batch, done) for batch in batches]
            wait(outcomes, return_when=FIRST_EXCEPTION)
            for outcome in outcomes:
                outcome.cancel()
            faults = [outcome.exception() for outcome in outcomes if not outcome.cancelled()]
            for fault in sorted(filter(None, faults), key=lambda f: isinstance(f, PressFault)):
                raise fault  # the cause before its consequences
        return [
            Made(part.name, pdf, tuple(note for note in json.loads(notes.read_bytes()) if note), part.name in reused)
            for part, pdf, notes in wanted
        ]

    def _paths(self, part: Part) -> tuple[Path, Path]:
        matter = json.dumps(part.data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        key = hashlib.sha256(f"{self.tools}\n{matter}".encode()).hexdigest()[:40]
        folder = self.work / "parts"
        if not (folder / f"{key}.notes.json").exists():
            write_once(folder / f"{key}.json", matter.encode())
        return folder / f"{key}.pdf", folder / f"{key}.notes.json"

    def _run(self, batch: list[tuple[Part, Path, Path]], done: Callable[[str], None]) -> None:
        for part, pdf, _ in batch:
            _pack(part.supplies(), pdf)
        jobs = [
            {
                "id": part.name, "main": f"{self.templates}/main.typ", "data": f"parts/{pdf.stem}.json", "pdf": f"parts/{pdf.name}",
                "notes": f"parts/{notes.name}", "pack": f"parts/{pdf.stem}.pack", "places": f"parts/{pdf.stem}.places", "standards": self.standards, "tags": self.tagged,
            }
            for part, pdf, notes in batch
        ]  # fmt: skip
        order = marshal.dumps({"root": str(self.work), "fonts": [str(self.fonts)], "jobs": jobs})
        command = [sys.executable, "-I", str(HERE / "setter.py")]
        with subprocess.Popen(command, stdin=PIPE, stdout=PIPE) as process:  # noqa: S603 - our own file
            try:
                heard = self._listen(process, order, done)
            except BaseException:
                self.stopped.set()  # the other process stops too
                process.kill()
                raise
        if process.returncode or len(heard) < len(jobs):
            raise PressFault(
                f"The typesetter stopped with {process.returncode} after {len(heard)} of {len(jobs)} parts."
            )
        for _, pdf, _ in batch:
            pdf.with_suffix(".pack").unlink()
            pdf.with_suffix(".places").unlink()

    def _listen(self, process: subprocess.Popen[bytes], order: bytes, done: Callable[[str], None]) -> set[str]:
        """Give the order, hear of every part; raises what went wrong."""
        if process.stdin is None or process.stdout is None:
            raise PressFault("The typesetter has no pipes.")
        process.stdin.write(order)
        process.stdin.close()
        heard = set()
        for said in _answers(process.stdout):
            if "errno" in said:
                raise OSError(said["errno"], said["why"])
            if "fault" in said:
                raise PressFault(f"{said['id']}: {said['fault']}")
            heard.add(said["id"])
            done(said["id"])
            if self.stopped.is_set():
                raise PressFault("Another part could not be set.")
        return heard


def _answers(pipe: IO[bytes]) -> Iterator[dict[str, Any]]:
    """What the typesetter says, until it says no more."""
    with suppress(EOFError):
        while True:
            yield marshal.load(pipe)  # noqa: S302 - our own child writes it


def _there(*files: Path) -> bool:
    """Whether the part was set before; a power cut may leave names without contents. Its age begins anew."""
    try:
        for file in files:
            os.utime(file)
        return all(file.stat().st_size for file in files)
    except FileNotFoundError:
        return False


def _pack(pictures: dict[str, bytes], pdf: Path) -> None:
    """All stand-ins of a part in one file beside it, and where in it each begins and ends."""
    ends = list(accumulate(map(len, pictures.values()), initial=0))
    pdf.with_suffix(".pack").write_bytes(b"".join(pictures.values()))
    pdf.with_suffix(".places").write_text(
        json.dumps(dict(zip(pictures, pairwise(ends), strict=True))), encoding="utf-8"
    )


def _batches(items: list[tuple[Part, Path, Path]], processes: int) -> list[list[tuple[Part, Path, Path]]]:
    """Lists of parts for one process each: even shares, but no more products than a process may set."""
    total = sum(max(1, item[0].weight) for item in items)
    share = min(PART_MOST, -(-total // max(1, processes)))
    made: list[list[tuple[Part, Path, Path]]] = []
    size = share
    for item in items:
        if size >= share:
            made.append([])
            size = 0
        made[-1].append(item)
        size += max(1, item[0].weight)
    return made
