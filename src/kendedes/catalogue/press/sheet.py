"""The preflight sheet: what a person checks before the book goes to the printer. Never bound into the book."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from kendedes.base.format import file_size, number
from kendedes.catalogue.press.setting import Part, Shop
from kendedes.catalogue.press.text import line

# For each kind: heading, what it means and what to do, how its facts are said.
_ID = {
    "low_resolution": ("Foto kurang tajam", "Di bawah 200 dpi pada ukuran cetak: akan tampak kabur. Minta foto yang lebih besar.", "{dpi} dpi"),
    "fair_resolution": ("Foto cukup tajam", "200–299 dpi: masih layak cetak, tetapi bukan yang terbaik.", "{dpi} dpi"),
    "no_photo": ("Tanpa foto", "Halamannya memakai ragam hias. Lebih baik memotretnya dahulu.", ""),
    "no_contact": ("Tanpa persetujuan kontak", "Tidak ada yang mengizinkan kontaknya dimuat; nomor telepon tidak dicetak.", ""),
    "lapsed_permit": ("Izin kedaluwarsa", "Sudah lewat saat edisi dikunci; tidak dicetak.", "{permit}, sampai {until}"),
    "lapsed_stars": ("Bintang kedaluwarsa", "Masa berlaku bintang sudah lewat; tidak dicetak.", "{stars} bintang, sampai {until}"),
    "old_price": ("Harga lama", "Harga ini sudah lama tidak diperiksa. Tanyakan kembali kepada produsen.", "{days} hari"),
    "no_price": ("Tanpa harga", "Dicetak sebagai “tanyakan”.", ""),
    "shortened": ("Teks dipendekkan", "Cerita atau nama tidak muat di tempatnya; sisanya ada di halaman web.", "{words} kata tercetak"),
    "unprintable": ("Tanda tidak tercetak", "Huruf atau gambar kecil (emoji) yang tidak ada pada huruf cetak dihapus.", "{signs} tanda"),
    "dense_code": ("Kode QR terlalu rapat", "Alamatnya terlalu panjang untuk ukuran kode pada tata letak ini; sebagian ponsel tidak dapat membacanya. Pilih tata letak dengan lebih sedikit produk.", "{letters} huruf"),
    "photo_profile": ("Foto CMYK", "Foto dicetak dengan warnanya sendiri; periksa pada cetak coba.", ""),
    "no_profile": ("Tanpa profil warna", "Berkas menyebut kondisi cetak {condition} tanpa menyertakan profilnya, jadi bukan PDF/X. Beri tahu percetakan, atau tetapkan profil ICC di pengaturan (KENDEDES_CMYK_PROFILE) untuk PDF/X-4.", "{condition}"),
    "page_ink": ("Tinta terbanyak", "Warna halaman memakai paling banyak {percent} % tinta di satu titik (batas umum kertas berlapis 300 %). Tinta foto RGB ditentukan profil percetakan.", "{percent} %"),
    "heavy_ink": ("Foto terlalu banyak tinta", "Bagian tergelap foto CMYK ini melebihi 300 % tinta: lambat kering dan menempel. Minta foto RGB, atau kurangi tintanya.", "{percent} %"),
    "missing_unit": ("Unit belum ikut", "Disebut dalam buku sebagai belum ikut.", ""),
    "blank_pages": ("Halaman tambahan", "{added} halaman ditambahkan agar jumlahnya, {pages}, kelipatan empat.", ""),
}  # fmt: skip
_EN = {
    "low_resolution": ("Photo not sharp enough", "Below 200 dpi at its printed size: it will look blurred. Ask for a larger photo.", "{dpi} dpi"),
    "fair_resolution": ("Photo fairly sharp", "200–299 dpi: fit to print, though not the best.", "{dpi} dpi"),
    "no_photo": ("No photo", "An ornament stands in its place. Better take a photo first.", ""),
    "no_contact": ("No consent for a contact", "Nobody agreed to be named; no telephone number is printed.", ""),
    "lapsed_permit": ("Permit lapsed", "Over when the edition was locked; not printed.", "{permit}, until {until}"),
    "lapsed_stars": ("Stars lapsed", "The award was over when the edition was locked; not printed.", "{stars} stars, until {until}"),
    "old_price": ("Old price", "Not looked at for long. Ask the producer again.", "{days} days"),
    "no_price": ("No price", "Printed as “on request”.", ""),
    "shortened": ("Text shortened", "A story or name does not fit its place; the rest is on the web page.", "{words} words printed"),
    "unprintable": ("Signs left out", "Letters or emoji that the typeface lacks.", "{signs} signs"),
    "dense_code": ("QR code too fine", "Its address is too long for the size of the code in this layout; some phones cannot read it. Choose a layout with fewer products.", "{letters} letters"),
    "photo_profile": ("CMYK photo", "Printed in its own colours; look at it in the proof.", ""),
    "no_profile": ("No colour profile", "The file names the printing condition {condition} without holding its profile, so it is no PDF/X. Tell the printer, or set an ICC profile in the settings (KENDEDES_CMYK_PROFILE) for PDF/X-4.", "{condition}"),
    "page_ink": ("Most ink", "Colours of the pages take {percent} % of ink in one place at most (usual limit of coated paper: 300 %). What RGB photos take, the printer's profile decides.", "{percent} %"),
    "heavy_ink": ("Photo with too much ink", "The darkest parts of this CMYK photo take more than 300 % of ink: it dries slowly and sets off. Ask for an RGB photo, or less ink.", "{percent} %"),
    "missing_unit": ("Unit missing", "Named in the book as not yet taking part.", ""),
    "blank_pages": ("Pages added", "{added} pages added so that their number, {pages}, is a multiple of four.", ""),
}  # fmt: skip
KINDS = {"id": _ID, "en": _EN}
_FRAME = {
    "id": {
        "title": "Lembar pemeriksaan pra-cetak", "clean": "Tidak ada yang perlu diperiksa.", "page": "hal.", "file": "Berkas", "size": "Ukuran", "sheets": "Halaman", "paper": "Kertas",
        "layout": "Tata letak", "each": "produk per halaman", "standard": "Standar", "condition": "Kondisi cetak", "print": "Sidik SHA-256", "stop": "jangan cetak", "warn": "periksa", "note": "catatan",
        "products": "Produk", "bleed": "Bleed 3 mm, garis potong di luar bleed, area aman 5 mm, huruf tertanam, hitam teks pada satu pelat.", "more": "dan {n} lagi",
    },
    "en": {
        "title": "Preflight sheet", "clean": "Nothing to look at.", "page": "p.", "file": "File", "size": "Size", "sheets": "Pages", "paper": "Paper",
        "layout": "Layout", "each": "products a page", "standard": "Standard", "condition": "Printing condition", "print": "SHA-256", "stop": "do not print", "warn": "check", "note": "note",
        "products": "Products", "bleed": "3 mm bleed, crop marks outside the bleed, 5 mm safe area, fonts embedded, black text on one plate.", "more": "and {n} more",
    },
}  # fmt: skip
LONGEST_LIST = 400


def preflight_sheet(report: Mapping[str, Any], *, title: str, locked_at: str, out: Path, fonts: Path, work: Path, language: Literal["id", "en"] = "id") -> Path:  # fmt: skip
    """Write the sheet of a report (`Report.as_json`, as stored) as an A4 PDF; the same report gives the same bytes."""
    shop = Shop(work, fonts, tagged=True, standards=["ua-1"], processes=1)
    (made,) = shop.compose([Part("preflight", _data(report, title, locked_at, language))], lambda _name: None)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(made.pdf.read_bytes())
    return out


def say(finding: Mapping[str, Any], language: str) -> tuple[str, str, str]:
    """Heading, explanation and details of a finding in people's words."""
    heading, meaning, details = KINDS[language][finding["kind"]]
    facts = finding["facts"]
    return heading, meaning.format(**facts) if facts else meaning, details.format(**facts) if facts else ""


