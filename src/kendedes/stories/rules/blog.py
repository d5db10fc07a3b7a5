"""Reading what Blogger exports: both dialects, broken files too.

``classic``: Atom with kinds as categories. ``takeout``: ``feed.atom`` with ``blogger:type``. A file that breaks off
or holds letters XML does not know is read as far as it goes, and ``Blog.broken`` says where it ended. Nothing is
fetched. Comments are counted, not taken: they hold the names of people who were not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.parser import HTMLParser
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

ATOM = "{http://www.w3.org/2005/Atom}"
BLOGGER = "{http://schemas.google.com/blogger/2018}"
APP = ("{http://purl.org/atom/app#}", "{http://www.w3.org/2007/app}")
KIND = "http://schemas.google.com/g/2005#kind"
MOST_BYTES = 32 * 1024 * 1024
MOST_POSTS = 5_000
LONGEST = 40_000
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BARE = re.compile(r"&(?!#\d{1,7};|#x[0-9a-fA-F]{1,6};|(?:amp|lt|gt|quot|apos);)")
_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True)
class Post:
    """One post or page. ``text`` in the markup of stories; ``pictures``: how many it showed (they do not travel)."""

    old_id: str
    kind: str
    title: str
    text: str
    tags: tuple[str, ...]
    author: str
    published: datetime | None
    draft: bool
    address: str
    pictures: int
    cut: bool = False


@dataclass
class Blog:
    """What a file held. ``broken``: in words of the parser where reading ended, or empty."""

    title: str = ""
    posts: list[Post] = field(default_factory=list)
    comments: int = 0
    other: int = 0
    broken: str = ""


class NotABlog(ValueError):  # noqa: N818 - what the file is
    """The file holds no Atom feed."""


def read(data: bytes) -> Blog:
    """Everything readable in an export. Raises NotABlog."""
    text = _ILLEGAL.sub("", _decoded(data))
    if _DOCTYPE.search(text[:2000]) or "<feed" not in text[:4000]:
        raise NotABlog
    blog = Blog()
    parser: XMLPullParser[Element] = XMLPullParser(("end",))
    try:
        for piece in _pieces(_BARE.sub("&amp;", text)):
            parser.feed(piece)
            _take(parser, blog)
        parser.close()
        _take(parser, blog)
    except ParseError as error:
        _take(parser, blog, quietly=True)
        blog.broken = str(error)
    return blog


def _decoded(data: bytes) -> str:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace") if b"windows-1252" in data[:200] else data.decode("utf-8", "replace")


def _pieces(text: str, size: int = 1 << 16) -> Iterator[str]:
    for start in range(0, len(text), size):
        yield text[start : start + size]


def _take(parser: XMLPullParser[Element], blog: Blog, *, quietly: bool = False) -> None:
    """Entries that ended by now; each is thrown away after it was read."""
    try:
        for event in parser.read_events():
            element = event[-1]
            if not isinstance(element, Element):
                continue
            if element.tag == f"{ATOM}entry":
                _entry(element, blog)
                element.clear()
            elif element.tag == f"{ATOM}title" and not blog.title:
                blog.title = (element.text or "").strip()[:160]
    except ParseError:
        if not quietly:
            raise


def _entry(entry: Element, blog: Blog) -> None:
    kind = _kind(entry)
    if kind == "comment":
        blog.comments += 1
    elif kind not in {"post", "page"} or len(blog.posts) >= MOST_POSTS:
        blog.other += 1
    else:
        blog.posts.append(_post(entry, kind))


def _said(entry: Element, name: str) -> str:
    found = entry.find(name)
    return (found.text or "").strip() if found is not None else ""


def _kind(entry: Element) -> str:
    """``post``, ``page``, ``comment`` or something else (a template, a setting)."""
    if said := _said(entry, f"{BLOGGER}type"):
        return said.lower()
    for category in entry.findall(f"{ATOM}category"):
        if category.get("scheme") == KIND:
            return (category.get("term") or "").rpartition("#")[2]
    return ""


def _post(entry: Element, kind: str) -> Post:
    body = as_markup(_said(entry, f"{ATOM}content"))
    labels = [
        (category.get("term") or "").strip()[:40]
        for category in entry.findall(f"{ATOM}category")
        if category.get("scheme") != KIND
    ]
    draft = _said(entry, f"{BLOGGER}status").upper() in {"DRAFT", "SCHEDULED"} or any(
        _said(control, f"{app}draft").lower() == "yes" for app in APP for control in entry.findall(f"{app}control")
    )
    author = entry.find(f"{ATOM}author")
    return Post(
        old_id=(_said(entry, f"{ATOM}id") or _said(entry, f"{ATOM}title"))[:120],
        kind=kind,
        title=" ".join(_said(entry, f"{ATOM}title").split())[:160],
        text=body.text[:LONGEST],
        tags=tuple(dict.fromkeys(label for label in labels if label))[:12],
        author=(_said(author, f"{ATOM}name") if author is not None else "")[:80],
        published=_when(_said(entry, f"{ATOM}published")),
        draft=draft,
        address=_address(entry),
        pictures=body.pictures,
        cut=len(body.text) > LONGEST,
    )  # fmt: skip


def _when(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _address(entry: Element) -> str:
    """Where the post stands; the newer dialect may only know its path, and then nothing is claimed."""
    for link in entry.findall(f"{ATOM}link"):
        href = link.get("href") or ""
        if link.get("rel", "alternate") == "alternate" and urlsplit(href).scheme in {"http", "https"}:
            return href[:300]
    return ""


@dataclass(frozen=True)
class Markup:
    """A text and how many pictures were left behind."""

    text: str
    pictures: int


_SILENT = {"script", "style", "head", "title", "iframe", "object", "noscript", "svg", "template"}
_BREAKS = {"p", "div", "section", "article", "table", "tr", "center", "ul", "ol", "blockquote", "pre", "figure"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_SPACES = {"br": "  \n", "td": " ", "th": " "}
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "strike": "~~", "del": "~~"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>~|])")


class _Tags(HTMLParser):
    """HTML however broken, as markup: what cannot be said in it becomes plain words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent: list[str] = []
        self.lists: list[int] = []
        self.links: list[tuple[int, str]] = []
        self.pictures = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent.append(tag)
        elif tag == "img":
            self.pictures += 1
        elif tag == "li":
            self._item()
        elif tag == "a":
            self.links.append((len(self.parts), dict(attrs).get("href") or ""))
        elif tag in _MARKS:
            self.parts.append(f"\0{_MARKS[tag]}")
        elif tag in _HEADINGS:
            self.parts.append(f"\n\n{'#' * min(max(int(tag[1]), 2), 4)} ")
        elif tag in _BREAKS:
            self.parts.append("\n\n> " if tag == "blockquote" else "\n\n")
        elif tag in _SPACES:
            self.parts.append(_SPACES[tag])
        if tag in {"ul", "ol"}:
            self.lists.append(1 if tag == "ol" else 0)

    def _item(self) -> None:
        """The mark of a list's next line."""
        number = self.lists[-1] if self.lists else 0
        self.parts.append(f"\n{number}. " if number else "\n- ")
        if number:
            self.lists[-1] += 1

    def handle_endtag(self, tag: str) -> None:
        if self.silent:
            if tag == self.silent[-1]:
                self.silent.pop()
            return
        if tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
        if tag == "a" and self.links:
            start, address = self.links.pop()
            words = "".join(self.parts[start:]).replace("\0", "").strip()
            if words and urlsplit(address).scheme in {"http", "https", "mailto", "tel"}:
                self.parts[start:] = [f"[{' '.join(words.split())}]({address.replace(' ', '%20').replace(')', '%29')})"]
        elif tag in _MARKS:
            self.parts.append(f"\1{_MARKS[tag]}")
        elif tag in _BREAKS or tag in _HEADINGS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(_SPECIAL.sub(r"\\\1", re.sub(r"\s+", " ", data)))


_MARKED = re.compile("\0(\\*\\*|\\*|~~)([^\0\1]*)\1\\1")


def as_markup(html: str) -> Markup:
    """HTML of a post as the markup of stories. Unknown or broken tags leave their words."""
    reader = _Tags()
    try:
        reader.feed(html)
        reader.close()
    except (AssertionError, ValueError):  # a declaration the parser gives up on: what came before it stays
        pass
    text = "".join(reader.parts).replace("\u00a0", " ")
    for _round in range(4):  # marks inside marks, innermost first
        text, found = _MARKED.subn(lambda m: _marked(m[1], m[2]), text)
        if not found:
            break
    text = re.sub("[\0\1](?:\\*\\*|\\*|~~)", "", text)
    lines = [line.rstrip() if not line.endswith("  ") or not line.strip() else line for line in text.split("\n")]
    lines = [re.sub(r"^ (?=\S)", "", line) for line in lines]
    return Markup(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), reader.pictures)


def _marked(mark: str, words: str) -> str:
    """Marks hug their words, or are none."""
    inner = words.strip()
    if not inner or "\n\n" in inner:
        return words
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    return f"{before}{mark}{inner}{mark}{after}"
