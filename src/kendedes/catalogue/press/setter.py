"""The typesetter's own process: sets parts one after another and says so, line by line.

Run by its path (``python setter.py``), so that it loads nothing but Typst; the list of jobs comes on standard input:
``{"root", "fonts", "jobs": [{"id", "main", "data", "pack", "places", "pdf", "notes", "standards", "tags"}]}``, paths relative to root.
Answers ``{"id"}`` for each part done, or ``{"id", "fault"}``, or ``{"id", "errno", "why"}`` when a file cannot be written. A warning is a fault: it means that something was lost.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import typst


def set_part(root: Path, fonts: Any, job: dict[str, Any]) -> str:
    """Set one part; returns what went wrong, empty when nothing did."""
    compiler = typst.Compiler(
        str(root / job["main"]),
        root=str(root),
        font_paths=fonts,
        sys_inputs={name: "/" + job[name] for name in ("data", "pack", "places")},
    )
    try:
        made, warnings = compiler.compile_with_warnings(
            format="pdf", pdf_standards=job["standards"], pdf_tags=job["tags"]
        )
        notes = compiler.query("metadata", field="value")
    except RuntimeError as fault:
        return f"{fault} {getattr(fault, 'hints', '')} {getattr(fault, 'trace', '')}"
    if warnings or not isinstance(made, bytes):
        return "; ".join(str(getattr(w, "message", w)) for w in warnings)
    _put(root / job["pdf"], made)
    _put(root / job["notes"], notes.encode())  # last: a part is there when its notes are
    return ""


def _put(path: Path, data: bytes) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(data)
    draft.replace(path)


def main() -> int:
    """Set every part of the order on standard input; 1 as soon as one fails."""
    order = json.load(sys.stdin)
    root = Path(order["root"])
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=order["fonts"])
    for job in order["jobs"]:
        try:
            fault = set_part(root, fonts, job)
        except OSError as trouble:  # a full disk is no bug: the parent says it plainly
            sys.stdout.write(json.dumps({"id": job["id"], "errno": trouble.errno, "why": trouble.strerror}) + "\n")
            return 1
        sys.stdout.write(json.dumps({"id": job["id"], "fault": fault} if fault else {"id": job["id"]}) + "\n")
        sys.stdout.flush()
        if fault:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
