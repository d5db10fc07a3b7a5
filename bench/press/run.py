"""The book of 1,160 products: CPU, memory, growth, rebuild and sameness, against img2pdf and WeasyPrint.

    ./kendedes dev python bench/press/run.py [--products 1160] [--peer 1160] [--weasyprint PYTHON] [--growth 100,300,1160,5000]
                                             [--folder DIR] [--json]

Photos are drawn once (1000 x 1000 JPEG, about 250 kB each, every file unique). Every measurement is a process of its
own; CPU is user + system time of it and of its children, memory is the sum of the resident sets of all of them, looked
at 50 times a second (shared pages are counted in each: the figure is an upper bound). `--weasyprint` names the Python of
a virtual environment with WeasyPrint and segno; it lays out the same products, four a page, with contents and index.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
MEMORY_MOST, EXPONENT_MOST, IMG2PDF_MOST, WEASYPRINT_MOST, REBUILD_MOST = 350, 1.10, 9.0, 0.1, 0.20


# --- what runs in a process of its own -----------------------------------------------------------


def child(verb: str, job: dict[str, Any]) -> None:
    """One measured piece of work."""
    if verb == "img2pdf":
        import img2pdf

        with Path(job["out"]).open("wb") as file:
            img2pdf.convert(job["photos"], outputstream=file, rotation=img2pdf.Rotation.ifvalid)
        return
    from kendedes.catalogue import press

    document = json.loads(Path(job["document"]).read_text(encoding="utf-8"))
    photos = Path(job["folder"])
    report = press.build(
        document, photo=lambda sha: photos / f"{sha}.jpg", options=press.Options(fonts=Path(job["fonts"])),
        out=Path(job["out"]), work=Path(job["work"]),
    )  # fmt: skip
    facts = {"sha256": report.sha256, "pages": report.pages, "set": report.chapters_set, "bytes": report.bytes}
    sys.stdout.write(json.dumps(facts))


# --- measuring -----------------------------------------------------------------------------------


def _family(root: int) -> list[int]:
    """The process and all below it."""
    found, at = [root], 0
    while at < len(found):
        try:
            for task in Path(f"/proc/{found[at]}/task").iterdir():
                found += [int(pid) for pid in (task / "children").read_text().split()]
        except OSError:
            pass  # it ended meanwhile
        at += 1
    return found


def _resident(root: int) -> int:
    """Bytes of the process and all below it. A child between ``vfork`` and ``exec`` shows its parent's memory: it has none."""
    counts: dict[str, int] = {}
    for pid in _family(root):
        try:
            said = Path(f"/proc/{pid}/statm").read_text()
        except OSError:
            continue  # it ended meanwhile
        counts[said] = int(said.split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return sum(counts.values())


def measure(command: list[str], most: int = 0) -> dict[str, Any]:
    """Run it. Gives ``cpu`` and ``wall`` in seconds, ``memory`` in MB of all its processes, ``said`` (its output).

    ``most``: the highest exit code that is no failure.
    """
    with tempfile.TemporaryFile("w+") as said:
        start, before = time.monotonic(), os.times()
        process = subprocess.Popen(command, stdout=said, text=True)
        memory = 0
        while process.poll() is None:
            memory = max(memory, _resident(process.pid))
            time.sleep(0.02)
        wall, after = time.monotonic() - start, os.times()
        said.seek(0)
        if not 0 <= process.returncode <= most:
            raise SystemExit(f"{command[:3]} ended with {process.returncode}")
        cpu = after.children_user + after.children_system - before.children_user - before.children_system
        return {"cpu": round(cpu, 2), "wall": round(wall, 2), "memory": round(memory / 1e6), "said": said.read()}


class Bench:
    """Photos, documents and outputs in one folder."""

    def __init__(self, folder: Path) -> None:
        from kendedes.catalogue.tests.press import sample
        from kendedes.ui import fonts

        self.folder, self.sample = folder, sample
        self.photos = sample.Photos(folder / "photos", detail=100)
        fonts.make(folder / "fonts")
        self.fonts = fonts.static_folder(folder / "fonts")
        self.documents: dict[int, dict[str, Any]] = {}

    def document(self, products: int) -> dict[str, Any]:
        if products not in self.documents:
            self.documents[products] = self.sample.document(products, self.photos)
        return self.documents[products]

    def masters(self, products: int) -> list[str]:
        entries = [e for c in self.document(products)["chapters"] for e in c["entries"]]
        return [str(self.photos(e["photos"][0]["sha256"])) for e in entries]

    def _run(self, verb: str, **job: Any) -> dict[str, Any]:
        return measure([sys.executable, str(HERE / "run.py"), "--child", verb, json.dumps(job)])

    def book(self, document: dict[str, Any], work: str, out: str = "book.pdf") -> dict[str, Any]:
        """Print; `work` names the folder of finished parts, new for a cold build."""
        (self.folder / "document.json").write_text(json.dumps(document), encoding="utf-8")
        made = self._run(
            "press", document=str(self.folder / "document.json"), folder=str(self.photos.folder),
            fonts=str(self.fonts), work=str(self.folder / work), out=str(self.folder / out),
        )  # fmt: skip
        return {**made, **json.loads(made.pop("said"))}

    def img2pdf(self, products: int) -> dict[str, Any]:
        return self._run("img2pdf", photos=self.masters(products), out=str(self.folder / "img.pdf"))

    def weasyprint(self, python: str, products: int, style: str) -> dict[str, Any]:
        (self.folder / "document.json").write_text(json.dumps(self.document(products)), encoding="utf-8")
        files = [HERE / "peer_weasyprint.py", self.folder / "document.json", self.photos.folder, self.fonts]
        command = [python, *map(str, files), str(self.folder / "weasyprint.pdf"), style]
        return measure(command)


def changed(document: dict[str, Any], part: int) -> dict[str, Any]:
    """The same edition with another price in the chapter `part` quarters from its beginning."""
    made = copy.deepcopy(document)
    chapter = made["chapters"][len(made["chapters"]) * part // 4]
    chapter["entries"][0]["variants"][0]["retail"]["low"] += 500
    return made


def streams_are_masters(path: Path, masters: list[str]) -> bool:
    """Whether every photo in the file is a master, byte for byte, and every master is there."""
    import hashlib

    import pikepdf

    with pikepdf.open(path) as pdf:
        streams = (o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Filter") == "/DCTDecode")
        found = {hashlib.sha256(s.read_raw_bytes()).hexdigest() for s in streams}
    return {Path(m).stem for m in masters} <= found and len(found) <= len(masters) + 1  # and the cover


def exponent(points: list[tuple[int, float]]) -> float:
    """Slope of the least-squares line through log(products), log(CPU)."""
    xs, ys = [math.log(n) for n, _ in points], [math.log(cpu) for _, cpu in points]
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True)) / sum((x - mx) ** 2 for x in xs)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=int, default=1160)
    parser.add_argument("--peer", type=int, default=1160, help="products for the run against WeasyPrint")
    parser.add_argument("--weasyprint", default="", metavar="PYTHON")
    parser.add_argument("--growth", default="100,300,1160,5000", help="numbers of products for the exponent")
    parser.add_argument("--folder", type=Path, help="keep photos here between runs")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        child(asked.child[0], json.loads(asked.child[1]))
        return 0
    with tempfile.TemporaryDirectory(prefix="kendedes-bench-") as aside:
        room = asked.folder or Path(aside)
        room.mkdir(parents=True, exist_ok=True)
        facts = report(Bench(room), asked, Path(aside).name)
    sys.stdout.write(json.dumps(facts, indent=1) + "\n" if asked.json else told(facts))
    return 0 if all(row["holds"] for row in facts["bars"]) else 1


