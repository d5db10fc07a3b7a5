"""The door of the press: document in, book out."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import pikepdf

from kendedes.catalogue.press import finish, maps, preflight
from kendedes.catalogue.press.bind import bind
from kendedes.catalogue.press.book import Book, Chapter, back, front, opener, plan
from kendedes.catalogue.press.book import sections as titles_of_back
from kendedes.catalogue.press.codes import code_note
from kendedes.catalogue.press.entries import Json, said
from kendedes.catalogue.press.geometry import SHEETS, for_typst
from kendedes.catalogue.press.kept import Plans
from kendedes.catalogue.press.options import Options
from kendedes.catalogue.press.photos import (
    Master,
    photo_note,
    proxy,
    read_master,
    small_note,
    thumbnail_pixels,
    thumbnails,
)
from kendedes.catalogue.press.report import PressFault, PressRefused, Report
from kendedes.catalogue.press.setting import Made, Part, Shop
from kendedes.catalogue.press.text import keep_breaks, line, recall_breaks

SCHEMA = "kendedes/edition/1"
PROXY, THUMB = "master:", "thumb:"  # begin the names of stand-ins in a part's pack


class Progress(Protocol):
    """Told of every step: so much of so much, and what is being done (setting, thumbnails, finish, bind, done)."""

    def __call__(self, done: int, total: int, step: str) -> None: ...


@dataclass(slots=True)
class _Run:
    """One printing under way."""

    book: Book
    identity: str
    shop: Shop
    photo: Callable[[str], Path]
    progress: Progress | None
    total: int
    done: int = 0
    masters: dict[str, Master] = field(default_factory=dict)
    made: list[Made] = field(default_factory=list)

    @property
    def options(self) -> Options:
        return self.book.options

    def step(self, what: str) -> None:
        self.done += 1
        if self.progress:
            self.progress(min(self.done, self.total), self.total, what)

    def set(self, parts: list[Part]) -> list[Made]:
        made = self.shop.compose(parts, self.step)
        self.made += made
        return made

    def master(self, sha256: str) -> Master:
        if sha256 not in self.masters:
            self.masters[sha256] = read_master(self.photo(sha256))
        return self.masters[sha256]


class _File(NamedTuple):
    """The finished draft; `blank`: pages added to it."""

    pages: int
    standard: str
    condition: str
    blank: int
    sha256: str
    size: int


def build(document: dict[str, Any], *, photo: Callable[[str], Path], options: Options, out: Path, work: Path, progress: Progress | None = None) -> Report:  # fmt: skip
    """Print `document` (see ``schema/edition-1.json``) to `out`.

    `photo` finds the JPEG master of a SHA-256. `work` keeps finished chapters, so that a broken or repeated printing
    sets only what is new; it may be shared by printings and be deleted at any time. The file appears whole under
    `out`. `progress` is called from several threads; what it raises ends the printing.

    Raises:
        PressRefused: the document or a photo cannot be printed.
        PressFault: the press broke its own promise.
    """
    if document.get("schema") != SCHEMA:
        raise PressRefused("Dokumen edisi ini tidak dikenal.")
    if not any(chapter["entries"] for chapter in document["chapters"]):
        raise PressRefused("Edisi ini belum berisi produk.")
    recalled = recall_breaks(work, options.hyphens)
    plans = Plans(work)
    book = plan(document, options, plans.views)
    press = options.target == "press"
    profile = options.profile if press else None
    standards = [("1.6" if profile else "1.4")] if press else ["ua-1"]
    shop = Shop(work, options.fonts, tagged=not press, standards=standards, processes=options.processes)
    identity = plans.identity(document, options.paper, options.layout, options.language)
    run = _Run(book, identity, shop, photo, progress, total=len(book.chapters) + 5 if press else 4)
    _pictures(run)
    with _whole_file(out) as draft:
        file = _press(run, draft, profile) if press else _screen(run, draft)
    keep_breaks(work, options.hyphens, recalled)
    run.done = run.total - 1
    run.step("done")
    notes = [note for made in run.made for note in made.notes if isinstance(note, dict) and "kept" in note]
    findings = preflight.of_entries(book, run.masters)
    findings += preflight.of_book(
        book,
        notes,
        blank=file.blank,
        pages=file.pages,
        named_condition=file.condition if press and not profile else "",
        ink=preflight.ink_of_pages() if press else 0,
    )
    chapters = [made for made in run.made if made.name.startswith("chapter")]
    return Report(
        path=out, sha256=file.sha256, bytes=file.size, pages=file.pages, paper=options.paper.value, layout=options.layout, target=options.target, standard=file.standard, condition=file.condition,
        products=len(book.views), photos=len(run.masters), chapters_set=sum(not m.reused for m in chapters), chapters_reused=sum(m.reused for m in chapters),
        findings=preflight.ordered(findings),
    )  # fmt: skip


def _pictures(run: _Run) -> None:
    """Give every view its photo, by the pixels the master really has."""
    for view in run.book.views:
        photos = view["source"]["photos"]
        view["photo"] = _placed(run, photos[0], view["name"], view["box"]) if photos else None
        view["qrfile"] = f"code:{view['qr']}" if view["qr"] else ""


def _placed(run: _Run, shot: Json, name: str, box: list[float]) -> Json:
    master = run.master(shot["sha256"])
    alt = line(said(shot["alt"], run.options.language)) or run.book.words["photo_of"].replace("{name}", name)
    file = PROXY + shot["sha256"]
    if run.options.target == "screen":
        scale = max(box[0] / master.width, box[1] / master.height)
        file = f"{THUMB}{shot['sha256']}-{thumbnail_pixels(scale * max(master.width, master.height))}"
    return {
        "file": file,
        "w": master.width,
        "h": master.height,
        "fx": shot["focus"][0] / 1000,
        "fy": shot["focus"][1] / 1000,
        "alt": alt,
    }


def _supplies(views: list[Json], cover: Json | None = None) -> Callable[[], dict[str, bytes]]:
    """What makes the stand-ins of `views` when their part must be set."""

    def make() -> dict[str, bytes]:
        made = {view["qrfile"]: proxy(code_note(view["qr"])) for view in views if view["qrfile"]}
        for shot in [view["photo"] for view in views if view["photo"]] + ([cover] if cover else []):
            kind, name = shot["file"].split(":")
            made[shot["file"]] = proxy(photo_note(name) if f"{kind}:" == PROXY else small_note(name))
        return made

    return make


def _common(run: _Run) -> Json:
    """What every part is told."""
    edition = run.book.document["edition"]
    stamp = edition["locked_at"]
    return {
        "target": run.options.target, "language": run.options.language, "words": run.book.words, **for_typst(run.options),
        "title": line(said(edition["title"], run.options.language)), "author": line(run.book.document["association"]["name"]),
        "date": [int(stamp[a:b]) for a, b in ((0, 4), (5, 7), (8, 10), (11, 13), (14, 16), (17, 19))], "region": line(run.book.document["association"]["region"]["name"]),
    }  # fmt: skip


def _map(run: _Run, *, counted: bool) -> Json | None:
    """The regency's map; in a chapter it knows only who takes part, so that other chapters' products change nothing."""
    document = run.book.document
    present = {c.source["district"]["code"]: len(c.views) if counted else 1 for c in run.book.chapters}
    missing = {unit["district"]["code"] for unit in document["missing_units"]}
    made = maps.districts_map(document["association"]["region"]["code"], present, missing, run.options.boundaries)
    names = {u["district"]["code"]: line(u["district"]["name"]) for u in document["missing_units"]}
    names |= {c.source["district"]["code"]: line(c.source["district"]["name"]) for c in run.book.chapters}
    maps.name_shapes(made, names)
    return made


def _chapter_data(run: _Run, chapter: Chapter, position: int, district_map: Json | None, title: str) -> Json:
    book = run.book
    return {
        "part": "chapter", "start": chapter.start, "opener": opener(chapter, book, position), "map": district_map,
        "pages": [{"kind": page["kind"], "views": [{k: v for k, v in view.items() if k not in ("source", "page", "box")} for view in page["views"]]} for page in chapter.pages],
        "left_head": f"{book.words['district']} {line(chapter.source['district']['name'])}", "right_head": title,
        "tab": {"at": position / max(1, len(book.chapters) - 1), "mark": line(chapter.source["unit"]["code"])},
    }  # fmt: skip


def _cover(run: _Run) -> Json | None:
    shot = run.book.document["cover"]["photo"]
    sheet = SHEETS[run.options.paper]
    return _placed(run, shot, run.book.words["alt_cover"], [sheet.width + 6, sheet.height * 0.6]) if shot else None


def _press(run: _Run, draft: Path, profile: Path | None) -> _File:
    book, common = run.book, _common(run)
    district_map = _map(run, counted=False)
    parts = [
        Part(f"chapter {chapter.start}", {**common, **_chapter_data(run, chapter, n, district_map, common["title"])}, len(chapter.views), _supplies(chapter.views))
        for n, chapter in enumerate(book.chapters)
    ]  # fmt: skip
    back_part = Part("back", {**common, "part": "back", "back": back(book)}, len(book.views) // 8)
    *chapters, rear = run.set([*parts, back_part])
    for chapter, made in zip(book.chapters, chapters, strict=True):
        if _pages(made) != chapter.end - chapter.start + 1:
            raise PressFault(f"{made.name} has {_pages(made)} pages instead of {chapter.end - chapter.start + 1}.")
    blank_first = 1 - book.back_start % 2
    found = sorted((note for note in rear.notes if "section" in note), key=lambda note: note["section"])
    titles = titles_of_back(book)
    back_pages = [
        {"title": t, "page": n["page"] - blank_first + book.back_start - 1} for t, n in zip(titles, found, strict=True)
    ]
    cover, data = _cover(run), front(book, back_pages)
    (fore,) = run.set(
        [
            Part(
                "front",
                {**common, "part": "front", "front": data, "cover": cover, "map": _map(run, counted=True)},
                0,
                _supplies([], cover),
            )
        ]
    )
    plate = _pages(fore) % 2
    front_pages = _pages(fore) + plate
    body = book.back_start - 1 + _pages(rear) - blank_first
    notes = -(front_pages + body + 2) % 4
    (end,) = run.set(
        [Part("end", {**common, "part": "end", "plate": bool(plate), "notes": notes, "start": body + 1, "front": data})]
    )
    run.step("finish")
    leaves = [finish.Leaf(fore.pdf), *([finish.Leaf(end.pdf, 0, 1)] if plate else []), *(finish.Leaf(m.pdf) for m in chapters), finish.Leaf(rear.pdf, blank_first), finish.Leaf(end.pdf, plate)]  # fmt: skip
    bookmarks = [(line(c.source["district"]["name"]), front_pages + c.start - 1) for c in book.chapters] + [
        (b["title"], front_pages + b["page"] - 1) for b in back_pages
    ]
    small = draft.with_name(draft.name + ".small")
    try:
        pages, standard, condition = finish.press(
            leaves,
            small,
            sheet=SHEETS[run.options.paper],
            label=_label(run),
            profile=profile,
            bookmarks=bookmarks,
            front=front_pages,
        )
        run.step("bind")
        bound = bind(small, draft, run.master)
    finally:
        small.unlink(missing_ok=True)
    return _File(pages, standard, condition, notes + plate, bound.sha256, bound.size)


def _screen(run: _Run, draft: Path) -> _File:
    book, common = run.book, _common(run)
    district_map = _map(run, counted=False)
    cover = _cover(run)
    run.step("thumbnails")
    shots = {view["photo"]["file"]: view["source"]["photos"][0]["sha256"] for view in book.views if view["photo"]}
    if cover:
        shots[cover["file"]] = book.document["cover"]["photo"]["sha256"]
    small = run.shop.work / "thumbs"
    thumbnails(
        (run.masters[sha].path, small / f"{file.removeprefix(THUMB)}.jpg", int(file.split("-")[1]))
        for file, sha in shots.items()
    )
    titles = titles_of_back(book)
    data = {
        **common, "part": "whole", "front": front(book, [{"title": title, "page": 0} for title in titles]), "cover": cover, "map": _map(run, counted=True),
        "chapters": [{**_chapter_data(run, chapter, n, district_map, common["title"]), "region": common["region"]} for n, chapter in enumerate(book.chapters)], "back": back(book),
    }  # fmt: skip
    (made,) = run.set([Part("whole", data, len(book.views), _supplies(book.views, cover))])
    run.step("finish")
    pages = _pages(made)
    first = next(note["page"] for note in made.notes if "section" in note) - book.back_start
    if first < 0:
        raise PressFault("The chapters of the screen version have too few pages.")
    finish.screen(made.pdf, draft, front=first, thumbs=small)
    return _File(pages, "PDF/UA-1", "", 0, *_digest(draft))


def _label(run: _Run) -> finish.Label:
    document, language = run.book.document, run.options.language
    edition = document["edition"]
    subject = f"{run.book.words['edition']} {edition['period']} · {document['association']['region']['name']} · {run.options.paper}"
    return finish.Label(
        line(said(edition["title"], language)),
        line(document["association"]["name"]),
        line(subject),
        language,
        edition["locked_at"],
        run.identity,
    )


def _pages(made: Made) -> int:
    with pikepdf.open(made.pdf) as pdf:
        return len(pdf.pages)


def _digest(path: Path) -> tuple[str, int]:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size


@contextmanager
def _whole_file(out: Path) -> Iterator[Path]:
    """A draft beside `out` that takes its place only when all went well."""
    out.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
        draft.chmod(0o644)
        draft.replace(out)
    finally:
        draft.unlink(missing_ok=True)
