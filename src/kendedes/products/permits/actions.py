"""The verbs of permits."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal
from kendedes.journal import rules as diary
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.network.models import Producer
from kendedes.products import documents
from kendedes.products.models import Permit, Product
from kendedes.products.permits import rules


class PersonNumber(Refusal):
    code = "permit_person_number"
    message = _("Nomor ini tampak seperti NIK atau NPWP. Data itu tidak disimpan di sini.")
    status = 422


class NotOfficial(Refusal):
    code = "permit_page_not_official"
    message = _("Tulis alamat halaman resmi tempat nomor ini diperiksa (https://….go.id).")
    status = 422


class NotLookedUp(Refusal):
    code = "permit_look_up_day"
    message = _("Hari pemeriksaan tidak boleh di masa depan.")
    status = 422


class PermitEnded(Refusal):
    code = "permit_ended"
    message = _("Izin ini sudah tidak dipakai.")


class PermitElsewhere(Refusal):
    code = "permit_other_producer"
    message = _("Produk itu bukan milik produsen ini.")


def _subjects(permit: Permit) -> list[Any]:
    return [thing for thing in (permit, permit.producer, permit.product) if thing is not None]


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()


@transaction.atomic
def add_permit(
    *, producer: Producer, kind: str, number: str, at: datetime, by: User | None, product: Product | None = None,
    holder: str = "", valid_until: date | None = None,
) -> Permit:  # fmt: skip
    """A permit of a producer, or of one product; the same number again gives the first. A wrong form is kept, with its
    warning. Without ``valid_until`` the end of the year in a P-IRT number counts. Raises PersonNumber.
    """
    if product is not None and product.producer_id != producer.pk:
        raise PermitElsewhere
    if kind != Permit.Kind.PIRT and rules.is_person_number(number):
        raise PersonNumber
    verdict = rules.check(kind, number, _day(at))
    written = verdict.number[:60]
    same = Permit.objects.filter(producer=producer, product=product, kind=kind, number=written, ended_on=None).first()
    if same is not None:
        return same
    permit = Permit.objects.create(
        producer=producer, product=product, kind=kind, number=written, holder=holder,
        valid_until=valid_until or verdict.valid_until,
    )  # fmt: skip
    record(
        deed="permit.add", at=at, by=by, subjects=_subjects(permit),
        facts={"kind": kind, "number": written, "shape": verdict.shape.value, "valid_until": permit.valid_until},
    )  # fmt: skip
    _product_changed(permit, at)
    return permit


@transaction.atomic
def change_permit(*, permit: Permit, at: datetime, by: User | None, **fields: Any) -> Permit:
    """Set ``fields`` (``kind, number, holder, valid_until, product``). Another number or kind is no longer verified."""
    if permit.ended_on is not None:
        raise PermitEnded
    kind, number = fields.get("kind", permit.kind), fields.get("number", permit.number)
    if kind != Permit.Kind.PIRT and rules.is_person_number(number):
        raise PersonNumber
    if "number" in fields:
        fields["number"] = rules.check(kind, number, _day(at)).number[:60]
    product = fields.get("product", permit.product)
    if product is not None and product.producer_id != permit.producer_id:
        raise PermitElsewhere
    differs = diary.changes({name: getattr(permit, name) for name in fields}, fields)
    if not differs:
        return permit
    for name, value in fields.items():
        setattr(permit, name, value)
    if {"kind", "number"} & set(differs):
        permit.verified_by, permit.verified_on, permit.verified_at_url = None, None, ""
    permit.save()
    record(deed="permit.change", at=at, by=by, subjects=_subjects(permit), facts={"changes": differs})
    _product_changed(permit, at)
    return permit


@transaction.atomic
def verify_permit(*, permit: Permit, on: date, url: str, at: datetime, by: User) -> Permit:
    """``by`` looked the number up at the official page ``url`` on the day ``on`` and found it. Raises NotOfficial."""
    if permit.ended_on is not None:
        raise PermitEnded
    if not rules.is_official(url) or len(url) > 300:
        raise NotOfficial
    if on > _day(at):
        raise NotLookedUp
    permit.verified_by, permit.verified_on, permit.verified_at_url = by, on, url.strip()
    permit.save(update_fields=["verified_by", "verified_on", "verified_at_url"])
    record(
        deed="permit.verify", at=at, by=by, subjects=_subjects(permit),
        facts={"number": permit.number, "on": on, "url": url.strip()},
    )  # fmt: skip
    _product_changed(permit, at)
    return permit


@transaction.atomic
def end_permit(*, permit: Permit, at: datetime, by: User | None) -> Permit:
    """No longer used: given up, replaced, entered by mistake. The row stays."""
    if permit.ended_on is None:
        permit.ended_on = _day(at)
        permit.save(update_fields=["ended_on"])
        record(deed="permit.end", at=at, by=by, subjects=_subjects(permit), facts={"number": permit.number})
        _product_changed(permit, at)
    return permit


def put_file(*, permit: Permit, data: bytes, name: str, at: datetime, by: User | None) -> Permit:
    """Keep the certificate: a PDF as it is, a picture without its metadata. Private: only those who may edit or verify
    the permit can read it. Raises FileRefused, DiskFull. Not inside a transaction.
    """
    kept = documents.keep(data, name, folder="izin")
    with transaction.atomic():
        permit.file.name = kept
        permit.save(update_fields=["file"])
        sha256 = Path(kept).stem
        record(deed="permit.file", at=at, by=by, subjects=_subjects(permit), facts={"sha256": sha256})
    return permit


def _product_changed(permit: Permit, at: datetime) -> None:
    if permit.product_id is not None:
        Product.objects.filter(pk=permit.product_id).update(changed_at=at)
