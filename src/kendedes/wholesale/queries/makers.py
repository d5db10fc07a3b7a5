"""Who could make what an enquiry asks for, and the proposal of the split with its reasons in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Max, OuterRef, Q, Subquery, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from kendedes.base.format import day, number, rupiah
from kendedes.network.models import Association
from kendedes.orders.models import Order, OrderLine
from kendedes.orders.queries.offers import waiting_pieces
from kendedes.ovop.models import Award
from kendedes.products.models import Product, Variant
from kendedes.wholesale.models import Enquiry, Made, Quote, QuoteLine, Supply
from kendedes.wholesale.rules.split import MOST_MAKERS, Maker, Part, Split, Tier, Why, most_by, split

MOST = 60  # candidates on one page


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pack and its maker, what the split gives her, and why."""

    variant: Variant
    supply: Supply
    part: Part
    ready_on: date | None
    reason: str

    @property
    def name(self) -> str:
        """Pack as people say it."""
        return f"{self.variant.product.name_id} {self.variant.name}".strip()


@dataclass(frozen=True, slots=True)
class Proposal:
    """The split as a person sees it."""

    candidates: Sequence[Candidate]
    split: Split
    days: int


def shop_of(host: str) -> Association | None:
    """The association whose own name the visitor typed, else the first one."""
    named = Association.objects.filter(host=host).first() if host else None
    return named or Association.objects.order_by("pk").first()


def propose(enquiry: Enquiry, today: date, at_most: int = MOST_MAKERS) -> Proposal:
    """The split of what is asked over the makers of the same kind; the asked product's maker is among them."""
    supplies = list(supplies_for(enquiry))
    facts = _facts([row.pk for row in supplies], today)
    makers = [_maker(row, facts) for row in supplies]
    days = (enquiry.wanted_on - today).days
    found = split(enquiry.quantity, makers, days=days, ceiling=enquiry.ceiling, at_most=at_most)
    by_key = {row.pk: row for row in supplies}
    rows = [_candidate(by_key[part.maker.key], part, today, enquiry) for part in found.parts]
    return Proposal(rows, found, days)


def supplies_for(enquiry: Enquiry) -> Any:
    """Packs that take part: of the same category, or the product itself; public ones only, as only those can be ordered."""
    kind = Q(variant__product__category=enquiry.category_id) if enquiry.category_id else Q(pk__in=[])
    if enquiry.product_id:
        kind |= Q(variant__product=enquiry.product_id)
    rows = Supply.objects.filter(
        kind, is_open=True, variant__ended_on=None, variant__product__association=enquiry.association_id,
        variant__product__state=Product.State.PUBLISHED,
    )  # fmt: skip
    joined = "variant__product__producer__village", "variant__product__producer__unit__district"
    return rows.select_related(*joined).prefetch_related("tiers").order_by("pk")[:MOST]


def _facts(variants: Sequence[int], today: date) -> dict[str, dict[int, int]]:
    """Load by product's producer pack, pieces given in a year, stars: one query each."""
    newest = Made.objects.filter(line=OuterRef("pk")).order_by("-id").values("pieces")[:1]
    waiting = OrderLine.objects.filter(
        made=True, variant__in=variants, order__state__in=Order.LIVING, order__handed_over=None
    )
    load: dict[int, int] = {}
    rows = waiting_pieces(waiting).annotate(done=Subquery(newest)).values_list("variant", "quantity", "waiting", "done")
    for variant, quantity, left, made in rows:
        load[variant] = load.get(variant, 0) + max(0, min(left, quantity - (made or 0)))
    year = OrderLine.objects.filter(
        variant__in=variants, order__kind=Order.Kind.WHOLESALE, order__placed_at__date__gt=today - timedelta(days=365)
    ).exclude(order__state__in=(Order.State.CANCELLED, Order.State.EXPIRED))
    given = dict(year.order_by().values_list("variant").annotate(Sum("quantity")))
    awards = Award.objects.filter(product__variants__in=variants, valid_from__lte=today, valid_until__gte=today)
    stars = dict(awards.order_by().values_list("product__variants").annotate(Max("stars")))
    return {"load": load, "given": given, "stars": stars}


