"""The server brought back from last night's backup (B12): tills notice the new epoch and send again what it did not hold."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.db import connections

from kendedes.journal.models import Epoch
from kendedes.ledger.verify import verify
from kendedes.testing.drill.judge import acknowledged, judge_events
from kendedes.testing.drill.kill import PATIENCE, Killed, Scene, close, open_scene
from kendedes.testing.drill.processes import forked, result

BEFORE, AFTER = 30, 50  # events acked before the backup at least, and after it


@dataclass
class Again(Killed):
    """``missing``: acked events the restored home did not hold before the tills came back. ``same``: sums as before."""

    missing: int = 0
    same: bool = False
    epochs: list[str] = field(default_factory=list)


def run(work: Path, *, resend: bool = True) -> Iterator[Again]:
    """``resend`` False: a control, the tills do not come back."""
    scene = open_scene(work, None, careless=False)
    old, new, file = work / "rumah", work / "rumah-baru", work / "semalam.cadangan"
    acks = work / "acks"
    try:
        scene.server.start()
        for seller in scene.sellers:
            seller.start()
        _sell(scene, BEFORE, everybody=True)
        _kendedes(old, "backup", str(file))
        _sell(scene, len(acknowledged(acks)) + AFTER)
        for seller in scene.sellers:  # the last sale of each is acked before the light goes out
            seller.going = False
        for seller in scene.sellers:
            seller.join(PATIENCE)
        scene.server.kill()
        first = close(scene, [])
        was = _sums(old, work)
        _kendedes(new, "restore", str(file))
        between = result(_in(new, lambda: asdict(judge_events(acks)), work), work / "answer", 300)
        os.environ["KENDEDES_HOME"] = str(new)
        if resend:
            scene.server.start()
            for seller in scene.sellers:
                seller.again()
        scene.server.kill()
        found = result(_in(new, lambda: asdict(judge_events(acks)), work), work / "answer", 300)
        now = _sums(new, work)
    finally:
        scene.server.kill()
    verdict = Again(
        **found, statuses=dict(scene.told.statuses), missing=between["lost"], same=was["sums"] == now["sums"],
        epochs=[was["epoch"], now["epoch"]],
    )  # fmt: skip
    verdict.broken += [*first.broken, *scene.told.broken]
    if not verdict.missing:
        verdict.broken.append("nothing was sold after the backup: this proves nothing")
    if verdict.epochs[0] == verdict.epochs[1]:
        verdict.broken.append("the epoch is still the old one")
    if not verdict.same:
        verdict.broken.append("stock and balances differ from before the restore")
    yield verdict


def _sell(scene: Scene, least: int, *, everybody: bool = False) -> None:
    """Until so many events are acked, and by every till if ``everybody``."""
    until = time.monotonic() + PATIENCE * 2
    while len(scene.acks.names()) < least or (everybody and any(s.till.disk.acked < 2 for s in scene.sellers)):
        if time.monotonic() > until:
            raise RuntimeError(f"too few were sold: {dict(scene.told.statuses)}")
        time.sleep(0.05)


def _kendedes(home: Path, *words: str) -> None:
    """As the command line does it."""
    command = [sys.executable, "-m", "kendedes", *words]
    done = subprocess.run(  # noqa: S603 - our own command
        command, env={**os.environ, "KENDEDES_HOME": str(home)}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"kendedes {' '.join(words)}: {done.returncode}\n{done.stdout}{done.stderr}")


def _in(home: Path, look: Callable[[], Any], work: Path) -> int:
    """Like ``forked``, with the database of ``home``."""
    connections.close_all()
    connections.settings["default"]["NAME"] = home / "kendedes.sqlite3"
    connections["default"].settings_dict["NAME"] = home / "kendedes.sqlite3"
    return forked(look, work / "answer")


def _sums(home: Path, work: Path) -> dict[str, str]:
    def look() -> dict[str, str]:
        heads = verify().heads
        epoch = Epoch.objects.order_by("-id")[:1].get()
        return {"sums": json.dumps([head["sums"] for head in heads]), "epoch": epoch.uuid.hex}

    found: dict[str, str] = result(_in(home, look, work), work / "answer", 300)
    return found
