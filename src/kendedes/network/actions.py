"""The verbs of the network."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal
from kendedes.journal import rules as diary
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.network.models import Association, LegalForm, LegalKind, Membership, Producer, Region, Spelling, Unit
from kendedes.network.rules import LEVELS, Level, Role, person_key, place_key


class WrongLevel(Refusal):
    code = "role_wrong_level"
    message = _("Peran ini tidak dapat diberikan pada tingkat itu.")


class ProducerExists(Refusal):
    code = "producer_exists"
    message = _("Sudah ada produsen bernama %(name)s di %(village)s.")


class VillageOutside(Refusal):
    code = "village_outside"
    message = _("%(village)s tidak termasuk wilayah unit ini.")


@transaction.atomic
def add_regions(*, regions: Iterable[Region], spellings: Iterable[tuple[str, str, str]] = ()) -> int:
    """Write places that are not there yet, parents before children; ``spellings``: (code, name, source)."""
    rows = sorted(regions, key=lambda r: len(r.code))
    Region.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    Spelling.objects.bulk_create(
        [Spelling(region_id=code, name=name, key=place_key(name), source=source) for code, name, source in spellings],
        ignore_conflicts=True,
    )
    return len(rows)


@transaction.atomic
def create_association(
    *, name: str, slug: str, region: Region, at: datetime, by: User | None, **fields: Any
) -> Association:
    """An association of a regency, with whatever else of its fields is known."""
    association = Association.objects.create(name=name, slug=slug, region=region, **fields)
    record(deed="association.create", at=at, by=by, subjects=[association], facts={"name": name, "region": region.code})
    return association


@transaction.atomic
def create_unit(
    *, association: Association, code: str, district: Region, at: datetime, by: User | None,
    form: LegalKind = LegalKind.UPK, form_name: str = "", form_since: date = date(1998, 1, 1), basis: str = "",
    phased_out_on: date | None = None, whatsapp: str = "", address: str = "",
) -> Unit:  # fmt: skip
    """A unit of ``district`` with its first legal form."""
    if district.parent_id != association.region_id:
        raise VillageOutside(village=district.name)
    unit = Unit.objects.create(
        association=association, code=code, district=district,
        phased_out_on=phased_out_on, whatsapp=whatsapp, address=address,
    )  # fmt: skip
    LegalForm.objects.create(
        unit=unit, kind=form, name=form_name or f"{form.label} {district.name}", basis=basis, valid_from=form_since
    )
    record(deed="unit.create", at=at, by=by, subjects=[unit], facts={"code": code, "district": district.code})
    return unit


def _slug(association: Association, name: str) -> str:
    base = slugify(name)[:120] or "produsen"
    taken = set(Producer.objects.filter(association=association, slug__startswith=base).values_list("slug", flat=True))
    number, slug = 2, base
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


@transaction.atomic
def create_producer(
    *,
    association: Association,
    unit: Unit | None,
    village: Region,
    name: str,
    at: datetime,
    by: User | None,
    **fields: Any,
) -> Producer:
    """A producer in ``village``. Two of one name may live in two villages, never in one."""
    if unit is not None and village.parent_id != unit.district_id:
        raise VillageOutside(village=village.name)
    key = person_key(name)
    if Producer.objects.filter(association=association, village=village, name_key=key).exists():
        raise ProducerExists(name=name, village=village.name)
    producer = Producer.objects.create(
        association=association,
        unit=unit,
        village=village,
        name=name,
        name_key=key,
        slug=_slug(association, name),
        **fields,
    )
    record(
        deed="producer.create", at=at, by=by, subjects=[producer],
        facts={"name": name, "village": village.code, "kind": producer.kind},
    )  # fmt: skip
    return producer


@transaction.atomic
def change_producer(*, producer: Producer, at: datetime, by: User | None, **fields: Any) -> Producer:
    """Set ``fields``; unchanged ones leave no trace. The address (slug) stays for ever."""
    before = {name: getattr(producer, name) for name in fields}
    differs = diary.changes(before, fields)
    if not differs:
        return producer
    for name, value in fields.items():
        setattr(producer, name, value)
    if "name" in differs:
        producer.name_key = person_key(producer.name)
    producer.save()
    record(deed="producer.change", at=at, by=by, subjects=[producer], facts={"changes": differs})
    return producer


@transaction.atomic
def give_role(
    *, user: User, role: Role, association: Association, at: datetime, by: User | None,
    unit: Unit | None = None, producer: Producer | None = None,
) -> Membership:  # fmt: skip
    """A membership from ``at`` on; the same one twice gives the first."""
    level = Level.PRODUCER if producer else Level.UNIT if unit else Level.ASSOCIATION
    if level not in LEVELS[role]:
        raise WrongLevel(role=role.value, level=level.value)
    membership, made = Membership.objects.get_or_create(
        user=user, role=role.value, association=association, unit=unit, producer=producer, valid_to=None,
        defaults={"valid_from": at},
    )  # fmt: skip
    if made:
        record(
            deed="role.give", at=at, by=by, subjects=[s for s in (user, association, unit, producer) if s],
            facts={"role": role.value, "level": level.value},
        )  # fmt: skip
    return membership


@transaction.atomic
def end_role(*, membership: Membership, at: datetime, by: User | None) -> Membership:
    """The role ends at ``at``; what was done under it stays."""
    if membership.valid_to is None:
        membership.valid_to = at
        membership.save(update_fields=["valid_to"])
        subjects = [s for s in (membership.user, membership.association, membership.unit, membership.producer) if s]
        record(deed="role.end", at=at, by=by, subjects=subjects, facts={"role": membership.role})
    return membership
