"""Entering, verifying, watching and ending permits."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image

from kendedes.journal.models import Entry
from kendedes.products import documents
from kendedes.products.models import Permit
from kendedes.products.permits import actions
from kendedes.products.permits.queries import Watch, lapsing, watch
from kendedes.testing.cast import AT

TODAY = date(2026, 11, 24)
OFFICIAL = "https://sppirt.pom.go.id/"


def add(cast, number="P-IRT 2063507010001-28", kind="pirt", **options):
    return actions.add_permit(producer=cast.tempe, kind=kind, number=number, at=AT, by=cast.sekar, **options)


def test_the_same_number_twice_is_one_permit_and_its_year_gives_the_last_day(cast):
    first = add(cast)

    again = add(cast, "2063507010001-28")

    assert again == first
    assert (first.number, first.valid_until, first.verified_by) == ("2063507010001-28", date(2028, 12, 31), None)
    assert Entry.objects.filter(deed="permit.add").count() == 1


def test_a_wrong_form_is_kept_with_its_warning(cast):
    assert add(cast, "12345").number == "12345"
    assert Entry.objects.get(deed="permit.add").facts["shape"] == "wrong"


@pytest.mark.parametrize("kind", ["nib", "merek", "halal", "bpom", "sni"])
def test_a_nik_is_never_kept(cast, kind):
    before = Entry.objects.count()

    with pytest.raises(actions.PersonNumber):
        add(cast, "3507246505850001", kind)

    assert Permit.objects.count() == 0
    assert Entry.objects.count() == before


def test_verified_takes_a_person_a_day_and_the_official_page(cast):
    permit = add(cast)
    for options, refusal in [
        ({"url": "https://contoh.example/", "on": TODAY}, actions.NotOfficial),
        ({"url": OFFICIAL, "on": TODAY + timedelta(days=1)}, actions.NotLookedUp),
    ]:
        with pytest.raises(refusal):
            actions.verify_permit(permit=permit, at=AT, by=cast.bima, **options)
    assert Permit.objects.get().verified_by is None

    actions.verify_permit(permit=permit, on=TODAY, url=OFFICIAL, at=AT, by=cast.bima)

    kept = Permit.objects.get()
    assert (kept.verified_by, kept.verified_on, kept.verified_at_url) == (cast.bima, TODAY, OFFICIAL)


def test_another_number_is_no_longer_verified_but_another_holder_is(cast):
    permit = actions.verify_permit(permit=add(cast), on=TODAY, url=OFFICIAL, at=AT, by=cast.bima)

    actions.change_permit(permit=permit, holder="Ibu Sri (fiktif)", at=AT, by=cast.sekar)
    assert Permit.objects.get().verified_by == cast.bima

    actions.change_permit(permit=permit, number="2063507010002-29", at=AT, by=cast.sekar)
    kept = Permit.objects.get()
    assert (kept.number, kept.verified_by, kept.verified_on, kept.verified_at_url) == (
        "2063507010002-29",
        None,
        None,
        "",
    )


def test_a_product_of_another_producer_cannot_hold_the_permit(cast):
    with pytest.raises(actions.PermitElsewhere):
        add(cast, product=cast.product(cast.apel, "Tikar mendong"))


def test_the_watch_names_what_lapsed_and_what_lapses_in_six_months(cast):
    dates = {"a": date(2026, 11, 23), "b": TODAY, "c": date(2027, 5, 23), "d": date(2027, 5, 24)}
    for number, (name, day) in enumerate(dates.items()):
        add(cast, f"MD 12345678901{number}", "bpom", holder=name, valid_until=day)
    add(cast, "salah", "nib")
    ended = add(cast, "MD 123456789019", "bpom", valid_until=date(2026, 1, 1))
    actions.end_permit(permit=ended, at=AT, by=cast.sekar)

    seen = watch(cast.sekar, TODAY)

    assert [p.holder for p in seen.lapsed] == ["a"]
    assert [p.holder for p in seen.soon] == ["b", "c"]
    assert [(p.number, v.hints) for p, v in seen.doubtful] == [("salah", ("digits_only",))]
    assert tuple(rows.count() for rows in lapsing(cast.sekar, TODAY)) == (1, 2)
    assert tuple(rows.count() for rows in lapsing(cast.ratna, TODAY)) == (1, 2)
    for stranger in (cast.joko, cast.stranger):
        assert tuple(rows.count() for rows in lapsing(stranger, TODAY)) == (0, 0)
        assert watch(stranger, TODAY) == Watch([], [], [])


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def test_a_pdf_is_kept_as_it_is_and_a_picture_without_its_metadata(cast, media):
    permit = add(cast)
    pdf = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
    exif = Image.Exif()
    exif[0x010F] = "Kamera"
    out = io.BytesIO()
    Image.new("RGB", (200, 300), "white").save(out, "JPEG", exif=exif)

    actions.put_file(permit=permit, data=pdf, name="izin.pdf", at=AT, by=cast.sekar)
    assert (media / Permit.objects.get().file.name).read_bytes() == pdf

    actions.put_file(permit=permit, data=out.getvalue(), name="izin.jpg", at=AT, by=cast.sekar)
    kept = media / Permit.objects.get().file.name
    assert kept.suffix == ".jpg"
    assert b"Kamera" not in kept.read_bytes()


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"%PDF-1.4 setengah", b"MZ\x90", b"%PDF-" + b"0" * 11_000_000])
def test_other_files_are_refused_and_leave_nothing(cast, media, data):
    permit = add(cast)

    with pytest.raises(documents.FileRefused):
        actions.put_file(permit=permit, data=data, name="izin.pdf", at=AT, by=cast.sekar)

    assert Permit.objects.get().file.name == ""
    assert [p for p in Path(media).rglob("*") if p.is_file()] == []
