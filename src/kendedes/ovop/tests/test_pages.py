"""The pages of choosing as people use them."""

import pytest

from kendedes.ovop import actions
from kendedes.ovop.models import Award, Conflict, Round, Rubric, Submission
from kendedes.ovop.tests.rubrics import COMPLETE
from kendedes.products.models import Product
from kendedes.testing.cast import AT


@pytest.fixture
def rubric(cast):
    actions.ensure_presets()
    copy = actions.copy_rubric(
        rubric=Rubric.objects.get(code="th-opc"), association=cast.association, at=AT, by=cast.ratna
    )
    return actions.change_rubric(rubric=copy, definition=COMPLETE, at=AT, by=cast.ratna)


def test_a_round_is_opened_scored_by_two_and_closed_in_the_browser(cast, rubric, client):
    product = cast.product()
    Product.objects.update(state=Product.State.ACCEPTED)
    client.force_login(cast.sekar)
    opened = client.post(
        "/kantor/ovop/putaran/baru/",
        {
            "title": "OVOP 2026",
            "period": "2026",
            "unit": cast.singosari.pk,
            "rubric": rubric.pk,
            "method": "mean",
            "minimum_assessors": 2,
        },
    )
    round_ = Round.objects.get()
    assert opened.url == f"/kantor/ovop/putaran/{round_.pk}/"
    base = f"/kantor/ovop/putaran/{round_.pk}"
    client.post(f"{base}/calon/", {"product": [product.pk]})
    client.post(f"{base}/penilai/", {"assessors": [cast.yudi.pk, cast.lestari.pk]})
    client.post(f"{base}/mulai/")
    candidate = round_.candidates.get()
    for who in (cast.yudi, cast.lestari):
        client.force_login(who)
        assert "Keripik tempe sagu" in client.get("/kantor/ovop/").content.decode()
        client.post(f"/kantor/ovop/lembar/{candidate.pk}/", {"p-A1": "10", "n-A1": "nota", "p-B1": "3", "n-B1": ""})
    client.force_login(cast.sekar)
    assert "putaran penilaian siap ditutup" in client.get("/kantor/").content.decode()
    client.post(f"{base}/calon/{candidate.pk}/syarat/", {"gate": "izin", "passed": "on", "note": "dilihat"})
    client.post(f"{base}/tutup/")

    assert Award.objects.values_list("centi", "stars").get() == (1300, 3)
    minutes = client.get(f"{base}/berita-acara.pdf")
    assert minutes["Content-Type"] == "application/pdf"
    assert minutes.content[:5] == b"%PDF-"
    assert client.get(f"{base}/berita-acara.pdf").content == minutes.content


def test_a_sheet_with_a_gap_is_shown_again_and_nothing_is_stored(cast, rubric, client):
    product = cast.product()
    Product.objects.update(state=Product.State.ACCEPTED)
    product.refresh_from_db()
    round_ = actions.open_round(
        association=cast.association, unit=cast.singosari, rubric=rubric, title="x", period="2026", at=AT, by=cast.sekar
    )
    (candidate,) = actions.add_candidates(round_=round_, products=[product], at=AT, by=cast.sekar)
    actions.set_assessors(round_=round_, users=[cast.yudi, cast.lestari], at=AT, by=cast.sekar)
    actions.start_scoring(round_=round_, at=AT, by=cast.sekar)
    client.force_login(cast.yudi)

    page = client.post(f"/kantor/ovop/lembar/{candidate.pk}/", {"p-A1": "7"})

    assert page.status_code == 200
    assert page.content.decode().count("Pilih satu tingkat.") == 2
    assert Submission.objects.count() == 0

    client.post(f"/kantor/ovop/lembar/{candidate.pk}/hubungan/", {"reason": "anak ketua kelompok"})
    assert Conflict.objects.get().reason == "anak ketua kelompok"
    assert "tidak dinilai" in client.get(f"/kantor/ovop/lembar/{candidate.pk}/").content.decode()


def test_a_preset_is_copied_and_completed_on_the_page(cast, client):
    actions.ensure_presets()
    preset = Rubric.objects.get(code="th-opc")
    client.force_login(cast.ratna)
    client.post(f"/kantor/ovop/rubrik/{preset.pk}/salin/")
    copy = Rubric.objects.get(association=cast.association)
    data = {
        "title_id": "Rubrik kita", "title_en": "", "source": "Rapat", "source_url": "", "validity_months": "24", "bands": "1=5, 2=10",
        "s0-code": "A", "s0-title": "Mutu", "s0-maximum": "10",
        "s0-c0-code": "A1", "s0-c0-title": "Rasa", "s0-c0-maximum": "10", "s0-c0-step": "quality", "s0-c0-levels": "2 | biasa | plain\n10 | istimewa | special",
    }  # fmt: skip

    client.post(f"/kantor/ovop/rubrik/{copy.pk}/ubah/", {**data, "bands": "satu"})
    copy.refresh_from_db()
    assert copy.title_id == "Thailand, OTOP Product Champion"

    client.post(f"/kantor/ovop/rubrik/{copy.pk}/ubah/", data)
    copy.refresh_from_db()
    assert (copy.title_id, copy.complete) == ("Rubrik kita", True)
    assert [x.label.en for x in copy.parsed().criteria[0].levels] == ["plain", "special"]
    page = client.get(f"/en/kantor/ovop/rubrik/{copy.pk}/").content.decode()
    assert "special" in page
    assert "istimewa" not in page
