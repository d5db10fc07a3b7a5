"""The same products by WeasyPrint: run by `run.py` with the Python of an environment that has WeasyPrint and segno.

The same matter as our book: openers with the map as SVG, figures, villages and three photos; pages of starred products; four
cards a page with facts, permits and code; statistics left out; contents and three indexes with page numbers from the
layout; running heads, bleed and marks, hyphenated Indonesian. Colours stay RGB and nothing is checked for overflow.
QR codes are one-bit PNG, which is faster here than SVG. Two styles: flex and grid as one would write it today, or floats.
"""

from __future__ import annotations

import base64
import html
import io
import json
import math
import sys
from pathlib import Path
from typing import Any

import segno
import weasyprint

STYLE = """
@page { size: 210mm 297mm; margin: 18mm 18mm 16mm; bleed: 3mm; marks: crop cross; @bottom-right { content: counter(page); font-size: 8pt } @top-right { content: string(chapter); font-size: 6pt } }
body { font: 8pt/1.4 "Plus Jakarta Sans"; hyphens: auto; text-align: justify; color: #222 }
h1 { font-size: 40pt; string-set: chapter content(); text-align: left } h2 { font-size: 11pt; margin: 2mm 0 1mm; text-align: left }
.page { break-before: page } .grid { display: grid; grid-template-columns: 1fr 1fr; grid-template-rows: 124mm 124mm; gap: 6mm }
.card { display: flex; flex-direction: column } .card > img { width: 100%; height: 60mm; object-fit: cover; border-radius: 1.3mm } .grow { flex: 1 }
.eyebrow { font-size: 6pt; letter-spacing: .11em; text-transform: uppercase; color: #b0492a } .stars { color: #c98f33 }
.foot { display: flex; justify-content: space-between; border-top: 0.4pt solid #ccc; padding-top: 1mm } .foot img { width: 16mm; height: 16mm; image-rendering: pixelated }
.chip { border: 0.4pt solid #b0492a; border-radius: 0.7em; padding: 0 0.5em; font-size: 6pt; color: #b0492a } .three { display: flex; gap: 3mm } .three img { width: 56mm; height: 41mm; object-fit: cover }
.figures { display: flex; gap: 4mm } .figures div { flex: 1; border-top: 0.8pt solid #b0492a; font-size: 20pt } .feature > img { width: 174mm; height: 140mm; object-fit: cover } .two { columns: 2 }
td { padding: 0 2mm 0 0 } .index { columns: 3; break-before: page; font-size: 7pt; text-align: left }
a.page-of { color: inherit; text-decoration: none } a.page-of::after { content: " " target-counter(attr(href), page); font-weight: 600; color: #b0492a }
"""
# The fifth argument "floats": the same matter without flex and grid, which WeasyPrint sets several times faster; heights are fixed by hand.
FLOATS = """
.grid { display: block } .card { display: block; float: left; width: 84mm; height: 124mm; margin: 0 3mm 6mm 0; position: relative; overflow: hidden }
.foot { display: block } .card > .foot { position: absolute; bottom: 0; left: 0; width: 84mm } .foot img { float: right; margin-top: -16mm }
.three, .figures { display: block } .three img { margin-right: 2mm } .figures div { float: left; width: 40mm } .figures + p { clear: both }
"""
say = html.escape


def code(url: str) -> str:
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(out, kind="png", scale=1, border=0)
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


def photo(entry: dict[str, Any], photos: Path) -> str:
    shot = entry["photos"][0]
    return f'<img src="{(photos / shot["sha256"]).as_uri()}.jpg" alt="{say(shot["alt"]["id"])}">'


def told(entry: dict[str, Any]) -> tuple[str, str, str, str]:
    """Head, facts, permits, foot of one product."""
    producer, variant = entry["producer"], entry["variants"][0]
    stars = f'<span class="stars">{"★" * entry["stars"]["stars"]}</span>' if entry["stars"] else ""
    head = f'<div class="eyebrow">{say(entry["category"]["id"])} {stars}</div><h2>{say(entry["name"]["id"])}</h2><div>{say(producer["name"])} · Desa {say(producer["village"]["name"])}</div>'
    capacity = entry["capacity"]
    rows = [
        ("Kapasitas", f"{capacity['amount']} {capacity['unit']}/bulan"),
        ("Pesan min.", entry["minimum_order"]),
        ("Siap dalam", f"{entry['lead_time_days']} hari"),
        ("Bahan", ", ".join(entry["materials"])),
    ]
    facts = " · ".join(f"{name} <b>{say(str(value))}</b>" for name, value in rows)
    permits = " ".join(f'<span class="chip">{say(p["kind"].upper())}</span>' for p in entry["permits"])
    contact = entry["contact"]["whatsapp"] if entry["contact"] else ""
    foot = f'<div class="foot"><div><b>Rp{variant["retail"]["low"]:,}</b><br>per {say(variant["unit"])} {say(variant["name"])}<br>{permits}<br>{entry["code"]} {contact}</div><img src="{code(entry["url"])}" alt="QR"></div>'
    return head, facts, permits, foot


