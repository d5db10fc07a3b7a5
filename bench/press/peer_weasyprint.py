"""The same products by WeasyPrint: run by `run.py` with the Python of an environment that has WeasyPrint and segno.

Four products a page at fixed heights, opener for each sub-district, contents and index with page numbers, hyphenated
Indonesian, 3 mm bleed and marks, CMYK left out (that would only add work). QR codes are one-bit PNG, its best case.
"""

from __future__ import annotations

import base64
import html
import io
import json
import sys
from pathlib import Path
from typing import Any

import segno
import weasyprint

STYLE = """
@page { size: 210mm 297mm; margin: 16mm 18mm; bleed: 3mm; marks: crop; @bottom-center { content: counter(page); font-size: 8pt } }
body { font: 8pt/1.4 "Plus Jakarta Sans"; hyphens: auto; text-align: justify }
h1 { font-size: 40pt; break-before: page } h2 { font-size: 11pt; margin: 2mm 0 1mm; text-align: left }
.page { break-before: page } .card { float: left; width: 82mm; height: 124mm; margin: 0 4mm 4mm 0; overflow: hidden; position: relative }
.card > img { width: 82mm; height: 60mm; object-fit: cover } .foot { position: absolute; bottom: 0; width: 82mm; border-top: 0.4pt solid #ccc }
.foot img { float: right; width: 16mm; height: 16mm; image-rendering: pixelated } .index { columns: 3; break-before: page; font-size: 7pt; text-align: left }
a.page-of { color: inherit; text-decoration: none } a.page-of::after { content: " " target-counter(attr(href), page); font-weight: 600 }
"""


def code(url: str) -> str:
    out = io.BytesIO()
    segno.make(url, error="m").save(out, kind="png", scale=1, border=4)
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


def card(entry: dict[str, Any], photos: Path) -> str:
    say, producer, price = html.escape, entry["producer"], entry["variants"][0]["retail"]
    permits = " ".join(p["kind"].upper() for p in entry["permits"])
    return (
        f'<div class="card" id="{entry["code"]}"><img src="{(photos / entry["photos"][0]["sha256"]).as_uri()}.jpg" alt=""><h2>{say(entry["name"]["id"])}</h2>'
        f"<p>{say(producer['name'])} · {say(producer['village']['name'])}</p><p>{say(entry['story']['id'])}</p>"
        f'<div class="foot"><img src="{code(entry["url"])}" alt="">Rp{price["low"]} {permits}<br>{entry["code"]}</div></div>'
    )


def main() -> None:
    document, photos, fonts, out = json.loads(Path(sys.argv[1]).read_text()), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]  # fmt: skip
    faces = "".join(
        f'@font-face {{ font-family: "Plus Jakarta Sans"; font-weight: {weight}; src: url("{path.as_uri()}") }}'
        for name, weight in (("Regular", 400), ("SemiBold", 600), ("Bold", 700))
        for path in fonts.glob(f"*-{name}.ttf")
    )
    chapters = document["chapters"]
    body = ['<div class="page"><h2>Daftar Isi</h2>']
    body += [
        f'<p><a class="page-of" href="#{c["unit"]["code"]}">{html.escape(c["district"]["name"])}</a></p>'
        for c in chapters
    ]
    body.append("</div>")
    for chapter in chapters:
        body.append(
            f'<h1 id="{chapter["unit"]["code"]}">{html.escape(chapter["district"]["name"])}</h1><p>{html.escape(chapter["opening"]["id"])}</p>'
        )
        for at in range(0, len(chapter["entries"]), 4):
            body.append(
                '<div class="page">' + "".join(card(e, photos) for e in chapter["entries"][at : at + 4]) + "</div>"
            )
    entries = sorted((e for c in chapters for e in c["entries"]), key=lambda e: str(e["name"]["id"]))
    body.append(
        '<div class="index">'
        + "".join(
            f'<div><a class="page-of" href="#{e["code"]}">{html.escape(e["name"]["id"])}</a></div>' for e in entries
        )
        + "</div>"
    )
    text = f'<html lang="id"><head><style>{faces}{STYLE}</style></head><body>{"".join(body)}</body></html>'
    weasyprint.HTML(string=text, base_url=".").write_pdf(out)


if __name__ == "__main__":
    main()
