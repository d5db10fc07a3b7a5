"""Office papers set by Typst: one way to make a PDF of a template and plain data, and QR codes for them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
import zxingcpp
from django.conf import settings

from kendedes.ui import fonts


def pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """The PDF of a Typst file; it reads ``data`` by ``sys.inputs.data``. The same data give the same bytes.

    Data never become markup: the template inserts them as text.
    """
    folder = Path(settings.HOME) / "buatan" / "fonts"
    fonts.make(folder)
    made = typst.compile(
        str(template), root=str(template.parent), format="pdf", font_paths=_fonts(str(fonts.static_folder(folder))),
        sys_inputs={"data": json.dumps(data)}, timestamp=0,
    )  # fmt: skip
    return bytes(made)


@lru_cache(maxsize=2)
def _fonts(folder: str) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


@lru_cache(maxsize=4096)
def qr(text: str) -> str:
    """A QR code as SVG, without a quiet zone (the template leaves room)."""
    code = zxingcpp.create_barcode(text, zxingcpp.QRCode, ec_level="M")
    return str(code.to_svg(add_quiet_zones=False))