def card(entry: dict[str, Any], photos: Path) -> str:
    head, facts, _permits, foot = told(entry)
    return f'<div class="card" id="{entry["code"]}">{photo(entry, photos)}{head}<p class="grow">{say(entry["story"]["id"])}</p><div>{facts}</div>{foot}</div>'


def feature(entry: dict[str, Any], photos: Path) -> str:
    head, facts, _permits, foot = told(entry)
    return f'<div class="page feature" id="{entry["code"]}">{photo(entry, photos)}{head}<div class="two"><p>{say(entry["story"]["id"])}</p><p>{facts}</p>{foot}</div></div>'


def map_of(lit: int, many: int) -> str:
    def ring(x: float, y: float) -> str:
        return " ".join(
            f"{x + 9 * math.sin(a * math.pi / 3):.1f},{y + 9 * math.cos(a * math.pi / 3):.1f}" for a in range(6)
        )

    shapes = [
        f'<polygon fill="{"#b0492a" if n == lit else "#ddbfa1"}" points="{ring(12 + n % 6 * 17, 12 + n // 6 * 16)}"/>'
        for n in range(many)
    ]
    return f'<svg width="75mm" height="75mm" viewBox="0 0 120 120">{"".join(shapes)}</svg>'


def opener(chapter: dict[str, Any], place: int, many: int, photos: Path) -> str:
    names = {e["producer"]["village"]["name"] for e in chapter["entries"]}
    figures = "".join(f"<div>{number}<br><small>{name}</small></div>" for name, number in chapter["figures"].items())
    return (
        f'<div class="page" id="{chapter["unit"]["code"]}"><h1>{say(chapter["district"]["name"])}</h1>{map_of(place, many)}<div class="figures">{figures}</div>'
        f'<p>{say(chapter["opening"]["id"])}</p><p>{" · ".join(sorted(map(say, names)))}</p><div class="three">{"".join(photo(e, photos) for e in chapter["entries"][:3])}</div></div>'
    )


def index(rows: list[tuple[str, str]]) -> str:
    return (
        '<div class="index">'
        + "".join(f'<div><a class="page-of" href="#{to}">{say(name)}</a></div>' for name, to in sorted(rows))
        + "</div>"
    )


def main() -> None:
    document, photos, fonts, out = json.loads(Path(sys.argv[1]).read_text()), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]  # fmt: skip
    faces = "".join(
        f'@font-face {{ font-family: "Plus Jakarta Sans"; font-weight: {weight}; src: url("{path.as_uri()}") }}'
        for name, weight in (("Regular", 400), ("Medium", 500), ("SemiBold", 600), ("Bold", 700), ("ExtraBold", 800))
        for path in fonts.glob(f"*-{name}.ttf")
    )
    chapters = document["chapters"]
    body = ['<div class="page"><h2>Daftar Isi</h2>']
    body += [
        f'<p><a class="page-of" href="#{c["unit"]["code"]}">{say(c["district"]["name"])}</a></p>' for c in chapters
    ]
    body.append("</div>")
    for place, chapter in enumerate(chapters):
        body.append(opener(chapter, place, len(chapters), photos))
        starred = [e for e in chapter["entries"] if e["stars"] and e["stars"]["stars"] >= 4]
        body += [feature(e, photos) for e in starred]
        others = [e for e in chapter["entries"] if e not in starred]
        body += [
            '<div class="page grid">' + "".join(card(e, photos) for e in others[at : at + 4]) + "</div>"
            for at in range(0, len(others), 4)
        ]
    entries = [e for c in chapters for e in c["entries"]]
    body.append(index([(f"{e['name']['id']}, {e['producer']['district']['name']}", e["code"]) for e in entries]))
    body.append(index(list({e["producer"]["id"]: (e["producer"]["name"], e["code"]) for e in entries}.values())))
    body.append(
        index(
            list(
                {
                    e["producer"]["village"]["code"]: (e["producer"]["village"]["name"], e["code"]) for e in entries
                }.values()
            )
        )
    )
    text = f'<html lang="id"><head><style>{faces}{STYLE}{FLOATS if "floats" in sys.argv else ""}</style></head><body>{"".join(body)}</body></html>'
    weasyprint.HTML(string=text, base_url=".").write_pdf(out)


if __name__ == "__main__":
    main()