def report(bench: Bench, asked: argparse.Namespace, mark: str) -> dict[str, Any]:
    """Run everything; figures and bars."""
    n = asked.products
    document = bench.document(n)
    rows: dict[str, Any] = {"book": bench.book(document, f"{mark}-a"), "img2pdf": bench.img2pdf(n)}
    rows["book again, nothing kept"] = bench.book(document, f"{mark}-b", "again.pdf")
    rows["img2pdf again"] = bench.img2pdf(n)
    rebuilds = [bench.book(changed(document, part), f"{mark}-a", f"changed-{part}.pdf") for part in (1, 2, 3)]
    rows["one price changed (median of 3)"] = sorted(rebuilds, key=lambda row: row["cpu"])[1]
    full = (rows["book"]["cpu"] + rows["book again, nothing kept"]["cpu"]) / 2
    ratio = full / ((rows["img2pdf"]["cpu"] + rows["img2pdf again"]["cpu"]) / 2)
    growth = [int(size) for size in asked.growth.split(",")]
    for size in growth:
        if size != n:
            rows[f"book of {size}"] = bench.book(bench.document(size), f"{mark}-{size}", "other.pdf")
    points = [(size, full if size == n else rows[f"book of {size}"]["cpu"]) for size in growth]
    memory = max(rows["book"]["memory"], rows["book again, nothing kept"]["memory"])
    rebuilt = rows["one price changed (median of 3)"]
    bars = [
        bar(f"CPU / img2pdf, {n} products", ratio, IMG2PDF_MOST),
        bar(f"MB of all processes, {n} products", memory, MEMORY_MOST),
        bar(f"exponent of CPU, {growth[0]} to {growth[-1]} products", exponent(points), EXPONENT_MOST),
        bar(f"one price changed / whole book, CPU ({rebuilt['set']} chapter set)", rebuilt["cpu"] / full, REBUILD_MOST),
    ]  # fmt: skip
    if asked.weasyprint:
        ours = (
            {"cpu": full}
            if asked.peer == n
            else rows.get(f"book of {asked.peer}") or bench.book(bench.document(asked.peer), f"{mark}-w", "other.pdf")
        )
        for style in ("grid", "floats"):
            peer = rows[f"WeasyPrint {style}, {asked.peer}"] = bench.weasyprint(asked.weasyprint, asked.peer, style)
            what = f"CPU / WeasyPrint ({style}), {asked.peer} products"
            bars.append(bar(what, ours["cpu"] / peer["cpu"], WEASYPRINT_MOST))
    largest = max(growth)
    if largest > n:
        bars.append(bar(f"MB of all processes, {largest} products", rows[f"book of {largest}"]["memory"], MEMORY_MOST))
    same = rows["book"]["sha256"] == rows["book again, nothing kept"]["sha256"]
    bars.append({"what": "two builds, one SHA-256", "measured": same, "most": True, "holds": same})
    bound = streams_are_masters(bench.folder / "book.pdf", bench.masters(n))
    bars.append({"what": "bound photo streams are the masters", "measured": bound, "most": True, "holds": bound})
    return {"rows": rows, "bars": bars}


def bar(what: str, measured: float, most: float) -> dict[str, Any]:
    """A figure and its limit."""
    return {"what": what, "measured": round(measured, 3), "most": most, "holds": measured <= most}


def told(facts: dict[str, Any]) -> str:
    """The figures as two tables."""
    lines = [f"{'':32} {'CPU s':>8} {'wall s':>8} {'MB':>6}"]
    lines += [f"{name:32} {r['cpu']:8.2f} {r['wall']:8.2f} {r['memory']:6}" for name, r in facts["rows"].items()]
    lines += ["", *(f"{'holds ' if b['holds'] else 'MISSES'} {b['what']}: {b['measured']} (bar {b['most']})" for b in facts["bars"])]  # fmt: skip
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
