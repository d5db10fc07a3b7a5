"""Papers and labels of consignment: the data they print, and their PDFs by Typst."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from kendedes.base import format as write
from kendedes.consignment.models import Line, Paper
from kendedes.consignment.rules import labels as shape
from kendedes.ledger.models import Lot
from kendedes.ledger.rules.days import business_day
from kendedes.ui import paper as typeset

HERE = Path(__file__).parent / "typst"
Kind = Paper.Kind
# Papers are read by producers and drivers: they are in Indonesian whatever the reader's language.
TITLES = {
    Kind.NOTE: "Nota titipan", Kind.DELIVERY: "Surat jalan", Kind.RETURN: "Berita acara retur",
    Kind.WRITE_OFF: "Berita acara kedaluwarsa/rusak", Kind.COUNT: "Berita acara stok opname", Kind.SWAP: "Tukar tempat",
}  # fmt: skip
SIGNS = {
    Kind.NOTE: ("Yang menitipkan", "Yang menerima"), Kind.DELIVERY: ("Pengirim", "Pembawa", "Penerima"),
    Kind.RETURN: ("Yang menyerahkan", "Produsen"), Kind.WRITE_OFF: ("Penjaga", "Pengelola", "Produsen/unit"),
    Kind.COUNT: ("Penghitung", "Pengelola"), Kind.SWAP: ("Yang memindahkan",),
}  # fmt: skip
SAYS = {
    Kind.NOTE: "Barang di bawah ini dititipkan untuk dijual dengan harga dan kesepakatan yang tertulis; tetap milik yang menitipkan sampai terjual.",
    Kind.DELIVERY: "Barang di bawah ini dibawa dari tempat asal ke tempat tujuan; dihitung lagi saat diterima.",
    Kind.RETURN: "Barang di bawah ini, yang belum terjual, dikembalikan kepada pemiliknya dalam keadaan yang disetujui bersama.",
    Kind.WRITE_OFF: "Barang di bawah ini tidak dapat dijual lagi dan dihapus dari catatan. Yang menanggung menurut kesepakatan titip jual.",
    Kind.COUNT: "Barang di tempat ini dihitung tanpa melihat catatan, lalu dibandingkan.",
    Kind.SWAP: "Barang di bawah ini dipindahkan.",
}  # fmt: skip
BECOMES = {"expired": "kedaluwarsa", "damaged": "rusak", "lost": "hilang"}


def address(paper: Paper, origin: str) -> str:
    """Where the paper's QR leads."""
    return origin + reverse("consignment:scanned", kwargs={"code": paper.code})


def paper_data(paper: Paper, lines: Sequence[Line], origin: str) -> dict[str, Any]:
    """What the paper says, as plain words."""
    association, kind = paper.association, Kind(paper.kind)
    when = paper.issued_at or paper.drafted_at
    columns, rows, total = _table(paper, lines)
    signs = list(SIGNS[kind])
    names = {0: paper.giver, len(signs) - 1: paper.taker} if len(signs) > 1 else {0: ""}
    return {
        "title": TITLES[kind], "number": str(paper) if paper.number else "", "draft": paper.number is None,
        "cancelled": paper.state == Paper.State.CANCELLED, "code": paper.code, "address": address(paper, origin),
        "association": association.name, "gallery": association.gallery_name or association.name, "place": association.region.name,
        "where": association.address, "day": write.day(business_day(when, settings.TIME_ZONE)),
        "from": str(paper.source) if paper.source else "", "to": str(paper.target) if paper.target else "",
        "owner": f"{paper.producer}, {paper.producer.village}" if paper.producer else "", "unit": str(paper.unit or ""),
        "says": SAYS[kind], "columns": columns, "rows": rows, "total": total, "note": paper.note,
        "signs": [{"role": role, "name": names.get(n, "")} for n, role in enumerate(signs)],
        "by": str(paper.issued_by or ""), "terms": _terms(lines) if kind == Kind.NOTE else "",
    }  # fmt: skip


