"""Reading printed files back."""

from __future__ import annotations

import subprocess

import zxingcpp
from PIL import Image


def text_of(path):
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True).stdout.decode()


def _drawn(path, folder):
    subprocess.run(["pdftoppm", "-r", "150", "-gray", str(path), str(folder / "page")], check=True, capture_output=True)
    return sorted(folder.glob("page*.pgm"))


def codes_on(path, folder):
    """As zxing reads the drawn pages."""
    return [code.text for file in _drawn(path, folder) for code in zxingcpp.read_barcodes(Image.open(file))]


def codes_by_zbar(path, folder):
    """As zbar reads them."""
    command = ["zbarimg", "-q", "--raw", *map(str, _drawn(path, folder))]
    return subprocess.run(command, check=False, capture_output=True, text=True).stdout.split()
