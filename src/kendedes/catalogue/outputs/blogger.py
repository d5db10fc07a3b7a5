"""Import files for Blogger (Settings › Manage blog › Import content), from one edition or one product of it.

Two dialects: ``TAKEOUT`` is what Blogger's own backup and Google Takeout write today (namespace
``blogger/2018``); ``CLASSIC`` the Atom of earlier exports. Posts are drafts unless asked otherwise. Pictures do not
travel in either. Numbers of blog and posts are derived from the addresses, so the same edition gives the same file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from kendedes.catalogue.outputs.html import chapter_html, edition_html, product_html
from kendedes.catalogue.outputs.words import said, words
from kendedes.catalogue.rules import Document, Entry

ATOM = "http://www.w3.org/2005/Atom"
BLOGGER_2018 = "http://schemas.google.com/blogger/2018"
APP = "http://purl.org/atom/app#"
KIND = "http://schemas.google.com/g/2005#kind"
POST = "http://schemas.google.com/blogger/2008/kind#post"
LABELS = "http://www.blogger.com/atom/ns#"
# Blogger refuses posts whose labels together are longer.
LABELS_LENGTH = 200
# What XML 1.0 has no place for.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Dialect(StrEnum):
    """How the file is written."""

    TAKEOUT = "takeout"
    CLASSIC = "classic"


@dataclass(frozen=True)
class Post:
    """One post. ``key`` gives its number, ``slug`` its file name."""

    key: str
    slug: str
    title: str
    html: str
    summary: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Blog:
    """Whose posts; ``at`` in UTC."""

    number: int
    title: str
    author: str
    site: str
    at: datetime
    live: bool


def blogger(
    document: Document, *, dialect: Dialect = Dialect.TAKEOUT, language: str = "id", live: bool = False, code: str = "",
    posts: str = "", errata: Sequence[Mapping[str, Any]] = (),
) -> bytes:  # fmt: skip
    """The import file.

    ``code``: only that product; else one post about the edition and, by ``posts``, one for each of its ``products``
    or ``chapters`` (default: products for a unit edition, chapters for the regency's). ``live``: published at once.
    Raises KeyError for a code that is not in the document.
    """
    edition, association = document["edition"], document["association"]
    blog = Blog(
        number=_number("blog", association["slug"]),
        title=said(edition["title"], language),
        author=association["name"],
        site=association["site"],
        at=datetime.strptime(edition["locked_at"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC),
        live=live,
    )
    found = _product_posts(document, language, code) if code else _edition_posts(document, language, posts, errata)
    return feed(blog, found, dialect)


def feed(blog: Blog, posts: Sequence[Post], dialect: Dialect = Dialect.TAKEOUT) -> bytes:
    """The import file of any posts."""
    write = _takeout if dialect is Dialect.TAKEOUT else _classic
    return write(blog, posts).encode()


def _number(*parts: str) -> int:
    """A number of 18 digits at most that stays the same for the same parts."""
    return int(hashlib.sha256("/".join(parts).encode()).hexdigest()[:14], 16)


def _edition_posts(
    document: Document, language: str, posts: str, errata: Sequence[Mapping[str, Any]]
) -> list[Post]:  # fmt: skip
    edition = document["edition"]
    by_chapter = posts == "chapters" or (not posts and edition["level"] == "regency")
    said_here = words(language)
    title = f"{said(edition['title'], language)} {edition['period']}"
    label = f"{said_here['catalogue']} {edition['year']}"
    first = Post(
        edition["slug"], edition["slug"], title, edition_html(document, language, errata), title, (label,)
    )  # fmt: skip
    if not by_chapter:
        return [first, *_product_posts(document, language)]
    chapters = [
        Post(
            f"{edition['slug']}/{chapter['edition']}",
            chapter["edition"],
            f"{said_here['district_label']} {chapter['district']['name']}",
            f"<!-- {said_here['no_pictures']} -->\n{chapter_html(chapter, language)}",
            said(chapter["opening"], language)[:150],
            (label, f"{said_here['district_label']} {chapter['district']['name']}"),
        )
        for chapter in document["chapters"]
    ]
    return [first, *chapters]


def _product_posts(document: Document, language: str, code: str = "") -> list[Post]:
    edition = document["edition"]
    pairs = [(c, e) for c in document["chapters"] for e in c["entries"] if not code or e["code"] == code]
    if code and not pairs:
        raise KeyError(code)
    return [_product(entry, chapter, edition, language) for chapter, entry in pairs]


def _product(entry: Entry, chapter: Mapping[str, Any], edition: Mapping[str, Any], language: str) -> Post:
    said_here = words(language)
    wanted = [
        entry["category"]["id" if language == "id" else "en"],
        f"{said_here['district_label']} {chapter['district']['name']}",
        f"{said_here['catalogue']} {edition['year']}",
    ]
    if entry["stars"]:
        wanted.append(f"{said_here['star_label']} {entry['stars']['stars']}")
    story = " ".join(said(entry["story"], language).split())
    return Post(
        key=f"{edition['slug']}/{entry['code']}",
        slug=entry["slug"],
        title=said(entry["name"], language),
        html=product_html(entry, language),
        summary=story[:150],
        labels=tuple(wanted),
    )


def _clean(text: str) -> str:
    return _ILLEGAL.sub("", text)


def _text(text: str) -> str:
    return escape(_clean(text))


def _attribute(text: str) -> str:
    return quoteattr(_clean(text))


def _labels(post: Post) -> list[str]:
    """Labels without commas (they part labels), as many as Blogger takes."""
    kept: list[str] = []
    for label in dict.fromkeys(" ".join(part.replace(",", " ").split()) for part in post.labels):
        if label and len(", ".join([*kept, label])) <= LABELS_LENGTH:
            kept.append(label)
    return kept


def _when(at: datetime, position: int) -> str:
    """Posts get moments a second apart, the first the newest, so that the blog keeps the book's order."""
    return (at - timedelta(seconds=position)).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _takeout(blog: Blog, posts: Sequence[Post]) -> str:
    tag = f"tag:blogger.com,1999:blog-{blog.number}"
    lines = [
        "<?xml version='1.0' encoding='utf-8'?>",
        f"<feed xmlns='{ATOM}' xmlns:blogger='{BLOGGER_2018}'>",
        f"  <id>{tag}</id>",
        f"  <title>{_text(blog.title)}</title>",
        f"  <updated>{_when(blog.at, 0)}</updated>",
        f"  <author><name>{_text(blog.author)}</name></author>",
    ]
    for position, post in enumerate(posts):
        at = _when(blog.at, position)
        lines += [
            "  <entry>",
            f"    <id>{tag}.post-{_number('post', post.key)}</id>",
            "    <blogger:type>POST</blogger:type>",
            f"    <blogger:status>{'LIVE' if blog.live else 'DRAFT'}</blogger:status>",
            "    <author>",
            f"      <name>{_text(blog.author)}</name>",
            "      <uri/>",
            "      <blogger:type>BLOGGER</blogger:type>",
            "    </author>",
            f"    <title>{_text(post.title)}</title>",
            f"    <content type='html'>{_text(post.html)}</content>",
            f"    <blogger:metaDescription>{_text(post.summary)}</blogger:metaDescription>",
            f"    <blogger:created>{at}</blogger:created>",
            f"    <published>{at}</published>",
            f"    <updated>{at}</updated>",
            "    <blogger:location/>",
            *(f"    <category scheme='{tag}' term={_attribute(label)}/>" for label in _labels(post)),
            f"    <blogger:filename>/{blog.at:%Y/%m}/{_text(post.slug)}.html</blogger:filename>",
            "    <link/>",
            "    <enclosure/>",
            "    <blogger:trashed/>",
            "  </entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])


def _classic(blog: Blog, posts: Sequence[Post]) -> str:
    tag = f"tag:blogger.com,1999:blog-{blog.number}"
    lines = [
        "<?xml version='1.0' encoding='UTF-8'?>",
        f"<feed xmlns='{ATOM}' xmlns:app='{APP}'>",
        f"  <id>{tag}.archive</id>",
        f"  <updated>{_when(blog.at, 0)}</updated>",
        f"  <title type='text'>{_text(blog.title)}</title>",
        f"  <author><name>{_text(blog.author)}</name></author>",
        "  <generator version='7.00' uri='https://www.blogger.com'>Blogger</generator>",
    ]
    for position, post in enumerate(posts):
        at = _when(blog.at, position)
        lines += [
            "  <entry>",
            f"    <id>{tag}.post-{_number('post', post.key)}</id>",
            f"    <published>{at}</published>",
            f"    <updated>{at}</updated>",
            *([] if blog.live else ["    <app:control><app:draft>yes</app:draft></app:control>"]),
            f"    <category scheme='{KIND}' term='{POST}'/>",
            *(f"    <category scheme='{LABELS}' term={_attribute(label)}/>" for label in _labels(post)),
            f"    <title type='text'>{_text(post.title)}</title>",
            f"    <content type='html'>{_text(post.html)}</content>",
            f"    <author><name>{_text(blog.author)}</name></author>",
            "  </entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])
