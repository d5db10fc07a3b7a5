"""The bounded process: what it may not do, and that the next photo never suffers from the last."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from kendedes.products.photos import store
from kendedes.products.photos.tests.test_add_photo import as_bytes, files, picture
from kendedes.products.photos.workshop import Workshop


def test_a_job_without_an_end_is_ended_and_the_next_one_served(media, tmp_path):
    with Workshop(timeout=0.0001) as hurried:
        with pytest.raises(store.PhotoTooHeavy):
            store.take(as_bytes(picture((3000, 2000))), "lama.jpg", workshop=hurried)
        assert files(media) == []
        hurried._timeout = 30
        assert store.take(as_bytes(picture()), "cepat.jpg", workshop=hurried).width == 300


def test_a_worker_that_went_to_rest_is_woken(media):
    with Workshop() as workshop:
        store.take(as_bytes(picture()), "a.jpg", workshop=workshop)
        process = workshop._process
        process.stdin.close()  # as after a minute without work
        process.wait(timeout=10)

        assert store.take(as_bytes(picture(left="green")), "b.jpg", workshop=workshop).width == 300
        assert workshop._process is not process


@pytest.mark.skipif(sys.platform != "linux", reason="limits are read from /proc")
def test_the_worker_is_bounded_before_it_sees_a_picture(media):
    with Workshop() as workshop:
        store.take(as_bytes(picture()), "a.jpg", workshop=workshop)
        pid = workshop._process.pid
        limits = {}
        for line in Path(f"/proc/{pid}/limits").read_text().splitlines()[1:]:
            limits[line[:26].strip()] = line[26:].split()
        assert int(limits["Max address space"][1]) == 1200 * 1024 * 1024
        assert int(limits["Max file size"][1]) == 100 * 1024 * 1024
        assert int(limits["Max core file size"][1]) == 0
        assert int(limits["Max cpu time"][0]) <= 60
        environment = Path(f"/proc/{pid}/environ").read_bytes()
        assert b"KENDEDES" not in environment
        assert b"SECRET" not in environment


def test_too_much_memory_is_a_refusal_not_a_crash(media, monkeypatch):
    resource = pytest.importorskip("resource")
    with Workshop() as workshop:
        store.take(as_bytes(picture()), "a.jpg", workshop=workshop)
        if not hasattr(resource, "prlimit"):
            pytest.skip("no prlimit here")
        used = int(Path(f"/proc/{workshop._process.pid}/statm").read_text().split()[0]) * resource.getpagesize()
        resource.prlimit(workshop._process.pid, resource.RLIMIT_AS, (used + 8_000_000, used + 8_000_000))

        with pytest.raises((store.PhotoTooHeavy, store.PhotoBroken)):
            store.take(as_bytes(picture((5000, 4000))), "besar.jpg", workshop=workshop)

    assert len(files(media)) == 1


def test_a_bomb_takes_no_time_and_no_memory(media):
    from kendedes.products.photos.tests.test_add_photo import bomb

    data = bomb(12_000)
    with Workshop() as workshop:
        store.take(as_bytes(picture()), "a.jpg", workshop=workshop)
        before = _peak(workshop)
        start = time.monotonic()
        with pytest.raises(store.PhotoTooManyPixels):
            store.take(data, "bom.png", workshop=workshop)

        assert time.monotonic() - start < 5
        assert _peak(workshop) - before < 20_000_000


def _peak(workshop: Workshop) -> int:
    lines = Path(f"/proc/{workshop._process.pid}/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM"))) * 1024
