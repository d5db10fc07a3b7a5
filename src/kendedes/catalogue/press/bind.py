"""Binding: the finished small PDF is copied through, and every stand-in gives way to what it stands for.

A photo's stream becomes the master's bytes, unchanged; a code's stream becomes its modules in pure black.
Photo bytes pass through one buffer and are hashed on their way: the file is never read again.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import mmap
import os
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self

from kendedes.catalogue.press.codes import drawn
from kendedes.catalogue.press.photos import MARK, Master
from kendedes.catalogue.press.report import PressFault

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_NOTE = re.compile(re.escape(MARK) + rb"(foto:[0-9a-f]{64}|qr:[A-Za-z0-9:=_-]+)")
_FACT = re.compile(rb"/(Length|Width|Height) \d+(?: 0 R)?")
_HEAD = re.compile(rb"\A(\d+ 0 obj\s*<<)(.*?)(>>\s*stream\r?\n)", re.DOTALL)
_SPACES = {1: b"/DeviceGray", 4: b"/DeviceCMYK"}
BUFFER = 1 << 21
HEAD_MOST = 8192  # dictionary and note; the largest code is 5.4 kB


@dataclass(frozen=True, slots=True)
class Bound:
    """How many pictures found their place; SHA-256 and size of the file."""

    photos: int
    codes: int
    sha256: str
    size: int


class _Scribe:
    """Writes one file from front to back in whole buffers and hashes what it writes.

    Where the disk allows it, past the system's cache: hundreds of megabytes that nobody reads now would push out the
    masters, and cost half as much CPU again.
    """

    def __init__(self, target: Path) -> None:
        self.hash, self.place, self.held = hashlib.sha256(), 0, 0
        self.buffer = mmap.mmap(-1, BUFFER)  # begins at a page's edge, as writing past the cache wants it
        self.view = memoryview(self.buffer)
        self.direct = getattr(os, "O_DIRECT", 0)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC
        try:
            self.file = os.open(target, flags | self.direct, 0o600)
        except OSError as fault:
            if fault.errno != errno.EINVAL:
                raise
            self.direct = 0  # a file system in memory, or over the network
            self.file = os.open(target, flags, 0o600)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.file)

    def write(self, data: bytes | memoryview) -> None:
        self.place += len(data)
        start = 0
        while start < len(data):
            count = min(len(data) - start, BUFFER - self.held)
            self.view[self.held : self.held + count] = data[start : start + count]
            start += count
            self._held(count)

    def copy(self, source: BinaryIO, size: int) -> None:
        start = self.place
        while count := source.readinto(self.view[self.held :]):  # type: ignore[attr-defined]  # typeshed has it on BufferedReader only
            self.place += count
            self._held(count)
        if self.place - start != size:
            raise PressFault("A master changed its length while it was bound.")

    def _held(self, more: int) -> None:
        self.held += more
        if self.held == BUFFER:
            self._put()

    def _put(self) -> None:
        """Hash and write what is held."""
        block, self.held = self.view[: self.held], 0
        self.hash.update(block)
        while block:
            block = block[os.write(self.file, block) :]

    def close(self) -> None:
        """Write the rest, which fills no buffer."""
        if self.direct:
            fcntl.fcntl(self.file, fcntl.F_SETFL, fcntl.fcntl(self.file, fcntl.F_GETFL) & ~self.direct)
        self._put()


def bind(source: Path, target: Path, master: Callable[[str], Master]) -> Bound:
    """Write `source` (classic cross-reference table, no object streams) to `target` with all masters in place."""
    photos = codes = 0
    with (
        source.open("rb") as small,
        mmap.mmap(small.fileno(), 0, access=mmap.ACCESS_READ) as old,
        _Scribe(target) as new,
    ):
        table, offsets = _table(old)
        places = sorted((at, number) for number, at in offsets.items())
        moved: dict[int, int] = {}
        here = 0  # all before has been written
        for first, last, note in _stand_ins(old, places, table):
            at, end = places[last][0], places[last + 1][0] if last + 1 < len(places) else table
            shift = new.place - here
            moved |= {number: place + shift for place, number in places[first : last + 1]}
            new.write(memoryview(old)[here:at])
            here = end
            if note.startswith(b"foto:"):
                _photo(new, old[at : min(end, at + HEAD_MOST)], master(note[5:].decode()))
                photos += 1
            else:
                _code(new, places[last][1], note[3:])
                codes += 1
        shift = new.place - here
        moved |= {number: place + shift for place, number in places if place >= here}
        new.write(memoryview(old)[here:table])
        _tail(new, old, table, moved)
        new.close()
    return Bound(photos, codes, new.hash.hexdigest(), new.place)


def _table(old: mmap.mmap) -> tuple[int, dict[int, int]]:
    """Where the cross-reference table begins, and the offset of every object in use."""
    found = _START.search(old[-64:])
    if not found:
        raise PressFault("The small PDF does not end as a PDF.")
    start = int(found.group(1))
    lines = old[start : old.find(b"trailer", start)].split(b"\n")
    if lines[0].strip() != b"xref" or lines[1].split()[0] != b"0":
        raise PressFault("The small PDF has no plain cross-reference table.")
    rows = lines[2 : 2 + int(lines[1].split()[1])]
    return start, {number: int(row[:10]) for number, row in enumerate(rows) if row[17:18] == b"n"}


def _stand_ins(old: mmap.mmap, places: list[tuple[int, int]], table: int) -> Iterator[tuple[int, int, bytes]]:
    """The objects that stand for something else, by their place in the list, each with the first one after the stand-in
    before it and with what it stands for. Only small JPEG streams can be stand-ins.
    """
    starts = [at for at, _ in places]
    first, found = 0, old.find(MARK)
    while 0 <= found < table:
        last = bisect_right(starts, found) - 1
        at, end = starts[last], starts[last + 1] if last + 1 < len(starts) else table
        body = old[at : min(end, at + HEAD_MOST)]
        note = _NOTE.search(body) if b"/DCTDecode" in body and end - at <= HEAD_MOST * 20 else None
        if note:
            yield first, last, note.group(1)
            first = last + 1
        found = old.find(MARK, end)


def _photo(new: _Scribe, chunk: bytes, master: Master) -> None:
    head = _HEAD.search(chunk)
    if not head:
        raise PressFault("A picture of the small PDF has no dictionary.")
    with master.path.open("rb", buffering=0) as file:
        size = os.fstat(file.fileno()).st_size
        known = {b"Length": size, b"Width": master.width, b"Height": master.height}
        facts, count = _FACT.subn(lambda found: b"/%s %d" % (found[1], known[found[1]]), head.group(2))
        if count != len(known):
            raise PressFault("A picture of the small PDF does not say its length, width and height once each.")
        if master.components in _SPACES:
            facts = re.sub(
                rb"/ColorSpace (?:\d+ 0 R|/\w+|\[[^\]]*\])", b"/ColorSpace " + _SPACES[master.components], facts
            )
        if master.inverted:
            facts += b" /Decode [1 0 1 0 1 0 1 0] "
        new.write(head.group(1) + facts + head.group(3))
        new.copy(file, size)
    new.write(b"\nendstream\nendobj\n")


def _code(new: _Scribe, number: int, note: bytes) -> None:
    """One bit a module on the black plate alone; the printer's own resolution draws the edges."""
    columns, rows, bits = drawn(note)
    new.write(
        b"%d 0 obj\n<< /Type /XObject /Subtype /Image /ColorSpace /DeviceGray /BitsPerComponent 1 /Interpolate false"
        b" /Width %d /Height %d /Length %d >>\nstream\n" % (number, columns, rows, len(bits))
    )
    new.write(bits + b"\nendstream\nendobj\n")


def _tail(new: _Scribe, old: mmap.mmap, table: int, moved: dict[int, int]) -> None:
    start = new.place
    most = max(moved) + 1
    rows = [b"0000000000 65535 f \n"]
    rows += [b"%010d 00000 n \n" % moved[n] if n in moved else b"0000000000 65535 f \n" for n in range(1, most)]
    new.write(b"xref\n0 %d\n" % most + b"".join(rows))
    trailer = old[old.find(b"trailer", table) :]
    new.write(_START.sub(b"startxref\n%d\n%%%%EOF\n" % start, trailer))
