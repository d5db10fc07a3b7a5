"""What printers ask of the file: boxes, marks, output intent, clean metadata; done on the small, unbound PDF.

The printing condition is part of what the book is made of, so it never comes from whatever a machine happens to hold:
only a profile given by setting is embedded (PDF/X-4); else the file names the registered condition FOGRA39 and claims no
PDF/X: PDF/X-3 wants the profile itself wherever photos are not CMYK.
See ``docs/decisions/0005-printing-condition.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from kendedes.catalogue.press.codes import CODE, drawn
from kendedes.catalogue.press.geometry import BLEED, SLUG, Sheet
from kendedes.catalogue.press.photos import SMALL, read_master
from kendedes.catalogue.press.report import PressFault

POINT = 72 / 25.4
REGISTERED = ("FOGRA39", "Coated FOGRA39 (ISO 12647-2:2004)")


@dataclass(frozen=True, slots=True)
class Label:
    """Facts about the book for its metadata."""

    title: str
    author: str
    subject: str
    language: str
    locked_at: str  # 2026-11-24T03:00:00Z
    identity: str  # hex, of what the book was made of


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part to merge: its pages from `first` on."""

    pdf: Path
    first: int = 0
    last: int | None = None


def profile_name(data: bytes) -> str:
    """The description inside an ICC profile; refuses what is no CMYK output profile."""
    if len(data) < 132 or data[36:40] != b"acsp" or data[16:20] != b"CMYK" or data[12:16] != b"prtr":
        raise PressFault("The ICC profile is not a CMYK output profile.")
    for at in range(132, 132 + 12 * int.from_bytes(data[128:132], "big"), 12):
        if data[at : at + 4] == b"desc":
            start = int.from_bytes(data[at + 4 : at + 8], "big")
            if data[start : start + 4] == b"desc":
                size = int.from_bytes(data[start + 8 : start + 12], "big")
                return data[start + 12 : start + 11 + size].decode("latin-1")
            length, offset = (int.from_bytes(data[start + p : start + p + 4], "big") for p in (20, 24))
            return data[start + offset : start + offset + length].decode("utf-16-be")
    return "CMYK"


def press(leaves: Iterable[Leaf], target: Path, *, sheet: Sheet, label: Label, profile: Path | None, bookmarks: Sequence[tuple[str, int]], front: int) -> tuple[int, str, str]:  # fmt: skip
    """Merge and finish for the printing house. Returns pages, standard, printing condition."""
    with pikepdf.new() as pdf:
        _gather(pdf, leaves)
        dressing = _Dressing(pdf, sheet)
        for page in pdf.pages:
            dressing.put_on(page.obj)
        standard, condition = _intent(pdf, profile)
        _about(pdf, label, standard)
        _labels(pdf, front)
        _outline(pdf, bookmarks)
        pages = len(pdf.pages)
        version = "1.6" if standard == "PDF/X-4" else "1.4"
        pdf.save(
            target,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            force_version=version,
            fix_metadata_version=False,
        )
    return pages, standard, condition


def _gather(pdf: pikepdf.Pdf, leaves: Iterable[Leaf]) -> None:
    """The pages of all leaves under one root. Page by page, the library would count all earlier ones each time."""
    root = pdf.Root.Pages
    for leaf in leaves:
        with pikepdf.open(leaf.pdf) as part:
            for page in list(part.pages)[leaf.first : leaf.last]:
                kid = pdf.copy_foreign(page.obj)
                kid.Parent = root
                root.Kids.append(kid)
    root.Count = len(root.Kids)


