"""Short papers set by Typst: a template and plain data give the same bytes on every machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from kendedes.ui import fonts


def pdf(template: Path, data: Any) -> bytes:
    """``template`` set with ``data`` (read there as ``json(bytes(sys.inputs.data))``) as a PDF."""
    return bytes(_compile(template, data, format="pdf", timestamp=0))


def png(template: Path, data: Any, *, ppi: float) -> list[bytes]:
    """The pages drawn as they would be at ``ppi`` dots an inch."""
    made = _compile(template, data, format="png", ppi=ppi)
    return [bytes(page) for page in made] if isinstance(made, list) else [bytes(made)]


def _compile(template: Path, data: Any, **options: Any) -> Any:
    folder = Path(settings.HOME) / "buatan" / "fonts"
    fonts.make(folder)
    book = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.static_folder(folder))]
    )
    return typst.compile(
        str(template), root=str(template.parent), font_paths=book, sys_inputs={"data": json.dumps(data)}, **options
    )
