"""Locking, composing, publishing, correcting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal
from kendedes.catalogue import rules
from kendedes.catalogue.actions.drafting import (
    READY,
    NothingChosen,
    PeriodTaken,
    ProductNotReady,
    WrongEditionState,
    open_edition,
    pass_to,
)
from kendedes.catalogue.models import Chapter, Edition, EditionPage, Erratum, Frozen, Publication
from kendedes.catalogue.queries import contents as read
from kendedes.catalogue.rules import Document, Finding
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.network.models import Association
from kendedes.ovop.queries import current_stars
from kendedes.products.actions import publish as publish_products
from kendedes.products.models import Release
from kendedes.products.rules import canonical, digest


class NothingToCompose(Refusal):
    code = "edition_nothing_to_compose"
    message = _("Belum ada edisi kecamatan yang dikunci untuk periode %(period)s.")


class SecondPersonNeeded(Refusal):
    code = "edition_second_person"
    message = _("Edisi ini harus diterbitkan oleh orang lain daripada yang menguncinya.")
    status = 403


class UnknownEntry(Refusal):
    code = "edition_unknown_entry"
    message = _("Kode %(code)s tidak ada dalam edisi ini.")


class EmptyErratum(Refusal):
    code = "erratum_empty"
    message = _("Ralat memerlukan bagian, teks lama dan baru yang berbeda, serta alasan.")


def _taken(edition: Edition, state: Edition.State) -> Edition:
    """The edition's row held until the transaction ends, in the state the deed needs."""
    found = Edition.objects.select_for_update(of=("self",)).select_related("association__region").get(pk=edition.pk)
    if found.state != state:
        edition.state = found.state
        raise WrongEditionState(title=found.title_id, state=found.get_state_display())
    return found


@transaction.atomic
def lock(*, edition: Edition, at: datetime, by: User | None) -> Edition:
    """Freeze an edition of either level. Raises WrongEditionState unless it is a proof."""
    if not edition.is_regency:
        return lock_unit_edition(edition=edition, at=at, by=by)
    held = _taken(edition, Edition.State.PROOF)
    if not held.chapters.exists():
        raise NothingToCompose(period=held.period)
    document = read.live(held, at)
    return _freeze(held, document, read.preflight(held, at), at, by)


@transaction.atomic
def lock_unit_edition(*, edition: Edition, at: datetime, by: User | None) -> Edition:
    """Freeze a unit edition: publish its products, copy their releases and stars, fix the document's text and hash.

    Raises NothingChosen, ProductNotReady, WrongEditionState; then nothing is published and nothing frozen.
    """
    held = _taken(edition, Edition.State.PROOF)
    products = read.chosen(held)
    features = dict(held.items.values_list("product_id", "feature"))
    if not products:
        raise NothingChosen
    wrong = sorted(p.code for p in products if p.state not in READY)
    if wrong:
        raise ProductNotReady(codes=", ".join(wrong))
    warnings = read.preflight(held, at)
    publish_products(products=products, at=at, by=by)
    releases = _newest([p.pk for p in products])
    stars, address = current_stars([p.pk for p in products], at), read.site(held.association)
    entries = [
        read.to_entry(releases[p.pk].content, stars.get(p.pk), address, feature=features[p.pk]) for p in products
    ]
    EditionPage.objects.bulk_create(
        EditionPage(
            edition=held, product=product, position=place, code=product.code, feature=features[product.pk],
            content=entry, sha256=digest(entry),
        )
        for place, (product, entry) in enumerate(zip(products, entries, strict=True), 1)
    )  # fmt: skip
    document = read.frame(held, [read.chapter(held, entries, at)], (), at)
    return _freeze(held, document, warnings, at, by)


def _newest(products: Sequence[int]) -> dict[int, Release]:
    found = Release.objects.filter(product__in=products).order_by("number")
    return {release.product_id: release for release in found}


def _freeze(edition: Edition, document: Document, warnings: list[Finding], at: datetime, by: User | None) -> Edition:
    text, sha256 = canonical(document), digest(document)
    counted = document["statistics"]["products"]
    entry = record(
        deed="edition.lock", at=at, by=by, subjects=[s for s in (edition, edition.unit) if s],
        facts={"slug": edition.slug, "sha256": sha256, "products": counted, "warnings": len(warnings)},
    )  # fmt: skip
    Frozen.objects.create(
        edition=edition, text=text, sha256=sha256, products=counted, warnings=warnings,
        locked_at=at, locked_by=by, entry=entry,
    )  # fmt: skip
    pass_to(edition, Edition.State.LOCKED, at)
    return edition


