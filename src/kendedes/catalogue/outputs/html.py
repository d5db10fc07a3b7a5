"""Plain HTML of one product or one edition, to paste into a blog. Text is escaped; pictures are not part of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from kendedes.base import format as fmt
from kendedes.catalogue.outputs.words import price, said, words
from kendedes.catalogue.rules import Document, Entry


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(part.strip())}</p>\n" for part in text.replace("\r", "").split("\n") if part.strip())


def _items(pairs: Sequence[tuple[str, str]]) -> str:
    lines = "".join(f"<li><b>{escape(label)}:</b> {escape(value)}</li>\n" for label, value in pairs if value)
    return f"<ul>\n{lines}</ul>\n" if lines else ""


def wa_link(number: str, text: str) -> str:
    """A WhatsApp address with a prepared text."""
    return f"https://wa.me/{number}?text={quote(text)}"


def product_html(entry: Entry, language: str = "id") -> str:
    """Story, facts, where to order; links only to the product's page and to the consented contact."""
    said_here = words(language)
    name, producer = said(entry["name"], language), entry["producer"]
    place = f"{producer['village']['name']}, {producer['district']['name']}"
    stars = "★" * entry["stars"]["stars"] if entry["stars"] else ""
    parts = [f"<!-- {said_here['no_pictures']} -->\n", _paragraphs(said(entry["story"], language))]
    facts: list[tuple[str, str]] = [
        (said_here["made_by"], f"{producer['name']}, {place}"), (said_here["stars"], stars), *_prices(entry, language)
    ]  # fmt: skip
    parts.append(_items([*facts, *_facts(entry, language), (said_here["code"], entry["code"])]))
    contact = entry["contact"]
    if contact and contact["whatsapp"]:
        link = wa_link(contact["whatsapp"], f"{said_here['hello']} {name} ({entry['code']}).")
        shown = f"{said_here['order']}: {contact['name']}"
        parts.append(f'<p><a href="{escape(link)}">{escape(shown)}</a></p>\n')
    if entry["url"]:
        parts.append(f'<p><a href="{escape(entry["url"])}">{escape(said_here["see"])}</a></p>\n')
    return "".join(parts)


def _prices(entry: Entry, language: str) -> list[tuple[str, str]]:
    said_here = words(language)
    found: list[tuple[str, str]] = []
    for pack in entry["variants"]:
        net = f"{fmt.number(pack['net']['value'], language)} {pack['net']['unit']}" if pack["net"] else ""
        about = ", ".join(part for part in (pack["name"], pack["unit"], net) if part)
        suffix = f" ({about})" if about else ""
        if pack["retail"]:
            found.append((said_here["price"], price(pack["retail"], language) + suffix))
        if pack["wholesale"]:
            least = pack["wholesale"].get("minimum")
            more = f", {said_here['from']} {fmt.number(least, language)}" if least else ""
            found.append((said_here["wholesale"], price(pack["wholesale"], language) + more + suffix))
    return found


def _facts(entry: Entry, language: str) -> list[tuple[str, str]]:
    said_here = words(language)
    capacity, local = entry["capacity"], entry["local_content"]
    permits = ", ".join(f"{p['kind'].upper()} {p['number']}" for p in entry["permits"])

    def days(value: int | None) -> str:
        return f"{fmt.number(value, language)} {said_here['days']}" if value else ""

    return [
        (
            said_here["capacity"],
            f"{fmt.number(capacity['amount'], language)} {capacity['unit']}".strip() if capacity else "",
        ),
        (said_here["materials"], ", ".join(entry["materials"])),
        (said_here["local_content"], f"{local['percent']}%" if local else ""),
        (said_here["keeps"], days(entry["shelf_life_days"])),
        (said_here["minimum_order"], fmt.number(entry["minimum_order"], language) if entry["minimum_order"] else ""),
        (said_here["lead_time"], days(entry["lead_time_days"])),
        (said_here["permits"], permits),
    ]


def chapter_html(chapter: Mapping[str, Any], language: str = "id") -> str:
    """A kecamatan's opening and the list of its products."""
    lines = []
    for entry in chapter["entries"]:
        name = escape(said(entry["name"], language))
        shown = f'<a href="{escape(entry["url"])}">{name}</a>' if entry["url"] else name
        retail = next((pack["retail"] for pack in entry["variants"] if pack["retail"]), None)
        cost = f" – {escape(price(retail, language))}" if retail else ""
        stars = " " + "★" * entry["stars"]["stars"] if entry["stars"] else ""
        lines.append(f"<li>{shown}{stars}, {escape(entry['producer']['name'])}{cost}</li>\n")
    return f"{_paragraphs(said(chapter['opening'], language))}<ul>\n{''.join(lines)}</ul>\n"


def edition_html(document: Document, language: str = "id", errata: Sequence[Mapping[str, Any]] = ()) -> str:
    """Preface, figures and every chapter's list; missing units and errata by name."""
    said_here, edition, counted = words(language), document["edition"], document["statistics"]
    parts = [f"<!-- {said_here['no_pictures']} -->\n"]
    if document["preface"]:
        parts.append(_paragraphs(said(document["preface"]["text"], language)))
        signed = ", ".join(part for part in (document["preface"]["author"], document["preface"]["role"]) if part)
        parts.append(f"<p><i>{escape(signed)}</i></p>\n" if signed else "")
    figures = [(said_here[n], fmt.number(counted[n], language)) for n in ("products", "producers", "villages")]
    parts.append(_items([*figures, (said_here["period"], edition["period"])]))
    for chapter in document["chapters"]:
        parts.append(f"<h3>{escape(said_here['district_label'])} {escape(chapter['district']['name'])}</h3>\n")
        parts.append(chapter_html(chapter, language))
    if document["missing_units"]:
        missing = ", ".join(unit["name"] for unit in document["missing_units"])
        parts.append(f"<p>{escape(said_here['missing_line'])}: {escape(missing)}.</p>\n")
    if errata:
        lines = "".join(
            f"<li>{escape(e['code'] or e['edition'])}, {escape(e['field'])}: <s>{escape(e['old'])}</s> "
            f"{escape(e['new'])} ({escape(e['reason'])})</li>\n"
            for e in errata
        )
        parts.append(f"<h3>{escape(said_here['corrections'])}</h3>\n<ul>\n{lines}</ul>\n")
    site = document["association"]["site"]
    if site:
        link = f"{site}/edisi/{edition['slug']}/"
        parts.append(f'<p><a href="{escape(link)}">{escape(said_here["read_more"])}</a></p>\n')
    return "".join(parts)
