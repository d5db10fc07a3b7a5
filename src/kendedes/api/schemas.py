"""Shapes of answers and the bounds of what may be asked."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Path, Query, Schema
from pydantic import Field

MOST_PAGES = 10_000
Slug = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,160}$", description="As in public addresses.")]
Code = Annotated[str, Path(pattern=r"^[A-Za-z0-9-]{1,24}$", description="A product's code, e.g. SGS-0012.")]
PageNumber = Annotated[int, Query(ge=1, le=MOST_PAGES, description="Counted from 1.")]
Size = Annotated[int, Query(ge=1, le=100, description="Items on a page.")]
Word = Annotated[str, Query(pattern=r"^[a-z0-9-]{0,50}$")]
StoryKind = Annotated[Literal["article", "page"], Query(description="What kind of story.")]
Label = Annotated[str, Query(pattern=r"^[^\x00-\x1f]{0,40}$", description="A label of stories, as they show it.")]
Stars = Annotated[int, Query(ge=0, le=5, description="At least so many stars.")]


class Problem(Schema):
    """An error, as RFC 9457 says (``application/problem+json``)."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str = ""
    errors: list[dict[str, Any]] = Field(default_factory=list)


class Text(Schema):
    """A text in Indonesian and English; the English one may be empty."""

    id: str
    en: str


class Association(Schema):
    """Whose catalogue this is."""

    slug: str
    name: str
    gallery: str
    region: dict[str, str]
    products: int
    producers: int
    version: int = Field(description="Changes exactly when something public changed.")


class Heading(Schema):
    """A category or kecamatan with the number of its products."""

    key: str
    slug: str
    name: Text
    products: int
    starred: int


class Product(Schema):
    """A released product. ``content`` is an ENTRY of the edition document with today's stars and consented contact."""

    code: str
    slug: str
    url: str
    active: bool
    release: int
    released_at: datetime
    content: dict[str, Any]


class ProductPage(Schema):
    """One page of products; ``next`` is the number of the following page, null on the last."""

    items: list[Product]
    total: int
    page: int
    size: int
    next: int | None


class Edition(Schema):
    """A published edition; its document is at ``document``."""

    slug: str
    level: str
    number: int
    year: int
    period: str
    title: Text
    products: int
    published_at: datetime
    sha256: str = Field(description="Of the frozen text.")
    document: str


class Producer(Schema):
    """Who makes products, as the public page tells it; whom to write to stands in the products."""

    slug: str
    name: str
    kind: str
    village: dict[str, str]
    district: dict[str, str] | None
    members: int
    products: int
    url: str


class ProducerTold(Producer):
    """One producer with what is told of her."""

    about: Text


class ProducerPage(Schema):
    """One page of producers."""

    items: list[Producer]
    total: int
    page: int
    size: int
    next: int | None


class Stock(Schema):
    """What can be had of one pack today. ``availability``: in_stock, made_to_order or unavailable."""

    code: str
    pack: str
    name: str
    availability: str
    free: int = Field(description="Pieces that can be promised now.")
    minimum: int = Field(description="The smallest number that is made to order; 1 from stock.")
    days: int | None = Field(
        description="Days until the smallest order would be made; null where it is not made to order."
    )


class StockPage(Schema):
    """One page of stock, by the packs of so many products."""

    items: list[Stock]
    total: int
    page: int
    size: int
    next: int | None


class Photo(Schema):
    """A picture of a story: number 1 is its cover."""

    number: int
    url: str
    width: int
    height: int
    alt: Text


class Story(Schema):
    """A published article or fixed page, without its text."""

    slug: str
    kind: str = Field(description="article or page")
    title: Text
    lead: Text
    author: str
    tags: list[str]
    published_at: datetime
    url: str
    cover: str | None = Field(description="Address of the first picture.")


class StoryTold(Story):
    """One story to be read. ``html`` is safe to show as it is; its English may be empty."""

    html: Text
    photos: list[Photo]
    products: list[str] = Field(description="Codes of the products it is about, those that are published.")


class StoryPage(Schema):
    """One page of stories, newest first."""

    items: list[Story]
    total: int
    page: int
    size: int
    next: int | None
