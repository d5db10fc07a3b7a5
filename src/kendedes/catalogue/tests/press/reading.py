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


def pages_of(path, folder):
    """The pages as they are drawn at 150 dots an inch."""
    subprocess.run(["pdftoppm", "-r", "150", "-gray", str(path), str(folder / "page")], check=True, capture_output=True)
    return sorted(folder.glob("page*.pgm"))


def codes_on(path, folder):
    """Texts of the QR codes of the drawn pages, as zxing reads them."""
    return [code.text for file in pages_of(path, folder) for code in zxingcpp.read_barcodes(Image.open(file))]


def codes_by_zbar(path, folder):
    """The same as zbar reads them, a second reader that wants cleaner codes."""
    command = ["zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable"]
    pages = [str(file) for file in pages_of(path, folder)]
    return subprocess.run([*command, *pages], check=False, capture_output=True, text=True).stdout.split()
