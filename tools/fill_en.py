"""Fills empty English messages of an app from a file with one translation a line, in the order ``check`` lists them.

tools/messages.py check APP > wanted; (translate); tools/fill_en.py APP FILE
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.pofile import read_po, write_po
from messages import ROOT, file_of, missing


def main() -> int:
    """Exit 1 if the number of lines does not fit."""
    app = ROOT / sys.argv[1]
    lines = Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()
    wanted = missing(app)
    if len(lines) != len(wanted):
        print(f"{len(wanted)} messages, {len(lines)} lines")
        return 1
    path = file_of(app)
    catalogue = read_po(path.open("rb"), locale="en", domain="django")
    for text, english in zip(wanted, lines, strict=True):
        for message in catalogue:
            if message.id and str(message.id) == text and not message.string:
                message.string = english
    buffer = io.BytesIO()
    write_po(buffer, catalogue, no_location=True, omit_header=False, sort_output=True, width=110)
    kept = [x for x in buffer.getvalue().decode().splitlines() if "-Date:" not in x and "Generated-By" not in x]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