class _Dressing:
    """Boxes and marks: one drawing shared by all pages."""

    def __init__(self, pdf: pikepdf.Pdf, sheet: Sheet) -> None:
        out = BLEED + SLUG
        size = ((sheet.width + 2 * out) * POINT, (sheet.height + 2 * out) * POINT)
        self.media = _box(0, 0, *size)
        self.bleed = _box(SLUG * POINT, SLUG * POINT, size[0] - SLUG * POINT, size[1] - SLUG * POINT)
        self.trim = _box(out * POINT, out * POINT, size[0] - out * POINT, size[1] - out * POINT)
        self.expected = (sheet.width + 2 * BLEED) * POINT, (sheet.height + 2 * BLEED) * POINT
        self.open = pdf.make_stream(
            b"q 1 0 0 1 %.4f %.4f cm 0 0 %.4f %.4f re W n\n" % (SLUG * POINT, SLUG * POINT, *self.expected)
        )
        self.close = pdf.make_stream(b"\nQ /KendedesMarks Do\n")
        self.marks = self._marks(pdf, sheet, size)

    def put_on(self, page: Any) -> None:
        width, height = float(page.MediaBox[2]), float(page.MediaBox[3])
        if abs(width - self.expected[0]) > 0.05 or abs(height - self.expected[1]) > 0.05:
            raise PressFault(f"A page measures {width:.1f} by {height:.1f} points.")
        page.MediaBox, page.BleedBox, page.TrimBox = self.media, self.bleed, self.trim
        for key in ("/Annots", "/Tabs", "/StructParents", "/CropBox", "/ArtBox", "/Group"):
            if key in page:
                del page[key]
        before = list(page.Contents) if isinstance(page.Contents, Array) else [page.Contents]
        page.Contents = Array([self.open, *before, self.close])
        objects = page.Resources.get("/XObject")
        if objects is None:
            page.Resources["/XObject"] = Dictionary({"/KendedesMarks": self.marks})
        else:
            objects["/KendedesMarks"] = self.marks

    @staticmethod
    def _marks(pdf: pikepdf.Pdf, sheet: Sheet, size: tuple[float, float]) -> Any:
        every_plate = Array([
            Name.Separation, Name.All, Name.DeviceCMYK,
            Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1),
        ])  # fmt: skip
        drawing = pdf.make_stream(marks(sheet))
        drawing.Type, drawing.Subtype = Name.XObject, Name.Form
        drawing.BBox = _box(0, 0, *size)
        drawing.Resources = Dictionary(ColorSpace=Dictionary(Every=pdf.make_indirect(every_plate)))
        return drawing


def _box(*corners: float) -> Any:
    return Array([round(corner, 3) for corner in corners])


def marks(sheet: Sheet) -> bytes:
    """Crop marks from the bleed's edge outwards, register targets at the middle of each side, a strip of inks."""
    out, reach = BLEED + SLUG, 5.0
    width, height = sheet.width + 2 * out, sheet.height + 2 * out
    lines: list[tuple[float, float, float, float]] = []
    for x in (out, width - out):
        for y, step in ((SLUG, -reach), (height - SLUG, reach)):
            lines.append((x, y, x, y + step))
    for y in (out, height - out):
        for x, step in ((SLUG, -reach), (width - SLUG, reach)):
            lines.append((x, y, x + step, y))
    middle = SLUG / 2
    targets = [(width / 2, middle), (width / 2, height - middle), (middle, height / 2), (width - middle, height / 2)]
    for x, y in targets:
        lines += [(x - 3, y, x + 3, y), (x, y - 3, x, y + 3)]
    code = ["q /Every CS 1 SCN 0.25 w"]
    code += [f"{a * POINT:.3f} {b * POINT:.3f} m {c * POINT:.3f} {d * POINT:.3f} l S" for a, b, c, d in lines]
    code += [_circle(x * POINT, y * POINT, 1.6 * POINT) for x, y in targets]
    for n in range(8):
        ink = ["0"] * 4
        ink[n % 4] = "1" if n < 4 else "0.5"
        code.append(
            f"{' '.join(ink)} k {(out + 12 + n * 4.5) * POINT:.3f} {(middle - 2) * POINT:.3f} {4.5 * POINT:.3f} {4 * POINT:.3f} re f"
        )
    return "\n".join([*code, "Q"]).encode()


def _circle(x: float, y: float, r: float) -> str:
    k = r * 0.5523
    curves = ((x + r, y + k, x + k, y + r, x, y + r), (x - k, y + r, x - r, y + k, x - r, y), (x - r, y - k, x - k, y - r, x, y - r), (x + k, y - r, x + r, y - k, x + r, y))  # fmt: skip
    return f"{x + r:.3f} {y:.3f} m " + " ".join(" ".join(f"{v:.3f}" for v in c) + " c" for c in curves) + " s"


def _intent(pdf: pikepdf.Pdf, profile: Path | None) -> tuple[str, str]:
    """PDF/X-4 with the profile inside; without one, plain PDF naming a registered condition."""
    if profile is None:
        identifier, info = REGISTERED
        made = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFX, OutputConditionIdentifier=String(identifier), OutputCondition=String(info), RegistryName=String("http://www.color.org"), Info=String(info))  # fmt: skip
        pdf.Root.OutputIntents = Array([pdf.make_indirect(made)])
        return "PDF 1.4", identifier
    data = profile.read_bytes()
    name = profile_name(data)
    stream = pdf.make_stream(data)
    stream.N = 4
    made = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFX, OutputConditionIdentifier=String(_condition(name)), RegistryName=String("http://www.color.org"), Info=String(name), DestOutputProfile=stream)  # fmt: skip
    pdf.Root.OutputIntents = Array([pdf.make_indirect(made)])
    return "PDF/X-4", name


