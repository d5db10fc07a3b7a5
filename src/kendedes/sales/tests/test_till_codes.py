"""What the till draws is read by others' readers."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from kendedes.testing.node import NODE

QR = Path(__file__).parents[1] / "static" / "sales" / "till" / "core" / "qr.js"
TEXTS = [
    "A",
    "K3-000041-9f2c41aa",
    "https://galeri.example/t/SGS-0012-1",
    "é🥥" * 9,
    *("0201021126" * n for n in (3, 12, 22, 40, 60, 90)),
]


@pytest.fixture(scope="module")
def codes():
    program = f"import {{ encode }} from {json.dumps(QR.as_uri())}; console.log(JSON.stringify({json.dumps(TEXTS)}.map(encode)))"
    done = subprocess.run([NODE, "--input-type=module", "-e", program], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("i", range(len(TEXTS)), ids=lambda i: f"{len(TEXTS[i].encode())} bytes")
def test_zxing_reads_the_qr_codes_the_till_draws(codes, i):
    size = len(codes[i])
    image = Image.new("L", (size + 8, size + 8), 255)
    for y, row in enumerate(codes[i]):
        for x, dark in enumerate(row):
            image.putpixel((x + 4, y + 4), 0 if dark else 255)

    found = zxingcpp.read_barcodes(image.resize((4 * (size + 8),) * 2, Image.Resampling.NEAREST))

    assert [(one.text, one.format) for one in found] == [(TEXTS[i], zxingcpp.BarcodeFormat.QRCode)]
