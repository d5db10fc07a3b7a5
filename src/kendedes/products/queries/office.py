"""Products as the office looks at them: lists, one in detail, what waits for the curator."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import Http404

from kendedes.network.models import Producer, Someone, Unit
from kendedes.network.rules import Right
from kendedes.products import rules
from kendedes.products.models import Category, FixItem, Permit, Photo, Price, Product, Release, Variant
from kendedes.products.queries.content import content, current_price
from kendedes.products.queries.whole import ended, fixes, full

FOOD_PERMITS = (Permit.Kind.PIRT, Permit.Kind.BPOM)


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to; empty means all. ``gap``: a key of ``GAPS``."""

    q: str = ""
    state: str = ""
    unit: int | None = None
    category: str = ""
    producer: int | None = None
    gap: str = ""


@dataclass(frozen=True)
class Row:
    """One product of a list. ``photo``: the first, or None. ``gaps``: keys of ``GAPS``."""

    product: Product
    photo: Photo | None
    low: int | None
    high: int | None
    gaps: tuple[str, ...]


def _photos() -> QuerySet[Photo]:
    return Photo.objects.filter(product=OuterRef("pk"), removed_at=None)


def _priced() -> QuerySet[Price]:
    return Price.objects.filter(
        variant__product=OuterRef("pk"), variant__ended_on=None, kind=Price.Kind.RETAIL, low__isnull=False
    )


def _permitted() -> QuerySet[Permit]:
    own = Q(product=OuterRef("pk")) | Q(product=None, producer=OuterRef("producer_id"))
    return Permit.objects.filter(own, ended_on=None, kind__in=FOOD_PERMITS)


GAPS: dict[str, Any] = {
    "photo": lambda rows: rows.filter(~Exists(_photos())),
    "price": lambda rows: rows.filter(~Exists(_priced())),
    "story": lambda rows: rows.filter(story_id=""),
    "english": lambda rows: rows.filter(Q(name_en="") | Q(story_en="")),
    "permit": lambda rows: rows.filter(~Exists(_permitted()), category__food=True),
    "remark": lambda rows: rows.exclude(remarks=[]),
}


def narrowed(user: Someone, wanted: Filter) -> QuerySet[Product]:
    """Products ``user`` may see, narrowed, in a total order."""
    rows = Product.objects.visible_to(user)
    if wanted.q:
        text = wanted.q.strip()
        rows = rows.filter(Q(name_id__icontains=text) | Q(code__icontains=text) | Q(producer__name__icontains=text))
    if wanted.unit is not None:
        rows = rows.filter(producer__unit=wanted.unit)
    if wanted.category:
        rows = rows.filter(Q(category__slug=wanted.category) | Q(category__parent__slug=wanted.category))
    if wanted.producer is not None:
        rows = rows.filter(producer=wanted.producer)
    if wanted.gap in GAPS:
        rows = GAPS[wanted.gap](rows).exclude(state=Product.State.DISCONTINUED)
    return rows.order_by("name_id", "id")


def by_state(rows: QuerySet[Product]) -> dict[str, int]:
    """How many products stand where."""
    return dict(rows.order_by().values_list("state").annotate(count=Count("pk")))


def page_rows(products: Iterable[Product]) -> list[Row]:
    """What a page of a list shows, in two queries whatever its length, in the order given (a sliced queryset's own)."""
    rows = Product.objects.select_related("category", "producer__village", "producer__unit__district").annotate(
        has_permit=Exists(_permitted()),
        face=Subquery(_photos().order_by("position", "id").values(plain=JSONObject(**{n: n for n in _FACE}))[:1]),
    )
    if isinstance(products, QuerySet):
        loaded = list(rows.filter(pk__in=products.values("pk")).order_by(*products.query.order_by))
    else:
        order = {product.pk: place for place, product in enumerate(products)}
        loaded = sorted(rows.filter(pk__in=order), key=lambda product: order[product.pk])
    prices: dict[int, dict[int, Price]] = defaultdict(dict)
    said = Price.objects.filter(
        variant__product__in=[product.pk for product in loaded], variant__ended_on=None, kind=Price.Kind.RETAIL
    )
    for price in said.select_related("variant").order_by("id"):
        prices[price.variant.product_id][price.variant_id] = price  # the newest of a pack counts
    return [_row(product, prices[product.pk].values()) for product in loaded]


_FACE = ("id", "sha256", "width", "height", "focus_x", "focus_y", "alt_id", "alt_en")


