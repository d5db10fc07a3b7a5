"""What people do on the pages of consignment, from the first terms to a count."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from kendedes.consignment import actions
from kendedes.consignment.models import Paper, Proposal
from kendedes.consignment.tests.conftest import AT
from kendedes.ledger.actions.standing import place
from kendedes.ledger.models import Lot, LotPrice, Oddity, Place, Terms
from kendedes.network.actions import give_role
from kendedes.network.rules import Role

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def url(name, thing=None, **more):
    return reverse(f"consignment:{name}", kwargs={**({"pk": thing.pk} if thing is not None else {}), **more})


@pytest.fixture
def as_(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def terms_form(**more):
    return {
        "scope": "association", "valid_from": "2026-11-20", "mode": "consignment", "named_side": "producer", "named_bp": "85",
        "unit_bp": "5", "period_days": "14", "hold_days": "3", "expiry_producer_bp": "10000", "damage_producer_bp": "0",
        "loss_producer_bp": "0", **more,
    }  # fmt: skip


def test_an_operator_sees_an_example_proposes_and_the_manager_agrees(cast, as_):
    browser = as_(cast.sekar)
    form = terms_form(scope=f"producer:{cast.tempe.pk}", cut_name_1="tabungan", cut_bp_1="10")
    page = browser.post(url("propose"), {**form, "show": "1"}).content.decode()
    assert Proposal.objects.count() == 0
    assert re.findall(r'<td class="num[^"]*">(Rp[\d.]+)</td>', page) == [
        "Rp200.000",
        "Rp20.000",
        "Rp10.000",
        "Rp17.000",
        "Rp153.000",
    ]

    browser.post(url("propose"), form)
    proposal = Proposal.objects.get()
    assert as_(cast.sekar).post(url("agree", proposal)).status_code == 403
    as_(cast.ratna).post(url("agree", proposal))

    terms = Terms.objects.get()
    assert (terms.gallery_bp, terms.unit_bp, terms.producer, terms.period_days) == (1000, 500, cast.tempe, 14)
    assert terms.deductions == [["tabungan", 1000]]


def test_flat_dues_are_proposed_agreed_and_read(cast, as_):
    browser = as_(cast.ratna)
    form = terms_form(named_bp="100", unit_bp="0", dues_month="10.000")
    shown = browser.post(url("propose"), {**form, "show": "1"}).content.decode()
    browser.post(url("propose"), form)
    browser.post(url("agree", Proposal.objects.get()))

    terms = Terms.objects.get()
    assert (terms.gallery_bp, terms.unit_bp, terms.dues_month) == (0, 0, 10_000)
    assert "Iuran Rp10.000 dipotong sekali tiap bulan" in shown
    assert "Rp10.000 tiap bulan" in browser.get(url("terms-one", terms)).content.decode()
    assert "iuran Rp10.000 tiap bulan" in browser.get(url("terms")).content.decode()


def test_goods_bought_outright_carry_no_dues(cast, as_):
    as_(cast.ratna).post(url("propose"), terms_form(mode="purchase", markup_bp="20", dues_month="10.000"))

    assert Proposal.objects.get().values["dues_month"] == 0


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"named_bp": "98", "unit_bp": "5"}, "named_bp"), ({"named_bp": ""}, "named_bp"), ({"cut_name_1": "x"}, "cut_name_1"),
        ({"mode": "purchase"}, "markup_bp"), ({"named_bp": "101"}, "named_bp"), ({"scope": "unit:99999"}, "scope"),
    ],
)  # fmt: skip
def test_terms_that_make_no_sense_are_sent_back(cast, as_, change, field):
    response = as_(cast.ratna).post(url("propose"), terms_form(**change))

    assert field in response.context["form"].errors
    assert Proposal.objects.count() == 0


def test_goods_are_taken_in_by_scanning_and_typing_then_labelled(office, as_):
    cast, shop = office.shop.cast, office.shop
    browser = as_(cast.sekar)
    begun = browser.post(url("paper-new", kind="nota"), {"target": f"unit:{cast.singosari.pk}", "giver": "Bu Tini"})
    paper = Paper.objects.get(kind="nota")
    assert begun.headers["Location"] == url("paper", paper)

    line = {"code": shop.variant.code.lower(), "quantity": "10", "price": "15.000", "expires_on": "2027-01-20"}
    browser.post(url("paper", paper), line)
    browser.post(
        url("paper", paper), {**line, "code": "keripik tempe", "quantity": "4", "price": "", "maker_price": "17.000"}
    )
    browser.post(url("paper-issue", paper), {"key": str(uuid.uuid4())})

    paper.refresh_from_db()
    lots = [row.lot for row in paper.lines.all()]
    assert str(paper) == "NT-2026-0001"
    assert [(lot.price, lot.maker_price) for lot in lots] == [(15_000, 12_750), (20_000, 17_000)]
    labels = browser.get(url("paper-labels", paper))
    assert labels.content.startswith(b"%PDF")
    assert labels.content.count(b"/Type /Page") >= 14 or labels.headers["Content-Disposition"].endswith('50x30.pdf"')


def test_words_that_mean_several_goods_are_asked_about(office, as_):
    cast = office.shop.cast
    cast.product(name="Keripik pisang")
    browser = as_(cast.sekar)
    browser.post(url("paper-new", kind="nota"), {"target": f"unit:{cast.singosari.pk}"})
    paper = Paper.objects.get(kind="nota")

    response = browser.post(url("paper", paper), {"code": "keripik", "quantity": "1", "price": "1000"})

    assert len(response.context["options"]) == 2
    assert paper.lines.count() == 0
    unknown = browser.post(url("paper", paper), {"code": "XYZ", "quantity": "1", "price": "1000"})
    assert "code" in unknown.context["form"].errors


def test_an_operator_takes_in_goods_of_her_own_unit_only(office, as_):
    cast = office.shop.cast
    other = cast.product(cast.apel, "Anyaman")
    browser = as_(cast.sekar)
    refused = browser.post(url("paper-new", kind="nota"), {"target": f"unit:{cast.wajak.pk}"})
    assert "target" in refused.context["form"].errors
    browser.post(url("paper-new", kind="nota"), {"target": f"unit:{cast.singosari.pk}"})
    paper = Paper.objects.get(kind="nota")

    response = browser.post(url("paper", paper), {"code": other.variants.get().code, "quantity": "1", "price": "1000"})

    assert "code" in response.context["form"].errors


def test_a_delivery_goes_to_the_gallery_and_comes_short(office, as_):
    cast = office.shop.cast
    lot = office.note((10, 15_000)).lines.get().lot
    unit = as_(cast.sekar)
    unit.post(
        url("paper-new", kind="jalan"), {"source": f"unit:{cast.singosari.pk}", "target": "store", "giver": "Sekar"}
    )
    paper = Paper.objects.get(kind="jalan")
    unit.post(url("paper", paper), {"code": lot.code, "quantity": "6"})
    unit.post(url("paper-issue", paper))
    assert unit.get(url("paper-receive", paper)).status_code == 404

    gallery = as_(cast.ratna)
    assert url("paper-receive", paper) in gallery.get(url("home")).content.decode()
    gallery.post(url("paper-receive", paper), {f"n-{paper.lines.get().pk}": "5"})

    assert office.stock(lot) == {office.unit.key: 4, "store": 5, "transit": 1}
    page = gallery.get(url("differences")).content.decode()
    assert "kurang saat diterima" in page
    gallery.post(url("difference-settle", Oddity.objects.get()), {"way": "late", "note": "tertinggal"})
    assert office.stock(lot) == {office.unit.key: 4, "store": 6}


def test_asking_for_more_than_is_there_is_refused_in_words(office, as_):
    cast = office.shop.cast
    lot = office.note((3, 15_000)).lines.get().lot
    browser = as_(cast.sekar)
    browser.post(url("paper-new", kind="retur"), {"source": f"unit:{cast.singosari.pk}"})
    paper = Paper.objects.get(kind="retur")
    browser.post(url("paper", paper), {"code": lot.code, "quantity": "4"})

    response = browser.post(url("paper-issue", paper))

    assert response.status_code == 409
    assert "hanya ada 3, diminta 4" in response.content.decode()


def test_a_keeper_counts_blind_and_the_manager_approves(office, as_):
    cast, shop = office.shop.cast, office.shop
    give_role(
        user=cast.stranger, role=Role.STAND_KEEPER, association=cast.association, at=AT - timedelta(days=1), by=None
    )
    keeper = as_(cast.stranger)
    keeper.post(url("paper-new", kind="opname"), {"source": shop.shelf.key})
    paper = Paper.objects.get(kind="opname")
    line = paper.lines.get()
    blind = keeper.get(url("count", paper)).content.decode()
    assert ">10<" not in blind
    assert 'value="10"' not in blind
    refused = keeper.post(url("count", paper), {"finish": "1"})
    assert "belum dihitung" in refused.content.decode()

    keeper.post(url("count", paper), {f"n-{line.pk}": "8", "finish": "1"})
    shown = keeper.get(url("count", paper)).content.decode()
    assert "−2" in shown
    assert keeper.post(url("count-approve", paper)).status_code == 404
    as_(cast.ratna).post(url("count-approve", paper))

    assert office.stock(shop.lot) == {"shelf:1": 8, "lost": 2}


def test_a_scanned_paper_and_label_lead_to_their_pages(office, as_):
    cast = office.shop.cast
    paper = office.note((1, 15_000))
    lot = paper.lines.get().lot
    browser = as_(cast.ratna)

    def asked(text):
        return browser.get(url("find"), {"q": text}).headers["Location"]

    assert asked(f"https://galeri.example/kantor/titipan/d/{paper.code}") == url("paper", paper)
    assert asked("nt-2026-0001") == url("paper", paper)
    assert asked(lot.code.lower()) == url("lot", lot)
    assert asked("tempe").startswith(url("stock"))
    assert browser.get(url("scanned", code=paper.code)).headers["Location"] == url("paper", paper)
    assert browser.get(url("scanned", code="D99999")).status_code == 404
    assert as_(cast.joko).get(url("scanned", code=paper.code)).status_code == 404


def test_a_lots_page_tells_its_whole_life_to_its_producer(office, as_):
    cast = office.shop.cast
    lot = office.note((10, 15_000)).lines.get().lot
    office.arrive(office.send(lot, 6))
    office.shop.sell((lot, 2, 30_000))

    page = as_(cast.tini).get(url("lot", lot)).content.decode()

    told = re.findall(r"<strong>(\d+)</strong> · ([^<]+)<", page)
    store = office.unit.name
    assert told == [
        ("10", f"Datang dari produsen ke {store}"), ("6", f"Dikirim dari {store}"), ("6", "Tiba di Stan 3, rak B"),
        ("2", "Terjual dari Stan 3, rak B"),
    ]  # fmt: skip
    assert as_(cast.joko).get(url("lot", lot)).status_code == 404


def test_stock_is_shown_by_producer_product_and_place(office, as_):
    office.note((10, 15_000))
    browser = as_(office.shop.cast.ratna)

    def groups(by):
        return [(g.title, g.pieces, g.worth) for g in browser.get(url("stock"), {"menurut": by}).context["groups"]]

    assert groups("producer") == [(office.shop.cast.tempe.name, 20, 300_000)]
    assert [title for title, *_rest in groups("place")] == ["Stan 3, rak B", office.unit.name]
    assert groups("product")[0][0] == office.shop.product.name_id
    assert browser.get(url("stock"), {"q": "tidakada"}).context["groups"] == []


def test_a_long_stock_is_turned_page_by_page(office, as_, monkeypatch):
    monkeypatch.setattr("kendedes.consignment.views.stock.GROUPS", 1)
    office.note((10, 15_000))
    browser = as_(office.shop.cast.ratna)
    whole = browser.get(url("stock"), {"menurut": "place"}).context["pieces"]
    read = []
    for page in ("", "1", "2"):
        answer = browser.get(url("stock"), {"menurut": "place", "page": page})
        read.append([(g.title, g.pieces) for g in answer.context["groups"]])
        assert answer.context["pieces"] == whole == 20  # the total is of everything, not of the page
    first, again, second = read
    assert first == again == [("Stan 3, rak B", 10)]
    assert second == [(office.unit.name, 10)]
    text = browser.get(url("stock"), {"menurut": "place", "page": "2"}).content.decode()
    assert 'rel="prev" href="?menurut=place&amp;page=1"' in text
    assert 'href="?menurut=product"' in text  # another order begins at its first page
    assert browser.get(url("stock"), {"menurut": "place", "page": "99"}).context["page_obj"].number == 2


def test_what_expires_is_listed_by_days_left_and_marked_down(office, as_):
    shop = office.shop
    for days in (-1, 0, 7, 8, 14, 20, 30, 31):
        shop.new_lot(1, expires_on=TODAY + timedelta(days=days))
    browser = as_(shop.cast.ratna)

    found = {
        str(title): [(h.lot.expires_on - TODAY).days for h in rows]
        for title, _tone, rows in browser.get(url("expiry")).context["groups"]
    }
    assert found == {
        "Sudah lewat": [-1], "Dalam 7 hari": [0, 7], "Dalam 14 hari": [8, 14], "Dalam 30 hari": [20, 30],
    }  # fmt: skip

    lot = Lot.objects.get(expires_on=TODAY + timedelta(days=7))
    browser.post(url("lot-price", lot), {"price": "10.000", "reason": "mendekati kedaluwarsa"})
    assert LotPrice.objects.get().price == 10_000
    assert "Rp10.000" in browser.get(url("lot", lot)).content.decode()


def test_each_way_with_expiring_goods_is_one_tap(office, as_):
    shop = office.shop
    soon = shop.new_lot(4, price=15_000, minimum_price=11_000, expires_on=TODAY + timedelta(days=3))
    gone = shop.new_lot(2, expires_on=TODAY - timedelta(days=3))
    fair = place(shop.cast.association, Place.Kind.EVENT, key="event:1", name="Pasar Minggu")
    ratna = as_(shop.cast.ratna)
    page = ratna.get(url("expiry")).content.decode()
    assert "Turunkan ke Rp12.000" in page
    assert "Ke Pasar Minggu" in page

    for _ in range(2):  # the second tap finds it at its least
        ratna.post(reverse("consignment:offer", args=[soon.pk, "harga"]))
    assert sorted(LotPrice.objects.values_list("price", flat=True)) == [11_000, 12_000]
    assert "Turunkan" not in ratna.get(url("expiry")).content.decode()

    spot = {"spot": str(shop.shelf.pk)}
    for lot, way, kind, more in (
        (soon, "retur", "retur", {}), (gone, "hapus", "hapus", {}), (soon, "jalan", "jalan", {"target": str(fair.pk)}),
    ):  # fmt: skip
        ratna.post(reverse("consignment:offer", args=[lot.pk, way]), {**spot, **more})
        paper = Paper.objects.order_by("-pk")[0]
        line = paper.lines.get()
        assert (paper.kind, paper.state, paper.source, line.lot) == (kind, "draft", shop.shelf, lot)
        assert line.quantity == {"retur": 4, "hapus": 2, "jalan": 4}[way]
    assert Paper.objects.count() == 3
    wrong = ratna.post(reverse("consignment:offer", args=[gone.pk, "bakar"]), spot)
    assert (wrong.status_code, Paper.objects.count()) == (409, 3)
    assert as_(shop.cast.joko).post(reverse("consignment:offer", args=[soon.pk, "harga"])).status_code == 404


def test_the_home_page_says_what_waits(office, as_):
    from kendedes.network.queries.waiting import standing

    cast, shop = office.shop.cast, office.shop
    lot = office.note((10, 15_000)).lines.get().lot
    office.send(lot, 2)
    shop.new_lot(1, expires_on=TODAY - timedelta(days=1))
    sold = shop.new_lot(1, expires_on=TODAY - timedelta(days=1))
    shop.sell((sold, 1, 15_000))
    actions.propose(association=cast.association, valid_from=TODAY, values={"gallery_bp": 1}, at=AT, by=None)

    waits = {str(w.label): w.count for w in standing(cast.ratna).waits}

    assert waits["surat jalan menunggu diterima"] == 1
    assert waits["titipan lewat kedaluwarsa masih di tempatnya"] == 1
    assert waits["usulan kesepakatan menunggu keputusan"] == 1


def test_a_paper_is_printed_from_the_browser_and_as_pdf(office, as_, tmp_path):
    from kendedes.consignment.tests.reading import codes_by_zbar, codes_on, text_of

    paper = office.note((10, 15_000))
    browser = as_(office.shop.cast.ratna)

    pdf = browser.get(url("paper-pdf", paper)).content
    (tmp_path / "surat.pdf").write_bytes(pdf)
    page = browser.get(url("paper-printed", paper)).content.decode()

    assert pdf == browser.get(url("paper-pdf", paper)).content
    text = text_of(tmp_path / "surat.pdf")
    for words in ("NT-2026-0001", "Keripik tempe", "Rp12.750", "Yang menitipkan", paper.code):
        assert words in text
        assert words in page or words == "Keripik tempe"
    address = f"http://testserver{url('scanned', code=paper.code)}"
    assert codes_on(tmp_path / "surat.pdf", tmp_path) == [address]
    assert codes_by_zbar(tmp_path / "surat.pdf", tmp_path) == [address]
