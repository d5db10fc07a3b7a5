"""The typesetter's own process: sets parts one after another and says so.

Run by its path (``python setter.py``), so that it loads nothing but Typst: not even a JSON reader, which would take
longer than a page. The order comes on standard input, marshalled by its parent of the same Python:
``{"root", "fonts", "jobs": [{"id", "main", "data", "pack", "places", "pdf", "notes", "standards", "tags"}]}``, paths relative to root.
Answers in the same way ``{"id"}`` for each part done, or ``{"id", "fault"}``, or ``{"id", "errno", "why"}`` when a file
cannot be written. A warning is a fault: it means that something was lost.
"""

from __future__ import annotations

import marshal
import os
import sys

import typst

TYPE_CHECKING = False  # as in `typing`, which is not loaded
if TYPE_CHECKING:
    from typing import Any


def set_part(root: str, fonts: Any, job: dict[str, Any]) -> str:
    """Set one part; returns what went wrong, empty when nothing did."""
    compiler = typst.Compiler(
        f"{root}/{job['main']}",
        root=root,
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
    _put(f"{root}/{job['pdf']}", made)
    _put(f"{root}/{job['notes']}", notes.encode())  # last: a part is there when its notes are
    return ""


def _put(path: str, data: bytes) -> None:
    folder, _, name = path.rpartition("/")
    draft = f"{folder}/.{name}.{os.getpid()}"
    with open(draft, "wb") as file:  # noqa: PTH123 - pathlib is not loaded
        file.write(data)
    os.replace(draft, path)  # noqa: PTH105


def _say(answer: dict[str, Any]) -> None:
    marshal.dump(answer, sys.stdout.buffer)
    sys.stdout.buffer.flush()


def main() -> int:
    """Set every part of the order on standard input; 1 as soon as one fails."""
    order = marshal.load(sys.stdin.buffer)  # noqa: S302 - from our own parent
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=order["fonts"])
    for job in order["jobs"]:
        try:
            fault = set_part(order["root"], fonts, job)
        except OSError as trouble:  # a full disk is no bug: the parent says it plainly
            _say({"id": job["id"], "errno": trouble.errno, "why": trouble.strerror})
            return 1
        _say({"id": job["id"], "fault": fault} if fault else {"id": job["id"]})
        if fault:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