def _condition(name: str) -> str:
    return "FOGRA39" if any(word in name.lower() for word in ("fogra39", "iso coated v2", "isocoated_v2")) else "Custom"


def _about(pdf: pikepdf.Pdf, label: Label, standard: str) -> None:
    day = label.locked_at.replace("-", "").replace(":", "").replace("T", "").replace("Z", "")
    stamp = String(f"D:{day}Z")
    info = Dictionary(Title=String(label.title), Author=String(label.author), Subject=String(label.subject), Creator=String("Kendedes"), Producer=String("Typst, pikepdf"), CreationDate=stamp, ModDate=stamp, Trapped=Name("/False"))  # fmt: skip
    pdf.trailer.Info = pdf.make_indirect(info)
    packet = pdf.make_stream(_xmp(label, standard))
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = packet
    pdf.Root.Lang = String(label.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


def _xmp(label: Label, standard: str) -> bytes:
    version = f"<pdfxid:GTS_PDFXVersion>{standard}</pdfxid:GTS_PDFXVersion>" if standard == "PDF/X-4" else ""
    identity = f"uuid:{label.identity[:8]}-{label.identity[8:12]}-5{label.identity[13:16]}-8{label.identity[17:20]}-{label.identity[20:32]}"
    body = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:format>application/pdf</dc:format><dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(label.title, quote=False)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{escape(label.author, quote=False)}</rdf:li></rdf:Seq></dc:creator><dc:description><rdf:Alt><rdf:li xml:lang="x-default">{escape(label.subject, quote=False)}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{label.language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>Kendedes</xmp:CreatorTool><xmp:CreateDate>{label.locked_at}</xmp:CreateDate><xmp:ModifyDate>{label.locked_at}</xmp:ModifyDate><xmp:MetadataDate>{label.locked_at}</xmp:MetadataDate>
<pdf:Producer>Typst, pikepdf</pdf:Producer><pdf:Trapped>False</pdf:Trapped>{version}
<xmpMM:DocumentID>{identity}</xmpMM:DocumentID><xmpMM:RenditionClass>default</xmpMM:RenditionClass><xmpMM:VersionID>1</xmpMM:VersionID>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
    return body.encode()


def _labels(pdf: pikepdf.Pdf, front: int) -> None:
    """Roman numbers in the front, arabic from the first chapter on."""
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.r), front, Dictionary(S=Name.D)]))


def _outline(pdf: pikepdf.Pdf, bookmarks: Sequence[tuple[str, int]]) -> None:
    with pdf.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(title, page) for title, page in bookmarks)


def screen(source: Path, target: Path, *, front: int, thumbs: Path) -> int:
    """The tagged file for the screen: codes and thumbnails in place of their stand-ins, page labels, compact. Returns pages."""
    with pikepdf.open(source) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == Name.Image and int(thing.Width) == 8:
                _fill(thing, thumbs)
            elif isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == Name.Link:
                _speak(thing)
        _labels(pdf, front)
        pages = len(pdf.pages)
        pdf.save(
            target,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            fix_metadata_version=False,
        )
    return pages


def _speak(link: Any) -> None:
    """A link around a picture is read out as the picture: some readers look for words on the link itself."""
    kids = link.get("/K")
    for kid in kids if isinstance(kids, Array) else [kids]:
        if (
            isinstance(kid, pikepdf.Dictionary)
            and kid.get("/S") == Name.Figure
            and "/Alt" in kid
            and "/Alt" not in link
        ):
            link.Alt = String(str(kid.Alt))


def _fill(stand_in: Any, thumbs: Path) -> None:
    """What the stand-in stands for: a thumbnail as it is, or the modules of a code."""
    raw = stand_in.read_raw_bytes()
    note = raw[6 : 4 + int.from_bytes(raw[4:6], "big")]  # the comment right after the first two bytes
    if note.startswith(SMALL):
        small = read_master(thumbs / f"{note.removeprefix(SMALL).decode()}.jpg")
        stand_in.write(small.path.read_bytes(), filter=Name.DCTDecode)
        stand_in.Width, stand_in.Height = small.width, small.height
    elif note.startswith(CODE):
        columns, rows, bits = drawn(note.removeprefix(CODE))
        stand_in.write(bits)
        stand_in.Width, stand_in.Height = columns, rows
        stand_in.BitsPerComponent, stand_in.ColorSpace = 1, Name.DeviceGray
