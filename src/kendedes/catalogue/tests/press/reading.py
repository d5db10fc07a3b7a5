"""Reading a printed file back."""

from __future__ import annotations

import subprocess

import zxingcpp
from PIL import Image


def text_of(path, first=1, last=9999):
    done = subprocess.run(
        ["pdftotext", "-f", str(first), "-l", str(last), "-layout", str(path), "-"], capture_output=True, check=True
    )
    return done.stdout.decode().replace("\u00ad", "")


def codes_on(path, folder):
    """Texts of the QR codes of the rendered pages, as a reader sees them at 150 dots an inch."""
    pattern = str(folder / "page")
    subprocess.run(["pdftoppm", "-r", "150", "-gray", str(path), pattern], check=True, capture_output=True)
    return [code.text for file in sorted(folder.glob("page*.pgm")) for code in zxingcpp.read_barcodes(Image.open(file))]