@transaction.atomic
def compose_regency(
    *, association: Association, at: datetime, by: User | None, period: str = "", year: int | None = None
) -> Edition:
    """The regency edition of a period from the locked unit editions; composing a draft again takes in the latecomers.

    ``period`` empty: the one of the newest locked unit edition. Missing units are named in the document, never
    invented. Raises NothingToCompose, WrongEditionState (already a proof or locked), OpenEditionExists.
    """
    units = Edition.objects.fixed().filter(association=association, level=Edition.Level.UNIT)
    if not period:
        newest = units.order_by("-year", "-frozen__locked_at", "-id").first()
        period = newest.period if newest else ""
    parts = list(units.filter(period=period).select_related("unit__district").order_by("unit__district__name"))
    if not parts:
        raise NothingToCompose(period=period or "–")
    regency = Edition.objects.filter(association=association, level=Edition.Level.REGENCY, period=period).first()
    if regency is None:
        regency = open_edition(
            association=association, at=at, by=by, period=period, year=year or max(p.year for p in parts)
        )
    elif regency.state != Edition.State.DRAFT:
        raise WrongEditionState(title=regency.title_id, state=regency.get_state_display())
    before = set(regency.chapters.values_list("edition_id", flat=True))
    regency.chapters.all().delete()
    Chapter.objects.bulk_create(
        Chapter(regency=regency, edition=part, position=place) for place, part in enumerate(parts, 1)
    )
    added = [part.slug for part in parts if part.pk not in before]
    if added:
        missing = [unit.code for unit in read.missing_units(regency)]
        record(
            deed="edition.compose", at=at, by=by, subjects=[regency],
            facts={"period": period, "chapters": len(parts), "added": added, "missing": missing},
        )  # fmt: skip
    return regency


@transaction.atomic
def publish(*, edition: Edition, at: datetime, by: User | None, with_units: bool = False) -> Edition:
    """Make a locked edition public; ``with_units`` also those chapters of a regency edition that are not yet.

    Raises WrongEditionState; SecondPersonNeeded where the setting ``two_persons`` wants another one than who locked.
    """
    held = _taken(edition, Edition.State.LOCKED)
    if settings.ENV.two_persons and by is not None and held.frozen.locked_by_id == by.pk:
        raise SecondPersonNeeded
    if with_units and held.is_regency:
        waiting = Edition.objects.filter(appears_in__regency=held, state=Edition.State.LOCKED)
        for part in waiting.order_by("appears_in__position"):
            publish(edition=part, at=at, by=by)
    entry = record(
        deed="edition.publish", at=at, by=by, subjects=[s for s in (held, held.unit) if s],
        facts={"slug": held.slug, "sha256": held.frozen.sha256},
    )  # fmt: skip
    Publication.objects.create(edition=held, published_at=at, published_by=by, entry=entry)
    pass_to(held, Edition.State.PUBLISHED, at)
    edition.state = held.state
    return held


@transaction.atomic
def add_erratum(
    *, edition: Edition, field: str, old_text: str, new_text: str, reason: str, at: datetime, by: User | None,
    code: str = "",
) -> Erratum:  # fmt: skip
    """The next numbered correction of a locked edition; the frozen text stays as it is.

    ``code``: of the entry, empty for the edition itself. Raises WrongEditionState, UnknownEntry, EmptyErratum.
    """
    held = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    if not held.is_fixed:
        raise WrongEditionState(title=held.title_id, state=held.get_state_display())
    field, old_text, new_text, reason = (part.strip() for part in (field, old_text, new_text, reason))
    if not field or not reason or not new_text or old_text == new_text:
        raise EmptyErratum
    if code and code not in {e["code"] for e in rules.entries_of(read.document(held, at))}:
        raise UnknownEntry(code=code)
    number = (held.errata.aggregate(last=Max("number"))["last"] or 0) + 1
    entry = record(
        deed="edition.erratum", at=at, by=by, subjects=[held],
        facts={"slug": held.slug, "number": number, "code": code, "field": field, "reason": reason},
    )  # fmt: skip
    return Erratum.objects.create(
        edition=held, number=number, code=code, field=field, old_text=old_text, new_text=new_text, reason=reason,
        at=at, by=by, entry=entry,
    )  # fmt: skip


__all__ = [
    "EmptyErratum", "NothingToCompose", "PeriodTaken", "SecondPersonNeeded", "UnknownEntry", "add_erratum",
    "compose_regency", "lock", "lock_unit_edition", "publish",
]  # fmt: skip
