"""Writes ``docs/refusals.md``: every code a refusal may carry, with its Indonesian sentence.  tools/refusals.py"""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def found() -> list[tuple[str, str, str]]:
    """(code, floor, message) of every class that sets ``code`` and ``message``."""
    rows = []
    for path in sorted((ROOT / "src" / "kendedes").rglob("*.py")):
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        for cls in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(cls, ast.ClassDef):
                continue
            values = {}
            for node in cls.body:
                target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
                if target is not None and isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                    values[ast.unparse(target)] = node.value
            code = values.get("code")
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                texts = [
                    n.value for n in ast.walk(values.get("message", ast.Constant(""))) if isinstance(n, ast.Constant)
                ]
                floor = path.relative_to(ROOT / "src" / "kendedes").parts[0]
                rows.append((code.value, floor, " ".join(str(t) for t in texts if t)))
    return sorted(set(rows))


def main() -> None:
    """Write the page."""
    lines = [
        "# Refusals",
        "",
        'An expected “no”. The code is lasting and read by programs (`{"code", "message", "facts"}`); the sentence is for people.',
        "Made by `tools/refusals.py`.",
        "",
        "| code | floor | sentence (id) |",
        "|---|---|---|",
        *(f"| `{code}` | {floor} | {text.replace('|', '/')} |" for code, floor, text in found()),
    ]
    (ROOT / "docs" / "refusals.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
