"""A disk that forgets what was not flushed when its power fails: a plugin of nbdkit (runs in its own Python).

Everything written since the last flush lies in a cache of sectors. When the power fails, each of those sectors is found
later as it was at the last flush or as any of the writes since left it, by chance of ``seed``; from then on nothing works.

Parameters: ``image`` (the disk at the beginning), ``out`` (where the disk after the failure is written), ``cut`` (the
write at which the power fails; 0: never by itself), ``switch`` (a file whose appearance cuts the power), ``seed``.
"""

from __future__ import annotations

import errno
import random
from pathlib import Path

import nbdkit  # type: ignore[import-not-found]

API_VERSION = 2
SECTOR = 512


class Power:
    """The plate, the cache in front of it, and whether there is power."""

    def __init__(self) -> None:
        self.given: dict[str, str] = {}
        self.plate = bytearray()
        self.cache: dict[int, list[bytes]] = {}
        self.writes = 0
        self.on = True

    def start(self) -> None:
        """Read the image."""
        self.plate = bytearray(Path(self.given["image"]).read_bytes())
        self.cut = int(self.given.get("cut", "0"))
        self.switch = self.given.get("switch")
        self.chance = random.Random(int(self.given.get("seed", "1")))  # noqa: S311 - repeatable on purpose

    def check(self) -> None:
        """Every request asks first."""
        if self.on and self.switch and Path(self.switch).exists():
            self.fail()
        if not self.on:
            nbdkit.set_error(errno.EIO)
            raise OSError(errno.EIO, "no power")

    def fail(self) -> None:
        """The power is gone: chance decides what the cache had brought to the plate."""
        self.on = False
        for sector, versions in sorted(self.cache.items()):
            found = self.chance.randrange(len(versions) + 1)
            if found:
                self.plate[sector * SECTOR : (sector + 1) * SECTOR] = versions[found - 1]
        out = Path(self.given["out"])
        out.with_suffix(".writes").write_text(str(self.writes))  # so that a rehearsal tells where a deed lies
        out.write_bytes(self.plate)

    def sector(self, number: int) -> bytes:
        """As a reader sees it while there is power."""
        versions = self.cache.get(number)
        return versions[-1] if versions else bytes(self.plate[number * SECTOR : (number + 1) * SECTOR])

    def read(self, buffer: memoryview, offset: int) -> None:
        """Whole or partial sectors."""
        end = offset + len(buffer)
        buffer[:] = self.plate[offset:end]
        for number in range(offset // SECTOR, -(-end // SECTOR)):
            if number in self.cache:
                start, data = number * SECTOR, self.sector(number)
                low, high = max(start, offset), min(start + SECTOR, end)
                buffer[low - offset : high - offset] = data[low - start : high - start]

    def write(self, data: bytes, offset: int) -> None:
        """Into the cache, sector by sector."""
        end = offset + len(data)
        for number in range(offset // SECTOR, -(-end // SECTOR)):
            start = number * SECTOR
            low, high = max(start, offset), min(start + SECTOR, end)
            piece = data[low - offset : high - offset]
            if len(piece) < SECTOR:
                old = self.sector(number)
                piece = old[: low - start] + piece + old[high - start :]
            self.cache.setdefault(number, []).append(piece)
        self.writes += 1
        if self.cut and self.writes >= self.cut:
            self.fail()

    def flush(self) -> None:
        """What a flush brings to the plate stays."""
        for number, versions in self.cache.items():
            self.plate[number * SECTOR : (number + 1) * SECTOR] = versions[-1]
        self.cache.clear()


power = Power()


def config(key: str, value: str) -> None:
    """A parameter."""
    power.given[key] = value


def get_ready() -> None:
    """All parameters were given."""
    power.start()


def open(readonly: bool) -> int:  # noqa: A001, FBT001 - nbdkit's word and shape
    """One disk for everybody."""
    return 1


def get_size(handle: int) -> int:
    """Bytes."""
    return len(power.plate)


def can_flush(handle: int) -> bool:
    """Yes: that is the point."""
    return True


def can_fua(handle: int) -> int:
    """Done by a flush."""
    return int(nbdkit.FUA_EMULATE)


def can_trim(handle: int) -> bool:
    """No."""
    return False


def pread(handle: int, buffer: bytearray, offset: int, flags: int) -> None:
    """Read."""
    power.check()
    power.read(memoryview(buffer), offset)


def pwrite(handle: int, buffer: bytearray, offset: int, flags: int) -> None:
    """Write."""
    power.check()
    power.write(bytes(buffer), offset)
    power.check()


def flush(handle: int, flags: int) -> None:
    """Flush."""
    power.check()
    power.flush()


def zero(handle: int, count: int, offset: int, flags: int) -> None:
    """Zeros are written like anything else."""
    power.check()
    power.write(bytes(count), offset)
    power.check()
