"""The verbs of places and bodies: regions, associations, units, producers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal
from kendedes.journal import rules as diary
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.network.models import Association, LegalForm, LegalKind, Producer, Region, Spelling, Unit
from kendedes.network.places import Places
from kendedes.network.rules import person_key, place_key


class ProducerExists(Refusal):
    code = "producer_exists"
    message = _("Sudah ada produsen bernama %(name)s di %(village)s.")


class VillageOutside(Refusal):
    code = "village_outside"
    message = _("%(village)s tidak termasuk wilayah unit ini.")


class FormTooEarly(Refusal):
    code = "form_too_early"
    message = _("Bentuk hukum yang baru harus mulai sesudah %(since)s, awal bentuk yang sekarang.")


class FormOutOfOrder(Refusal):
    code = "form_out_of_order"
    message = _("Bentuk ini harus mulai sesudah %(after)s, awal bentuk sebelumnya.")


class FormPastEnd(Refusal):
    code = "form_past_end"
    message = _("Bentuk ini harus mulai paling lambat %(until)s, hari terakhirnya.")


class PredecessorLoop(Refusal):
    code = "predecessor_loop"
    message = _("%(unit)s tidak dapat mendahului unit ini: unit lain asosiasi atau penerus unit ini sendiri.")


class ConsentIncomplete(Refusal):
    code = "consent_incomplete"
    message = _("Tuliskan tanggal dan nama orang yang menyetujui penerbitan kontak.")


class UnitExists(Refusal):
    code = "unit_exists"
    message = _("Kode atau kecamatan itu sudah dipakai unit lain.")


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


def add_places(known: Places) -> int:
    """Write the places the project knows as facts (``network.places.load``); those that are there stay."""
    kinds = Region.Kind
    rows = [Region(code=p.code, name=p.name, kind=kinds.PROVINCE, bps_code=p.bps or "") for p in known.provinces]
    rows += [
        Region(code=r.code, name=r.name, kind=r.kind, parent_id=r.province, bps_code=r.bps or "")
        for r in known.regencies
    ]
    rows += [
        Region(code=d.code, name=d.name, kind=kinds.DISTRICT, parent_id=d.regency, bps_code=d.bps or "")
        for d in known.districts
    ]
    rows += [
        Region(code=v.code, name=v.name, kind=v.kind, parent_id=v.district, bps_code=v.bps or "", postal_code=v.postal)
        for v in known.villages
    ]
    return add_regions(
        regions=rows, spellings=[(o.code, o.written, ", ".join(o.seen_in)[:80]) for o in known.other_spellings]
    )


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
    if Unit.objects.filter(association=association).filter(Q(code=code) | Q(district=district)).exists():
        raise UnitExists(code=code)
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
def change_unit(*, unit: Unit, at: datetime, by: User | None, **fields: Any) -> Unit:
    """Set ``fields`` (contact, address, phase-out day, predecessor); unchanged ones leave no trace."""
    differs = diary.changes({name: getattr(unit, name) for name in fields}, fields)
    if "predecessor" in differs and fields["predecessor"] is not None:
        _refuse_loop(unit, fields["predecessor"])
    if not differs:
        return unit
    for name, value in fields.items():
        setattr(unit, name, value)
    unit.save()
    record(deed="unit.change", at=at, by=by, subjects=[unit], facts={"code": unit.code, "changes": differs})
    return unit


def _refuse_loop(unit: Unit, predecessor: Unit) -> None:
    """A unit follows another of its association, and nobody follows herself by any way round."""
    earlier: Unit | None = predecessor
    while earlier is not None:
        if earlier.pk == unit.pk or earlier.association_id != unit.association_id:
            raise PredecessorLoop(unit=str(predecessor))
        earlier = earlier.predecessor


@transaction.atomic
def change_association(*, association: Association, at: datetime, by: User | None, **fields: Any) -> Association:
    """Set ``fields`` of the association and its gallery."""
    differs = diary.changes({name: getattr(association, name) for name in fields}, fields)
    if not differs:
        return association
    for name, value in fields.items():
        setattr(association, name, value)
    association.save()
    record(deed="association.change", at=at, by=by, subjects=[association], facts={"changes": differs})
    return association


@transaction.atomic
def add_legal_form(
    *, unit: Unit, kind: LegalKind, name: str, valid_from: date, at: datetime, by: User | None, basis: str = ""
) -> LegalForm:
    """The unit is something else in law from ``valid_from`` on; the form before ends the day before."""
    held = LegalForm.objects.select_for_update().filter(unit=unit, valid_to=None).first()
    if held is not None:
        if valid_from <= held.valid_from:
            raise FormTooEarly(since=held.valid_from.isoformat())
        held.valid_to = valid_from - timedelta(days=1)
        held.save(update_fields=["valid_to"])
    form = LegalForm.objects.create(unit=unit, kind=kind, name=name, basis=basis, valid_from=valid_from)
    facts = {"code": unit.code, "kind": str(kind), "name": name, "since": valid_from}
    record(deed="unit.form", at=at, by=by, subjects=[unit], facts=facts)
    return form


@transaction.atomic
def correct_legal_form(
    *, form: LegalForm, kind: LegalKind, name: str, basis: str, valid_from: date, at: datetime, by: User | None
) -> LegalForm:
    """Mend what was written down wrong; when the first day moves, the form before ends the day before it."""
    forms = list(LegalForm.objects.select_for_update().filter(unit=form.unit_id).order_by("valid_from"))
    held = next(f for f in forms if f.pk == form.pk)
    before = next((f for f in reversed(forms) if f.valid_from < held.valid_from), None)
    new = {"kind": str(kind), "name": name, "basis": basis, "valid_from": valid_from}
    differs = diary.changes({field: getattr(held, field) for field in new}, new)
    if not differs:
        return held
    if before is not None and valid_from <= before.valid_from:
        raise FormOutOfOrder(after=before.valid_from.isoformat())
    if held.valid_to is not None and valid_from > held.valid_to:
        raise FormPastEnd(until=held.valid_to.isoformat())
    if before is not None and valid_from != held.valid_from:
        before.valid_to = valid_from - timedelta(days=1)
        before.save(update_fields=["valid_to"])
    held.kind, held.name, held.basis, held.valid_from = str(kind), name, basis, valid_from
    held.save()
    facts = {"code": form.unit.code, "form": form.pk, "changes": differs}
    record(deed="unit.form_correct", at=at, by=by, subjects=[form.unit], facts=facts)
    return held


@transaction.atomic
def record_consent(
    *, producer: Producer, consent: Producer.Consent, on: date | None, given_by: str, at: datetime, by: User | None
) -> Producer:
    """Which contact may be published, since when and by whose word. The name stays out of the diary."""
    if consent == Producer.Consent.OWN and not (on and given_by.strip()):
        raise ConsentIncomplete
    producer.consent, producer.consent_on, producer.consent_by = consent, on, given_by.strip()
    producer.save(update_fields=["consent", "consent_on", "consent_by"])
    facts = {"name": producer.name, "consent": str(consent), "on": on}
    record(deed="producer.consent", at=at, by=by, subjects=[producer], facts=facts)
    return producer


@transaction.atomic
def end_producer(*, producer: Producer, on: date | None, at: datetime, by: User | None) -> Producer:
    """The producer is no longer active from ``on``; None makes it active again."""
    producer.ended_on = on
    producer.save(update_fields=["ended_on"])
    deed = "producer.end" if on else "producer.resume"
    record(deed=deed, at=at, by=by, subjects=[producer], facts={"name": producer.name, "on": on})
    return producer
