"""Draws the pictures in processes of their own while the rest of the demonstration is built. No Django here.

A finished picture is a master as ``products.photos`` keeps it: named by its content, below the media folder.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import batched
from pathlib import Path

from kendedes.base.bound import bind
from kendedes.demo.pictures import Picture, master
from kendedes.products.photos.rules import master_name

BATCH = 24


@dataclass(frozen=True, slots=True)
class Drawn:
    """A master on the disk."""

    sha256: str
    width: int
    height: int


class Studio:
    """Pictures being drawn; ``wait`` gives them as they are needed."""

    def __init__(self, pool: ProcessPoolExecutor, pictures: Iterable[Picture], media: Path) -> None:
        self._future: dict[Picture, Future[dict[Picture, Drawn]]] = {}
        self._done: dict[Picture, Drawn] = {}
        # Pictures of one kind together: what they share (heaps, cloth, backdrops) is drawn once per process.
        for batch in batched(sorted(set(pictures), key=_kin), BATCH):
            future = pool.submit(draw_batch, batch, media)
            self._future |= dict.fromkeys(batch, future)

    def wait(self, picture: Picture) -> Drawn:
        """The finished master of one picture; waits for its batch."""
        if picture not in self._done:
            self._done |= self._future[picture].result()
        return self._done[picture]

    def wait_all(self, pictures: Iterable[Picture]) -> dict[Picture, Drawn]:
        """The finished masters of several."""
        return {picture: self.wait(picture) for picture in pictures}


@contextmanager
def open_studio(pictures: Sequence[Picture], media: Path, processes: int | None = None) -> Iterator[Studio]:
    """Start drawing; leaving the block ends the processes, finished or not."""
    spawn = multiprocessing.get_context("spawn")  # a fork would carry open databases along
    pool = ProcessPoolExecutor(
        processes or min(4, os.cpu_count() or 1), mp_context=spawn, initializer=bind, initargs=(os.getpid(),)
    )
    try:
        yield Studio(pool, pictures, media)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def draw_batch(pictures: Sequence[Picture], media: Path) -> dict[Picture, Drawn]:
    """Draw pictures into the media folder; one that is there already is only named."""
    return {picture: _put(master(picture), media) for picture in pictures}


def _put(data: bytes, media: Path) -> Drawn:
    sha256 = hashlib.sha256(data).hexdigest()
    final = media / master_name(sha256)
    if not final.is_file():
        final.parent.mkdir(parents=True, exist_ok=True)
        half = final.with_name(f".{sha256}.{os.getpid()}")
        half.write_bytes(data)
        half.chmod(0o640)
        half.replace(final)
    width, height = _size(data)
    return Drawn(sha256, width, height)


def _size(jpeg: bytes) -> tuple[int, int]:
    """Width and height from the frame header; what Pillow writes has one of SOF0-2."""
    at = 2
    while jpeg[at + 1] not in {0xC0, 0xC1, 0xC2}:
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4])
    return int.from_bytes(jpeg[at + 7 : at + 9]), int.from_bytes(jpeg[at + 5 : at + 7])


def _kin(picture: Picture) -> tuple[str, str, str, str]:
    return picture.fill, picture.form, picture.motif, picture.seed
