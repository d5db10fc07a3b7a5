"""The intake in the office: send, look, correct, choose, confirm, mend."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from kendedes.journal.models import Entry
from kendedes.products.intake.reading import files
from kendedes.products.models import ColumnMapping, ImportBatch, Product, Variant

CSV = """Nama kelompok;Desa;Nama produk;Berat;Harga
Kelompok Fiktif Satu;Toyomarto;Keripik tempe;100 gr;12.500
;;Keripik tempe;250 gr;27.500
;;Keripik tempe;100 gr;12.500
;;Sambal bawang;150;Rp 18.000,-
Kelompok Fiktif Dua;Entahmana;Topeng kecil;;50rb
Kelompok Fiktif Dua;Candirenggo;;;20.000
"""


@pytest.fixture
def sekar(cast, client):
    client.force_login(cast.sekar)
    return client


def send(client, text=CSV, name="singosari.csv", **more):
    data = {
        "unit": more.pop("unit", None) or "",
        "file": SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode()),
        **more,
    }
    return client.post(reverse("intake:list"), data)


@pytest.fixture
def batch(sekar, cast):
    response = send(sekar, unit=cast.singosari.pk)
    found = ImportBatch.objects.get()
    assert response.url == reverse("intake:review", args=[found.pk])
    return found


def outcomes(batch):
    batch.refresh_from_db()
    return {row["row"]: row["outcome"] for row in batch.rows}


def test_nothing_is_stored_before_confirming_and_every_row_is_listed(sekar, batch):
    page = sekar.get(reverse("intake:review", args=[batch.pk])).content.decode()

    assert outcomes(batch) == {2: "new", 3: "variant", 4: "duplicate", 5: "new", 6: "error", 7: "error"}
    assert Product.objects.count() == 0
    assert "Tidak ada desa “Entahmana” di Kecamatan Singosari." in page
    assert "Lembar ‘singosari’ sel B6" in page
    assert "Nama produk kosong." in page


def test_all_counts_the_rows_it_shows_and_rows_of_totals_have_a_filter_of_their_own(sekar, cast):
    send(sekar, CSV + ";;Jumlah;;128.000\n", unit=cast.singosari.pk)
    address = reverse("intake:review", args=[ImportBatch.objects.get().pk])

    everything, skipped = sekar.get(address), sekar.get(address, {"hasil": "skipped"})

    assert (everything.context["total"], len(everything.context["rows"])) == (6, 6)
    assert [row["row"] for row in skipped.context["rows"]] == [8]


def test_choices_and_confirmation_store_all_at_once(sekar, cast, batch):
    sekar.post(reverse("intake:review", args=[batch.pk]), {"pilih:singosari!3": "pack", "pilih:singosari!4": ""})
    sekar.post(reverse("intake:confirm", args=[batch.pk]))

    batch.refresh_from_db()
    assert batch.state == "done"
    assert list(Product.objects.order_by("id").values_list("name_id", flat=True)) == ["Keripik tempe", "Sambal bawang"]
    assert list(Variant.objects.filter(product__name_id="Keripik tempe").values_list("net_value", flat=True)) == [
        100,
        250,
    ]
    assert Product.objects.get(name_id="Sambal bawang").remarks == [
        {"field": "contents", "text": "150", "source": "singosari.csv · singosari · D5"}
    ]
    entry = Entry.objects.get(deed="import.store")
    assert entry.by == cast.sekar
    assert entry.facts["created"] == ["SGS-0001", "SGS-0002"]


def test_confirming_twice_is_refused_and_changes_nothing(sekar, batch):
    sekar.post(reverse("intake:confirm", args=[batch.pk]))

    response = sekar.post(reverse("intake:confirm", args=[batch.pk]))

    assert response.status_code == 409
    assert Product.objects.count() == 2


def test_after_confirming_only_the_rows_in_error_are_kept_of_the_file(sekar, cast, batch):
    sekar.post(reverse("intake:confirm", args=[batch.pk]))
    batch.refresh_from_db()
    kept = files.read("perbaiki.xlsx", bytes(batch.content)).sheets[0].rows
    assert [row[2] for row in kept[1:]] == ["Topeng kecil", ""]

    send(sekar, "Nama kelompok;Desa;Nama produk\nFiktif Tiga;Toyomarto;Wajik\n", "utuh.csv", unit=cast.singosari.pk)
    whole = ImportBatch.objects.order_by("-id")[0]
    sekar.post(reverse("intake:confirm", args=[whole.pk]))
    whole.refresh_from_db()
    assert (whole.state, bytes(whole.content), len(whole.sha256)) == ("done", b"", 64)
    assert sekar.get(reverse("intake:mend", args=[whole.pk])).status_code == 404


def test_after_thirty_days_nothing_of_an_old_file_is_kept(sekar, cast, batch):
    send(sekar, CSV.replace("Keripik", "Kerupuk"), "kedua.csv", unit=cast.singosari.pk)
    second = ImportBatch.objects.order_by("-id")[0]
    sekar.post(reverse("intake:confirm", args=[second.pk]))
    ImportBatch.objects.update(sent_at=timezone.now() - timedelta(days=31))

    send(sekar, unit=cast.singosari.pk)

    call_command("hourly", verbosity=0)

    kept = [(b.state, bool(b.content)) for b in ImportBatch.objects.order_by("id")]
    assert kept == [("cancelled", False), ("done", False), ("review", True)]
    assert Entry.objects.filter(deed="import.cancel").count() == 1
    assert "kendedes.products.intake.actions.forget_old" in apps.get_app_config("products").hourly


def test_the_remark_of_a_product_is_shown_with_the_name_of_its_column(sekar, batch):
    sekar.post(reverse("intake:confirm", args=[batch.pk]))

    page = sekar.get(reverse("products:detail", args=[Product.objects.get(name_id="Sambal bawang").pk]))

    assert "<strong>berat atau isi:</strong> 150" in page.content.decode()


def test_rows_in_error_come_back_as_a_sheet_and_can_be_sent_again(sekar, cast, batch):
    sekar.post(reverse("intake:confirm", args=[batch.pk]))

    data = sekar.get(reverse("intake:mend", args=[batch.pk])).content

    rows = files.read("perbaiki.xlsx", data).sheets[0].rows
    assert rows[0] == ["Nama kelompok", "Desa", "Nama produk", "Berat", "Harga", "Yang perlu diperbaiki"]
    assert rows[1][:3] == ["Kelompok Fiktif Dua", "Entahmana", "Topeng kecil"]
    assert rows[1][5] == "Tidak ada desa “Entahmana” di Kecamatan Singosari."
    rows[1][1], rows[2][2] = "Candirenggo", "Gantungan kunci topeng"
    mended = "\n".join(";".join(str(c) for c in row) for row in rows)
    send(sekar, mended, "mended.csv", unit=cast.singosari.pk)
    again = ImportBatch.objects.order_by("-id")[0]
    assert outcomes(again) == {2: "new", 3: "new"}


def test_a_corrected_column_is_remembered_for_the_unit(sekar, cast):
    odd = "Kelompok;Desa;Barangnya apa;Duitnya\nKelompok Fiktif;Toyomarto;Keripik;9.000\n"
    odd = odd.replace("Barangnya apa", "Nama produk")
    send(sekar, odd, "a.csv", unit=cast.singosari.pk)
    batch = ImportBatch.objects.get()
    assert batch.mapping[0]["columns"][3]["field"] == "+"

    sekar.post(reverse("intake:columns", args=[batch.pk]), {"k0-3": "price"})

    batch.refresh_from_db()
    assert batch.rows[0]["price"] == [9000, 9000]
    assert ColumnMapping.objects.get().unit == cast.singosari
    send(sekar, odd.replace("Keripik", "Kopi"), "b.csv", unit=cast.singosari.pk)
    assert ImportBatch.objects.order_by("-id")[0].rows[0]["price"] == [9000, 9000]


def _examples(batch):
    return [text for sheet in batch.mapping for column in sheet["columns"] for text in column["examples"]]


def test_cancelling_drops_the_file_and_keeps_the_list(sekar, batch):
    assert _examples(batch) != []
    sekar.post(reverse("intake:cancel", args=[batch.pk]))

    batch.refresh_from_db()
    assert (batch.state, bytes(batch.content), len(batch.rows)) == ("cancelled", b"", 6)
    assert _examples(batch) == []
    assert sekar.get(reverse("intake:review", args=[batch.pk])).status_code == 200


@pytest.mark.parametrize("end", ["confirm", "cancel"])
def test_a_closed_file_quotes_no_cell_about_people(sekar, cast, end):
    text = (
        "Nama kelompok;Desa;Nama produk;Berat;No HP;Nama kontak\n"
        f"Kelompok Fiktif;Toyomarto;Keripik;150;0812 99 titip bu Fiktif;{'Bu Rahasia ' * 8}\n;;Kopi;100 g;081299990001;\n"
    )
    send(sekar, text, unit=cast.singosari.pk)
    batch = ImportBatch.objects.get()
    open_page = sekar.get(reverse("intake:review", args=[batch.pk])).content.decode()
    assert "“0812 99 titip bu Fiktif” bukan nomor telepon" in open_page

    sekar.post(reverse(f"intake:{end}", args=[batch.pk]))

    batch.refresh_from_db()
    held = json.dumps([batch.rows, batch.mapping, batch.choices, batch.fields, batch.counts])
    assert (batch.is_open, _examples(batch), bytes(batch.content)) == (False, [], b"")
    assert [secret for secret in ("0812", "99990001", "titip", "Rahasia") if secret in held] == []
    page = sekar.get(reverse("intake:review", args=[batch.pk])).content.decode()
    assert "“…” bukan nomor telepon" in page
    assert "“150” tanpa satuan" in page


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.xlsx", b"PK\x03\x04 not a zip at all", "rusak atau terpotong"),
        ("a.csv", b"", "kosong"),
        ("a.csv", b"<html><script>alert(1)</script></html>", "bukan lembar kerja"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "bukan lembar kerja"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "berformat Excel lama"),
        ("a.csv", "Nama produk;Harga\nKué;1\n".encode() + b"\xe9\xff;2\n", "tidak terbaca (baris 3)"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4, "bukan lembar kerja"),
        ("a.csv", b"satu;dua\n1;2\n", "Tidak ada baris judul"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_in_words_and_leaves_no_trace(sekar, cast, name, data, says):
    before = Entry.objects.count()

    response = send(sekar, data, name, unit=cast.singosari.pk)

    assert response.status_code == 422
    assert says in response.content.decode()
    assert ImportBatch.objects.count() == 0
    assert Entry.objects.count() == before


def test_an_operator_sends_only_for_her_own_unit(sekar, cast):
    response = send(sekar, CSV, unit=cast.wajak.pk)

    assert response.status_code == 422
    assert ImportBatch.objects.count() == 0


def test_the_export_of_a_unit_opens_as_a_sheet_and_judges_as_unchanged(sekar, cast, batch):
    sekar.post(reverse("intake:confirm", args=[batch.pk]))

    response = sekar.get(reverse("intake:export", args=[cast.singosari.pk]))
    send(sekar, response.content, "produk.xlsx", unit=cast.singosari.pk)

    again = ImportBatch.objects.order_by("-id")[0]
    assert set(outcomes(again).values()) == {"unchanged"}
    assert io.BytesIO(response.content).read(2) == b"PK"