def _row(product: Product, newest: Iterable[Price]) -> Row:
    face = getattr(product, "face", None)
    photo = Photo(product=product, **face) if face else None
    prices = [price for price in newest if price.low]
    low = min((price.low for price in prices if price.low), default=None)
    high = max((price.high or price.low or 0 for price in prices), default=None)
    gaps = [
        name
        for name, open_ in [
            ("photo", photo is None), ("price", not prices), ("story", not product.story_id.strip()),
            ("permit", product.category.food and not getattr(product, "has_permit", True)),
            ("remark", bool(product.remarks)),
        ]
        if open_
    ]  # fmt: skip
    return Row(product, photo, low, high if high != low else None, tuple(gaps))


@dataclass(frozen=True)
class Pack:
    """A variant with what it costs now and what it cost."""

    variant: Variant
    retail: Price | None
    wholesale: Price | None
    history: list[Price] = field(default_factory=list)


@dataclass(frozen=True)
class Detail:
    """One product as its page shows it."""

    product: Product
    photos: list[Photo]
    packs: list[Pack]
    ended: list[Variant]
    permits: list[Permit]
    fixes: list[FixItem]
    unreleased: bool


def _with_release(rows: QuerySet[Product]) -> QuerySet[Product]:
    """The products, each with ``released``, the digest of its newest release."""
    newest = Release.objects.filter(product=OuterRef("pk")).order_by("-number")
    return rows.annotate(released=Subquery(newest.values("sha256")[:1]))


def detail(rows: QuerySet[Product], pk: int) -> Detail:
    """Everything about one product of ``rows`` (Http404 if it is none of them). ``unreleased``: published, and what
    would be published now differs.
    """
    found = full(rows=_with_release(rows.filter(pk=pk)), asked=True)
    if not found:
        raise Http404
    product = found[0]
    packs = [
        Pack(v, current_price(v, Price.Kind.RETAIL), current_price(v, Price.Kind.WHOLESALE), list(v.prices.all()))
        for v in product.variants.all()
    ]
    return Detail(
        product=product, photos=list(product.photos.all()), packs=packs, ended=ended(product),
        permits=[*product.permits.all(), *product.producer.permits.all()],
        fixes=fixes(product),
        unreleased=product.state == Product.State.PUBLISHED and _differs(product),
    )  # fmt: skip


def _differs(product: Product) -> bool:
    released = vars(product)["released"]
    return released is not None and released != rules.digest(content(product))


def waiting_for_curator(user: Someone) -> QuerySet[Product]:
    """Submitted products ``user`` may accept, longest waiting first."""
    rows = Product.objects.allowed(user, Right.CURATE).filter(state=Product.State.SUBMITTED)
    return rows.order_by("changed_at", "id")


def accepted(user: Someone) -> QuerySet[Product]:
    """Accepted products ``user`` may publish."""
    rows = Product.objects.allowed(user, Right.CURATE).filter(state=Product.State.ACCEPTED)
    return rows.order_by("name_id", "id")


def changed_since_release(user: Someone) -> list[Product]:
    """Published products whose content is no longer what was released, and which ``user`` may publish."""
    rows = Product.objects.allowed(user, Right.CURATE).filter(state=Product.State.PUBLISHED)
    newest = Release.objects.filter(product=OuterRef("pk")).order_by("-number").values("released_at")[:1]
    touched = _with_release(rows).filter(changed_at__gt=Subquery(newest))
    return sorted((p for p in full(rows=touched) if _differs(p)), key=lambda p: (p.name_id, p.pk))


def similar(producer: Producer, name: str, but: int | None = None) -> list[Product]:
    """Products of the producer's unit whose names probably mean the same thing."""
    rows = Product.objects.filter(association=producer.association_id)
    rows = rows.exclude(pk=but) if but else rows
    rows = rows.filter(producer__unit=producer.unit_id) if producer.unit_id else rows.filter(producer=producer)
    rows = rows.exclude(state=Product.State.DISCONTINUED)
    found = [pk for pk, other in rows.values_list("pk", "name_id") if rules.alike(name, other)]
    return list(Product.objects.filter(pk__in=found[:6]).select_related("producer__village"))


def choices(user: Someone) -> dict[str, Any]:
    """What the filters of a list offer: units with products in sight, categories in their order."""
    return {
        "units": list(Unit.objects.visible_to(user).select_related("district").order_by("district__name")),
        "categories": list(Category.objects.select_related("parent").order_by("position", "name_id")),
    }
