"""The whole command: ``kendedes edition print`` for the press and for the screen, with CPU, wall, memory and pages.

    KENDEDES_HOME=DIR ./kendedes dev python bench/press/edition.py malang-2026-1 [--paper A4] [--layout 4]

The home is one of ``home.py``. Nothing set before is used: the work folder of the press is cleared. Then each book is made
once more from what is kept, and must be the same bytes.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from pathlib import Path

from run import MEMORY_MOST, bar, measure


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("edition")
    parser.add_argument("--paper", default="A4")
    parser.add_argument("--layout", default="4")
    asked = parser.parse_args()
    home = Path(os.environ["KENDEDES_HOME"])
    shutil.rmtree(home / "buatan" / "cetak", ignore_errors=True)
    command = [
        sys.executable,
        "-m",
        "kendedes",
        "edition",
        "print",
        asked.edition,
        "--paper",
        asked.paper,
        "--layout",
        asked.layout,
    ]
    holds = True
    sys.stdout.write(f"{'':16} {'CPU s':>8} {'wall s':>8} {'MB':>6} {'pages':>6} {'file MB':>8}\n")
    for target in ("press", "screen"):
        first = ""
        for name in (target, f"{target}, again"):
            made = measure(
                [*command, "--for", target, "--out", str(home / f"{target}.pdf"), "--json", "--again"], most=1
            )
            said = json.loads(made["said"])
            line = f"{name:16} {made['cpu']:8.2f} {made['wall']:8.2f} {made['memory']:6} {said['pages']:6} {said['bytes'] / 1e6:8.1f}"
            kept = bar("MB", made["memory"], MEMORY_MOST)["holds"] and first in ("", said["sha256"])
            first, holds = said["sha256"], holds and kept
            sys.stdout.write(f"{line}{'' if kept else '  MISSES'}\n")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