def _maker(row: Supply, facts: dict[str, dict[int, int]]) -> Maker:
    product = row.variant.product
    return Maker(
        key=row.pk, capacity=row.capacity or product.capacity,
        lead=row.lead_days if row.lead_days is not None else product.lead_time_days,
        minimum=row.minimum or product.minimum_order or 1, load=facts["load"].get(row.pk, 0),
        tiers=tuple(Tier(tier.quantity, tier.price) for tier in row.tiers.all()), stars=facts["stars"].get(row.pk, 0),
        given=facts["given"].get(row.pk, 0),
    )  # fmt: skip


def _candidate(row: Supply, part: Part, today: date, enquiry: Enquiry) -> Candidate:
    ready = today + timedelta(days=part.days) if part.days is not None else None
    return Candidate(row.variant, row, part, ready, _reason(part, enquiry))


def _reason(part: Part, enquiry: Enquiry) -> str:
    maker = part.maker
    facts = {
        "most": number(part.most), "capacity": number(maker.capacity or 0), "lead": maker.lead or 0,
        "load": number(maker.load), "minimum": number(maker.minimum), "on": day(enquiry.wanted_on, short=True),
        "ceiling": rupiah(enquiry.ceiling or 0),
    }  # fmt: skip
    texts = {
        Why.PART: _("Sanggup %(most)s sampai %(on)s: %(capacity)s sebulan, mulai jadi %(lead)s hari, sudah ada %(load)s pesanan lain."),
        Why.FULL: _("Mendapat semua yang sanggup dibuat sampai %(on)s: %(most)s (%(capacity)s sebulan, sudah ada %(load)s)."),
        Why.LATE: _("Butuh %(lead)s hari; tanggalnya terlalu dekat."),
        Why.FULLY_BOOKED: _("Penuh: %(load)s pesanan lain sampai %(on)s."),
        Why.MINIMUM: _("Pesanan minimumnya %(minimum)s, yang dapat diberikan %(most)s."),
        Why.PRICE: _("Harganya di atas %(ceiling)s."),
        Why.UNKNOWN: _("Kapasitas atau waktu pengerjaannya belum ditulis."),
        Why.SPARE: _("Tidak diperlukan; sanggup %(most)s."),
    }  # fmt: skip
    return texts[part.why] % facts


def outgrown(quote: Quote) -> list[QuoteLine]:
    """Lines of a quote that went out whose maker was promised elsewhere meanwhile: with what she has to make now, hers
    would not be ready by their day. What a person offered beyond the written capacity is her word, not judged here.
    """
    lines = [row for row in quote.lines.select_related("producer").order_by("number") if not row.sample]
    if quote.sent_at is None or not lines:
        return []
    since = timezone.localtime(quote.sent_at).date()
    packs = {row.variant_id for row in lines}
    supplies = Supply.objects.filter(pk__in=packs).select_related("variant__product").prefetch_related("tiers")
    facts = _facts(sorted(packs), since)
    makers = {row.pk: _maker(row, facts) for row in supplies}
    gone = []
    for row in lines:
        maker = makers.get(row.variant_id)
        if maker is None or row.ready_on is None:
            continue
        days = (row.ready_on - since).days
        asked = sum(other.quantity for other in lines if other.variant_id == row.variant_id)
        if most_by(maker, days) < asked <= most_by(replace(maker, load=0), days):
            gone.append(row)
    return gone


def public_products(association: Association) -> Any:
    """What can be asked for."""
    return Product.objects.filter(association=association, state=Product.State.PUBLISHED)


def product_asked(text: str, association: int) -> Product | None:
    """The public product a link named."""
    rows = Product.objects.filter(association=association, state=Product.State.PUBLISHED)
    return rows.filter(slug=text).first() if text else None


def packs_of(association: Association, text: str) -> list[Variant]:
    """Packs of public products, those with an agreement first; ``text`` in the name of product or maker."""
    rows = Variant.objects.filter(
        product__association=association, product__state=Product.State.PUBLISHED, ended_on=None
    ).select_related("product__producer", "supply")
    if text:
        rows = rows.filter(Q(product__name_id__icontains=text) | Q(product__producer__name__icontains=text))
    ordered = rows.order_by(F("supply__variant").desc(nulls_last=True), "product__name_id", "pk")
    return list(ordered.prefetch_related("supply__tiers")[:MOST])
