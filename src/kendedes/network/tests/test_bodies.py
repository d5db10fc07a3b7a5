"""The association's account of itself, which unit follows which, and legal forms written down wrong."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from kendedes.journal.models import Entry
from kendedes.network import actions
from kendedes.network.models import LegalForm, LegalKind
from kendedes.network.tests.test_people import trace
from kendedes.testing.cast import AT, Cast

pytestmark = pytest.mark.django_db


def test_a_manager_changes_what_the_site_says_and_the_page_shows_who_did(cast: Cast, client: Client) -> None:
    client.force_login(cast.ratna)
    asked = {
        "name": "Asosiasi Kendedes Baru (contoh)", "gallery_name": "Galeri Baru", "whatsapp": "0812-0000-0009",
        "address": "Jalan Contoh 5", "about_id": "Kami rukun.", "about_en": "We agree.",
    }  # fmt: skip

    answer = client.post(reverse("network:association_edit"), asked)

    assert answer.status_code == 302
    cast.association.refresh_from_db()
    assert {name: getattr(cast.association, name) for name in asked} == {**asked, "whatsapp": "6281200000009"}
    changes = Entry.objects.get(deed="association.change").facts["changes"]
    assert changes["name"] == ["Asosiasi Kendedes (contoh)", "Asosiasi Kendedes Baru (contoh)"]
    assert changes["whatsapp"] == changes["address"] == ["…", "…"], "numbers and addresses stay out of the diary"
    text = client.get(answer["Location"]).content.decode()
    assert "peran pengelola" not in text, "roles in the association are not its own history"
    for shown in ("Kami rukun.", "We agree.", "Jalan Contoh 5", "0812-0000-0009", "mengubah keterangan", "Ratna"):
        assert shown in text, shown


def test_saving_the_association_unchanged_leaves_no_trace(cast: Cast, client: Client) -> None:
    client.force_login(cast.ratna)
    form = client.get(reverse("network:association_edit")).context["form"]
    same = {name: form[name].value() or "" for name in form.fields}
    before = Entry.objects.count()

    assert client.post(reverse("network:association_edit"), same).status_code == 302

    assert Entry.objects.count() == before


def test_another_association_is_not_reached_by_its_name(cast: Cast, client: Client) -> None:
    client.force_login(cast.ratna)

    assert client.get(reverse("network:association") + "?asosiasi=tetangga").status_code == 404
    assert client.post(reverse("network:association_edit") + "?asosiasi=tetangga", {"name": "x"}).status_code == 404


def test_a_unit_follows_another_and_its_page_shows_the_forms_of_both(cast: Cast, client: Client) -> None:
    client.force_login(cast.joko)
    address = reverse("network:unit_edit", args=[cast.wajak.pk])

    answer = client.post(address, {"predecessor": cast.singosari.pk})

    assert answer.status_code == 302
    cast.wajak.refresh_from_db()
    assert cast.wajak.predecessor == cast.singosari
    assert Entry.objects.filter(deed="unit.change").get().facts["changes"] == {
        "predecessor": [None, "Unit Singosari"],
    }  # fmt: skip
    page = client.get(answer["Location"])
    assert [form.unit_id for form in page.context["earlier"]] == [cast.singosari.pk]
    assert "pendahulu" in page.content.decode()


def test_nobody_follows_herself_by_any_way_round_or_a_unit_of_another_association(cast: Cast) -> None:
    actions.change_unit(unit=cast.wajak, predecessor=cast.singosari, at=AT, by=None)
    foreign = cast.foreign.unit
    before = trace()

    for unit, predecessor in [(cast.singosari, cast.wajak), (cast.wajak, cast.wajak), (cast.wajak, foreign)]:
        with pytest.raises(actions.PredecessorLoop):
            actions.change_unit(unit=unit, predecessor=predecessor, at=AT, by=None)

    assert trace() == before
    cast.singosari.refresh_from_db()
    assert cast.singosari.predecessor is None


def _two_forms(cast: Cast) -> tuple[LegalForm, LegalForm]:
    second = actions.add_legal_form(
        unit=cast.wajak, kind=LegalKind.BUMDESMA_LKD, name="BUM Desa Bersama Wajak LKD", valid_from=date(2023, 5, 1),
        at=AT, by=None,
    )  # fmt: skip
    return LegalForm.objects.get(unit=cast.wajak, kind="upk"), second


def test_a_legal_form_is_mended_and_the_one_before_ends_the_day_before(cast: Cast, client: Client) -> None:
    first, second = _two_forms(cast)
    client.force_login(cast.joko)
    asked = {"kind": "koperasi", "name": "Koperasi Wajak", "basis": "Akta 7", "valid_from": "2023-06-15"}

    answer = client.post(reverse("network:unit_form_edit", args=[second.pk]), asked)

    assert answer.status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.valid_to == date(2023, 6, 14)
    assert (second.kind, second.name, second.basis, second.valid_from, second.valid_to) == (
        "koperasi", "Koperasi Wajak", "Akta 7", date(2023, 6, 15), None,
    )  # fmt: skip
    assert Entry.objects.filter(deed="unit.form_correct").count() == 1


def test_a_form_is_never_moved_past_its_neighbours(cast: Cast) -> None:
    first, second = _two_forms(cast)
    before = trace()

    for form, day, why in [
        (second, first.valid_from, actions.FormOutOfOrder), (first, date(2023, 5, 2), actions.FormPastEnd)
    ]:  # fmt: skip
        with pytest.raises(why):
            actions.correct_legal_form(
                form=form, kind=LegalKind(form.kind), name=form.name, basis="", valid_from=day, at=AT, by=None
            )

    assert trace() == before
    first.refresh_from_db()
    assert first.valid_to == date(2023, 4, 30)


def test_the_form_of_another_unit_is_not_found(cast: Cast, client: Client) -> None:
    client.force_login(cast.sekar)

    assert client.get(reverse("network:unit_form_edit", args=[cast.wajak.forms.get().pk])).status_code == 404