def _data(report: Mapping[str, Any], title: str, locked_at: str, language: Literal["id", "en"]) -> dict[str, Any]:
    words = _FRAME[language]
    groups: dict[str, dict[str, Any]] = {}
    for finding in report["findings"]:
        heading, meaning, details = say(finding, language)
        group = groups.setdefault(
            finding["kind"], {"heading": heading, "meaning": meaning, "level": finding["level"], "rows": [], "more": ""}
        )
        where = f"{words['page']} {finding['page']}" if finding["page"] else ""
        group["rows"].append([line(finding["code"]), line(finding["name"]), details, where])
    for group in groups.values():
        group["count"] = number(len(group["rows"]), language)
        if len(group["rows"]) > LONGEST_LIST:
            group["more"] = words["more"].format(n=number(len(group["rows"]) - LONGEST_LIST, language))
            group["rows"] = group["rows"][:LONGEST_LIST]
    facts = [
        [words["paper"], f"{report['paper']} · {report['layout']} {words['each']}"], [words["sheets"], number(report["pages"], language)], [words["products"], number(report["products"], language)],
        [words["standard"], report["standard"]], [words["condition"], report["condition"] or "–"], [words["file"], line(report["file"])], [words["size"], file_size(report["bytes"], language)], [words["print"], report["sha256"]],
    ]  # fmt: skip
    return {
        "part": "preflight", "target": "screen", "language": language, "words": words, "title": f"{words['title']} · {line(title)}", "author": "", "heading": words["title"], "book": line(title),
        "date": [int(locked_at[a:b]) for a, b in ((0, 4), (5, 7), (8, 10), (11, 13), (14, 16), (17, 19))], "facts": facts, "groups": list(groups.values()),
        "sheet": {"width": 210, "height": 297, "inside": 20, "outside": 20, "top": 18, "bottom": 18, "scale": 1, "type": 1}, "card": {}, "bleed": 0,
    }  # fmt: skip
