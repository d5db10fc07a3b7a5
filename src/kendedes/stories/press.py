"""A story on paper, set by Typst: A4, with its photos and a code that leads back to the site."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from django.utils import timezone

from kendedes.base import format as written
from kendedes.products.photos import store
from kendedes.stories import outputs
from kendedes.stories.models import Story, StoryPhoto
from kendedes.stories.rules import markup
from kendedes.ui import paper

FOLDER = Path(__file__).parent / "typst"


def page(story: Story, start: str, language: str = "id") -> bytes:
    """The PDF. The same story gives the same bytes."""
    english = language == "en" and bool(story.body_en)
    text = story.body_en if english else story.body_id
    photos = {photo.number: photo for photo in story.photos.order_by("number")}
    shown = [_block(block, photos, english) for block in markup.blocks(text)]
    cover = photos.get(1) if 1 not in markup.named_photos(text) else None
    address = f"{start}{'/en' if english else ''}{outputs.path(story)}"
    data = {
        "lang": "en" if english else "id",
        "title": (story.title_en if english else "") or story.title_id,
        "lead": (story.lead_en if english else story.lead_id),
        "by": story.author, "association": story.association.name,
        "day": written.day(timezone.localdate(story.published_at), language=language) if story.published_at else "",
        "cover": _picture(cover, english) if cover else None,
        "blocks": [block for block in shown if block], "address": address, "qr": paper.qr(address),
    }  # fmt: skip
    return paper.pdf(FOLDER / "story.typ", data)


def _block(block: dict[str, Any], photos: dict[int, StoryPhoto], english: bool) -> dict[str, Any] | None:  # noqa: FBT001 - which language
    if block["kind"] != "photo":
        return block
    photo = photos.get(block["number"])
    return {"kind": "photo", "runs": [], **_picture(photo, english)} if photo else None


def _picture(photo: StoryPhoto, english: bool) -> dict[str, str]:  # noqa: FBT001 - which language
    """The picture inside an SVG: plain data for the template, which may read no file."""
    data = base64.b64encode(store.master_path(photo.sha256).read_bytes()).decode()
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{photo.width}" height="{photo.height}">'
        f'<image href="data:image/jpeg;base64,{data}" width="{photo.width}" height="{photo.height}"/></svg>'
    )
    return {"svg": svg, "caption": (photo.caption_en if english else "") or photo.caption_id}