def _table(paper: Paper, lines: Sequence[Line]) -> tuple[list[str], list[dict[str, Any]], str]:
    kind = paper.kind
    arrived = kind == Kind.DELIVERY and paper.state == Paper.State.DONE
    heads = {
        Kind.NOTE: ["Jumlah", "Harga produsen", "Harga rak"], Kind.WRITE_OFF: ["Sebab", "Jumlah"],
        Kind.COUNT: ["Catatan", "Dihitung", "Selisih"], Kind.DELIVERY: ["Dikirim", "Diterima"],
    }.get(Kind(kind), ["Jumlah"])  # fmt: skip
    rows = []
    for line in lines:
        cells = [write.number(line.quantity or 0)]
        if kind == Kind.NOTE:
            cells += [write.rupiah(line.maker_price or 0), write.rupiah(line.price or 0)]
        elif kind == Kind.WRITE_OFF:
            cells = [BECOMES.get(line.becomes, ""), *cells]
        elif kind == Kind.COUNT:
            known = line.booked is not None
            gap = line.difference or 0
            cells = [
                write.number(line.booked or 0) if known else "",
                "" if line.counted is None else write.number(line.counted),
            ]
            cells.append((("+" if gap > 0 else "") + write.number(gap) if gap else "–") if known else "")
        elif kind == Kind.DELIVERY:
            cells.append(write.number(line.received) if arrived and line.received is not None else "")
        rows.append({**_goods(line), "cells": cells})
    total = write.number(sum(line.quantity or 0 for line in lines)) if kind != Kind.COUNT else ""
    return heads, rows, total


def _goods(line: Line) -> dict[str, str]:
    """Name of the goods and what is told in small letters below."""
    if line.lot is not None:
        lot = line.lot
        name, owner, expires, code = lot.name, lot.producer.name, lot.expires_on, lot.code
    else:
        assert line.variant is not None  # noqa: S101 - a line names one of the two
        name, owner = f"{line.variant.product.name_id} {line.variant}", line.variant.product.producer.name
        expires, code = line.expires_on, ""
    small = [code, owner, f"baik sampai {write.day(expires, short=True)}" if expires else ""]
    return {"name": name, "small": " · ".join(part for part in small if part)}


def _terms(lines: Sequence[Line]) -> str:
    """The terms of the lots in one sentence, when they are the same."""
    found = {line.lot.terms for line in lines if line.lot is not None}
    if len(found) != 1:
        return ""
    terms = found.pop()
    parts = []
    if terms.gallery_bp:
        parts.append(f"galeri {_percent(terms.gallery_bp)}")
    if terms.unit_bp:
        parts.append(f"unit {_percent(terms.unit_bp)}")
    parts += [f"{name} {_percent(bp)} dari bagian produsen" for name, bp in terms.deductions]
    kept = f"Potongan dari harga jual: {', '.join(parts)}. " if parts else ""
    if terms.dues_month:
        kept += f"Iuran {write.rupiah(terms.dues_month)} tiap bulan. "
    return f"{kept}Dibayar tiap {terms.period_days} hari; ditahan {terms.hold_days} hari."


def _percent(basis_points: int) -> str:
    return write.percent(basis_points / 10_000, digits=0 if basis_points % 100 == 0 else 2)


def paper_pdf(paper: Paper, lines: Sequence[Line], origin: str) -> bytes:
    """The paper on A5."""
    data = paper_data(paper, lines, origin)
    return typeset.pdf(HERE / "paper.typ", {**data, "qr": typeset.qr(data["address"])})


@dataclass(frozen=True)
class Label:
    """A lot and how many labels of it."""

    lot: Lot
    price: int
    copies: int


def labels_pdf(labels: Iterable[Label], size: str, gallery: str, *, skip: int = 0) -> bytes:
    """Labels of one size. ``skip``: places of an A4 sheet that are used up."""
    rows = []
    for label in labels:
        lot = label.lot
        expires = f"Baik s.d. {write.day(lot.expires_on, short=True)}" if lot.expires_on else ""
        rows.append({
            "name": lot.name, "price": write.rupiah(label.price), "maker": lot.producer.name,
            "village": lot.producer.village.name, "expires": expires, "code": lot.code,
            "qr": shape.qr(lot.code), "bars": shape.code128(lot.code), "ean": shape.ean13(lot.variant.barcode),
            "digits": lot.variant.barcode, "copies": label.copies, "gallery": gallery,
        })  # fmt: skip
    return typeset.pdf(HERE / "labels.typ", {"labels": rows, "size": size, "skip": skip})
