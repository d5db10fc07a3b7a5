"""One entry of the document as the templates want it: finished sentences, nothing left to decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from kendedes.base.format import NBSP, number, phone, rupiah_range
from kendedes.catalogue.press.options import Options
from kendedes.catalogue.press.text import clean, ems, hyphenate, line, paragraphs
from kendedes.catalogue.press.words import PERMITS, WORDS

type Json = dict[str, Any]


def said(pair: Json, language: str) -> str:
    """The text in the asked language, else in the other."""
    return str(pair.get(language) or pair.get("id") or pair.get("en") or "")


@dataclass(frozen=True, slots=True)
class Desk:
    """Turns entries into views for one printing: its language, its day, what its QR codes lead to."""

    options: Options
    locked: str  # date, ISO
    facts: int = 3  # at most so many on a card

    @property
    def words(self) -> dict[str, str]:
        return WORDS[self.options.language]

    def view(self, entry: Json) -> Json:
        """The entry, ready to be set. ``photo`` is filled in by the caller."""
        language = self.options.language
        story, name = said(entry["story"], language), line(said(entry["name"], language)) or entry["code"]
        price, unit = self._price(entry["variants"])
        target, hint = self._target(entry)
        producer = entry["producer"]
        shown = {
            "code": entry["code"], "name": name, "story": [hyphenate(p, self.options.hyphens) for p in paragraphs(story)],
            "producer": line(producer["name"]), "kind": self.words[producer["kind"]], "place": self.place(producer["village"]), "district": line(producer["district"]["name"]),
            "category": line(entry["category"][language] or entry["category"]["id"]),
            "price": price, "unit": unit, "facts": self._facts(entry), "permits": self._permits(entry["permits"]), "packs": self._packs(entry["variants"]),
            "stars": entry["stars"]["stars"] if self._starred(entry) else 0, "qr": target, "hint": hint, "contact": self._contact(entry["contact"]),
            "url": entry["url"] if self.options.target == "screen" else "",
        }  # fmt: skip
        return {**shown, "ems": self._ems(shown)}

    def _ems(self, view: Json) -> dict[str, float]:
        """How wide the texts of a card are at most (see `text.ems`); separators and edges are counted in."""
        facts = view["facts"][: self.facts]
        return {
            "name": ems(view["name"]), "story": sum(map(ems, view["story"])), "maker": ems(f"{view['producer']} · {view['place']}"), "category": ems(view["category"].upper()),
            "facts": sum(ems(f"{f[0]} {f[1]}  ·  ") for f in facts), "permits": sum(ems(p[0]) + 1.5 for p in view["permits"]), "price": ems(view["price"]),
            "contact": ems(view["code"]) + 1.5 + ems("".join(view["contact"][1:])),
        }  # fmt: skip

    def place(self, village: Json) -> str:
        return f"{self.words[village['kind']]} {line(village['name'])}".strip()

    def lost_signs(self, entry: Json) -> int:
        """How many signs of name and story no face of ours has."""
        language = self.options.language
        return (
            sum(clean(said(entry[part], language))[1] for part in ("name", "story"))
            + clean(entry["producer"]["name"])[1]
        )

    def _range(self, low: int, high: int | None) -> str:
        return rupiah_range(low, high, self.options.language)

    def _number(self, value: float) -> str:
        return number(int(value) if value == int(value) else value, self.options.language)

    def _starred(self, entry: Json) -> bool:
        stars = entry["stars"]
        return bool(stars) and not (stars["valid_until"] and stars["valid_until"] < self.locked)

    def _price(self, variants: list[Json]) -> tuple[str, str]:
        priced = [v for v in variants if v["retail"]]
        if not priced:
            return self.words["ask"], self._unit(variants[0]) if variants else ""
        low = min(v["retail"]["low"] for v in priced)
        high = max(v["retail"]["high"] or v["retail"]["low"] for v in priced)
        if len(priced) > 1:
            return self._range(low, high), f"{len(priced)} {self.words['packs']}"
        return self._range(low, high), self._unit(priced[0])

    def _unit(self, variant: Json) -> str:
        net = variant["net"]
        # "1 buah" says it all; "per buah, 1 pcs" would say it twice
        size = (
            f" {self._number(net['value'])} {net['unit']}"
            if net and not (net["unit"] == "pcs" and net["value"] == 1)
            else ""
        )
        return f"{self.words['per']} {line(variant['unit'])}{size}" if variant["unit"] else size.strip()

    def _facts(self, entry: Json) -> list[list[str]]:
        words = self.words
        made: list[list[str]] = []
        if entry["capacity"]:
            made.append(
                [
                    words["capacity"],
                    f"{self._number(entry['capacity']['amount'])} {line(entry['capacity']['unit'])}/{words['month']}",
                ]
            )
        if entry["minimum_order"]:
            made.append([words["minimum"], self._number(entry["minimum_order"])])
        if entry["shelf_life_days"]:
            made.append([words["shelf_life"], f"{self._number(entry['shelf_life_days'])} {words['days']}"])
        if entry["lead_time_days"]:
            made.append([words["lead"], f"{self._number(entry['lead_time_days'])} {words['days']}"])
        wholesale = [v["wholesale"] for v in entry["variants"] if v["wholesale"]]
        if wholesale:
            best = min(wholesale, key=lambda w: int(w["low"]))
            least = f" ({words['min']} {self._number(best['minimum'])})" if best["minimum"] else ""
            made.append([words["wholesale"], self._range(best["low"], best["high"]) + least])
        if entry["materials"]:
            made.append([words["materials"], line(", ".join(entry["materials"]))])
        if entry["local_content"]:
            local = entry["local_content"]
            made.append([words["local"], f"{self._number(local['percent'])} % {words[local['scope'] + '_scope']}"])
        # a short fact stays on one line
        return [
            [part.replace(" ", NBSP) if len(label) + len(value) < 34 else part for part in (label, value)]
            for label, value in made
        ]

    def _permits(self, permits: list[Json]) -> list[list[Any]]:
        """Kind, number, verified; a permit that had lapsed when the edition was locked is not printed."""
        return [[PERMITS[p["kind"]], line(p["number"]), p["verified"]] for p in permits if not lapsed(p, self.locked)]

    def _packs(self, variants: list[Json]) -> list[list[str]]:
        made = []
        for variant in variants:
            retail, whole = variant["retail"], variant["wholesale"]
            made.append([
                line(variant["name"]) or self._unit(variant), self._unit(variant),
                self._range(retail["low"], retail["high"]) if retail else "–", self._range(whole["low"], whole["high"]) if whole else "–",
            ])  # fmt: skip
        return made

    def _contact(self, contact: Json | None) -> list[str]:
        if not contact or not contact["whatsapp"]:
            return []
        return [line(contact["name"]), phone("+" + contact["whatsapp"])]

    def _target(self, entry: Json) -> tuple[str, str]:
        """Where the QR code leads, and the words under it: nowhere without a page and without consent."""
        contact = entry["contact"]
        chat = (
            chat_address(contact["whatsapp"], entry["code"], self.options.language)
            if contact and contact["whatsapp"]
            else ""
        )
        page = str(entry["url"])
        if page and (self.options.qr == "page" or not chat):
            return page, self.words["scan_page"]
        return (chat, self.words["scan_chat"]) if chat else ("", "")


def chat_address(digits: str, code: str, language: str) -> str:
    """A WhatsApp link with a prepared draft; short, since every letter makes the code on paper finer."""
    text = {"id": f"Halo, saya tertarik dengan {code}", "en": f"Hello, I would like {code}"}[language]
    return f"https://wa.me/{digits}?text={quote(text, safe='')}"


def lapsed(permit: Json, day: str) -> bool:
    """Whether a permit was over on `day` (ISO)."""
    return bool(permit["valid_until"]) and permit["valid_until"] < day
