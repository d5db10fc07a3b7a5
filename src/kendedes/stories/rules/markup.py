"""The text of a story: a small part of Markdown, read into HTML or into blocks for paper.

``**bold** *italic* ~~gone~~ [words](address)``, ``## heading``, lists, ``> quote``, tables, ``---``, and
``![words](foto:2)`` for the second photo of the story. HTML in the text is shown as the letters it is made of;
addresses other than http, https, mailto, tel and paths of the site lead nowhere. Parsed by markdown-it-py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

_ADDRESS = re.compile(r"(?:https?://[^\s/]|mailto:|tel:|/(?!/)|#)", re.IGNORECASE)
_PHOTO = re.compile(r"foto:(\d{1,2})\Z")


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    reader.validateLink = lambda url: bool(_ADDRESS.match(url) or _PHOTO.match(url))  # type: ignore[method-assign]
    return reader


class _Html(RendererHTML):
    """Headings start below the page's own; pictures are those of the story; links leave without a trace."""

    def image(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
        number = photo_number(tokens[at])
        return f"{env['photos'].get(number, '')}" if number else ""

    def link_open(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
        address = str(tokens[at].attrs.get("href", ""))
        rel = ' rel="nofollow noopener"' if address.lower().startswith("http") else ""
        return f'<a href="{escape(address)}"{rel}>'

    def heading_open(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
        return f"<h{_level(tokens[at])}>"

    def heading_close(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
        return f"</h{_level(tokens[at])}>\n"

    def table_open(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
        return '<div class="table-wrap"><table class="table compact plain">'

    def table_close(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
        return "</table></div>\n"

    def th_open(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
        return "<th>"  # alignment would be an inline style

    def td_open(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
        return "<td>"


def _level(token: Token) -> int:
    return min(max(int(token.tag[1:]), 2), 4)


def photo_number(token: Token) -> int:
    """The number of the story's photo an image names, else 0."""
    found = _PHOTO.match(str(token.attrs.get("src", "")))
    return int(found[1]) if found else 0


def html(text: str, photos: Mapping[int, str] | None = None) -> str:
    """Safe HTML. ``photos``: by number, HTML that stands where the text names the photo; others vanish."""
    reader = _reader()
    renderer = _Html()
    tokens = reader.parse(text.replace("\r\n", "\n"))
    return str(renderer.render(tokens, reader.options, {"photos": photos or {}}))


def named_photos(text: str) -> set[int]:
    """Numbers of the photos a text shows."""
    inner = (child for token in _reader().parse(text) for child in token.children or [] if child.type == "image")
    return {number for token in inner if (number := photo_number(token))}


def plain(text: str) -> str:
    """The words alone, a line a paragraph."""
    lines = []
    for block in blocks(text):
        said = "".join(run["text"] for run in block["runs"]).strip()
        if said:
            lines.append(f"• {said}" if block["kind"] == "item" else said)
    return "\n".join(lines)


def opening(text: str, most: int = 200) -> str:
    """The first words of a text, cut between words."""
    words = " ".join(plain(text).split())
    if len(words) <= most:
        return words
    head = words[: most - 1]
    return (head if words[most - 1] == " " else head.rsplit(" ", 1)[0]).rstrip(",.;: ") + "…"


@dataclass
class _Walk:
    """Where in the blocks of a text we are."""

    found: list[dict[str, Any]] = field(default_factory=list)
    bold: int = 0
    italic: int = 0
    gone: int = 0
    link: str = ""
    lists: list[int] = field(default_factory=list)
    quotes: int = 0

    def step(self, token: Token) -> None:
        """The next token of the text."""
        name = token.type
        if name in {"bullet_list_open", "ordered_list_open"}:
            self.lists.append(-1 if name == "bullet_list_open" else int(token.attrs.get("start", 1)))
        elif name in {"bullet_list_close", "ordered_list_close"}:
            self.lists.pop()
        elif name in {"blockquote_open", "blockquote_close"}:
            self.quotes += 1 if name == "blockquote_open" else -1
        elif name == "inline":
            _inline(self, token.children or [])
        else:
            self.start(token)

    def start(self, token: Token) -> None:
        """A block begins, if one does."""
        match token.type:
            case "heading_open":
                self.block("heading", level=_level(token))
            case "list_item_open":
                number = self.lists[-1]
                self.block("item", mark="•" if number < 0 else f"{number}.", depth=len(self.lists))
                self.lists[-1] += 1 if number >= 0 else 0
            case "paragraph_open" if not self.lists:
                self.block("quote" if self.quotes else "text")
            case "th_open" | "td_open":
                self.block("text")
            case "hr":
                self.block("rule")
            case "fence" | "code_block":
                self.block("text")
                self.run(token.content)

    def run(self, text: str) -> None:
        """Words in the hand that is being written."""
        self.found[-1]["runs"].append(
            {"text": text, "bold": self.bold > 0, "italic": self.italic > 0, "gone": self.gone > 0, "link": self.link}
        )

    def block(self, kind: str, **facts: Any) -> None:
        """The next block."""
        self.found.append({"kind": kind, "runs": [], **facts})


def blocks(text: str) -> list[dict[str, Any]]:
    """``[{"kind": text|heading|item|quote|rule|photo, "runs": [{"text", "bold", "italic", "gone", "link"}], …}]``.

    ``heading`` has ``level`` 2 to 4, ``item`` its ``mark`` (``•`` or ``1.``), ``photo`` its ``number``.
    """
    walk = _Walk()
    for token in _reader().parse(text.replace("\r\n", "\n")):
        walk.step(token)
    return [block for block in walk.found if block["runs"] or block["kind"] in {"photo", "rule"}]


def _inline(walk: _Walk, tokens: Sequence[Token]) -> None:
    if not walk.found:
        walk.block("text")
    turn = {
        "strong_open": ("bold", 1),
        "strong_close": ("bold", -1),
        "em_open": ("italic", 1),
        "em_close": ("italic", -1),
    }
    turn |= {"s_open": ("gone", 1), "s_close": ("gone", -1)}
    for token in tokens:
        if token.type in turn:
            name, step = turn[token.type]
            setattr(walk, name, getattr(walk, name) + step)
        elif token.type == "link_open":
            walk.link = str(token.attrs.get("href", ""))
        elif token.type == "link_close":
            walk.link = ""
        elif token.type == "image":
            if number := photo_number(token):
                walk.block("photo", number=number)
                walk.block("text")
        elif token.type in {"softbreak", "hardbreak"}:
            walk.run("\n" if token.type == "hardbreak" else " ")
        else:
            walk.run(token.content)
