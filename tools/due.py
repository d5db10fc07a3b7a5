"""What each producer is due, worked out a second time from the files of ``kendedes export`` alone, with nothing of Kendedes.

    python tools/due.py FOLDER        FOLDER holds bagi-hasil.csv, uang.csv and laporan.csv; exit code 1 when a figure differs

Due on a statement = net of all share lines the statement could know (posted up to ``buku_sampai_nomor``, booked and free to
be paid by its last day) less all money that had gone to the producer by then, less flat dues: those taken by then and its own.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path


def table(folder: Path, name: str) -> list[dict[str, str]]:
    """One file's rows."""
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def differences(folder: Path) -> tuple[int, list[str]]:
    """How many statements were looked at, and what differs."""
    earned: dict[str, list[tuple[int, str, str, int]]] = defaultdict(list)
    for row in table(folder, "bagi-hasil"):
        entry = (int(row["nomor"]), row["tanggal"], row["boleh_dibayar"], int(row["bersih"]))
        earned[row["kunci_produsen"]].append(entry)
    paid: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in table(folder, "uang"):
        if row["kejadian"].startswith("payout.") or row["kejadian"] == "settlement.take_dues":
            sign, who = (
                (1, row["kunci_debet"]) if row["kunci_debet"].startswith("producer:") else (-1, row["kunci_kredit"])
            )
            paid[who].append((int(row["nomor"]), sign * int(row["rupiah"])))
    wrong = []
    papers = table(folder, "laporan")
    for paper in papers:
        who, last, head = paper["kunci_produsen"], paper["sampai"], int(paper["buku_sampai_nomor"])
        # ISO days compare as text
        known = [(free, net) for number, booked, free, net in earned[who] if number <= head and booked <= last]
        due = sum(net for free, net in known if free <= last) - sum(n for number, n in paid[who] if number <= head)
        due -= int(paper["iuran"])
        held = sum(net for free, net in known if free > last)
        if (due, held) != (int(paper["harus_dibayar"]), int(paper["ditahan"])):
            said = f"{paper['harus_dibayar']} (held {paper['ditahan']})"
            wrong.append(f"{paper['laporan']} {paper['produsen']}: paper says {said}, files say {due} (held {held})")
    return len(papers), wrong


def main() -> int:
    """Say it."""
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    looked, wrong = differences(Path(sys.argv[1]))
    print(*wrong, f"{looked} statements, {len(wrong)} differ", sep="\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
