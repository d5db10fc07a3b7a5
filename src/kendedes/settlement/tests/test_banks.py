"""Bank accounts: sealed, masked, read for a reason, never paid by whoever just changed them, never in a file."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test import Client

from kendedes.journal.models import Entry
from kendedes.network import actions as network
from kendedes.network.rules import Role
from kendedes.settlement import actions
from kendedes.settlement.actions.refusals import AccountTooFresh, AccountUnreadable, NoAccount, ReasonNeeded
from kendedes.settlement.models import BankAccount, Payout, Settlement
from kendedes.settlement.queries.banks import Opened, account_of, accounts_for, others_with
from kendedes.testing.cast import PASSWORD
from kendedes.testing.shop import AT, DAY

NUMBER = "0071234500987"
LATER = DAY + timedelta(days=10)


def account(owner, number=NUMBER, *, at=AT, by=None):
    return actions.set_account(owner=owner, bank="Bank Contoh", number=number, holder="Bu Tini (fiktif)", at=at, by=by)


def approved(shop):
    cast = shop.cast
    settlement = actions.draw_up(
        association=cast.association, ends_on=LATER, at=AT, by=cast.sekar, today=LATER + timedelta(days=1)
    )
    actions.check(settlement=settlement, at=AT, by=cast.sekar)
    actions.approve(settlement=settlement, digest=settlement.digest, at=AT, by=cast.ratna)
    return settlement.statements.get()


def transfer(shop, statement, *, at, by):
    return actions.pay_out(statement=statement, amount=1_000, method="transfer", paid_on=DAY, at=at, by=by)


@pytest.fixture
def treasurer(shop):
    network.give_role(user=shop.cast.joko, role=Role.TREASURER, association=shop.cast.association, at=AT, by=None)
    return shop.cast.joko


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_number_is_nowhere_in_the_database_and_opens_only_in_its_own_row(shop):
    mine, other = account(shop.cast.tempe), account(shop.cast.apel, "5550001112")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM settlement_bankaccount")
        kept = repr([[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor.fetchall()])
    assert NUMBER not in kept
    assert "Bu Tini" not in kept
    assert NUMBER not in repr(list(Entry.objects.values_list("facts", flat=True)))

    BankAccount.objects.filter(pk=other.pk).update(sealed=bytes(mine.sealed))

    with pytest.raises(AccountUnreadable):
        actions.reveal_account(owner=shop.cast.apel, reason="Mencocokkan", at=AT, by=shop.cast.ratna)
    found = actions.reveal_account(owner=shop.cast.tempe, reason="Mencocokkan", at=AT, by=shop.cast.ratna)
    assert found == Opened(NUMBER, "Bu Tini (fiktif)")


def test_another_key_reads_nothing(shop, settings):
    account(shop.cast.tempe)
    settings.SECRET_KEY = "lain" * 10

    with pytest.raises(AccountUnreadable):
        actions.reveal_account(owner=shop.cast.tempe, reason="Mencocokkan", at=AT, by=shop.cast.ratna)
    assert Entry.objects.filter(deed="bank_account.reveal").count() == 0


def test_reading_needs_a_reason_and_leaves_a_row(shop):
    account(shop.cast.tempe)
    with pytest.raises(ReasonNeeded):
        actions.reveal_account(owner=shop.cast.tempe, reason="  x ", at=AT, by=shop.cast.ratna)
    with pytest.raises(NoAccount):
        actions.reveal_account(owner=shop.cast.apel, reason="Mencocokkan", at=AT, by=shop.cast.ratna)
    assert Entry.objects.filter(deed="bank_account.reveal").count() == 0

    actions.reveal_account(owner=shop.cast.tempe, reason="Mencocokkan", at=AT, by=shop.cast.ratna)

    entry = Entry.objects.get(deed="bank_account.reveal")
    assert (entry.by, entry.facts["reason"]) == (shop.cast.ratna, "Mencocokkan")


def test_whoever_changed_an_account_pays_nothing_to_it_for_three_days(shop):
    shop.sell((shop.lot, 3, 45_000))
    statement = approved(shop)
    account(shop.cast.tempe, by=shop.cast.sekar)

    with pytest.raises(AccountTooFresh):
        transfer(shop, statement, at=AT + timedelta(hours=71, minutes=59), by=shop.cast.sekar)
    assert Payout.objects.count() == 0
    transfer(shop, statement, at=AT, by=shop.cast.joko)
    transfer(shop, statement, at=AT + timedelta(hours=72), by=shop.cast.sekar)
    assert Payout.objects.count() == 2


def test_the_list_for_the_bank_leaves_out_what_its_maker_just_changed(shop):
    shop.sell((shop.lot, 3, 45_000))
    settlement = Settlement.objects.get(pk=approved(shop).settlement_id)
    account(shop.cast.tempe, by=shop.cast.sekar)

    mine = actions.list_transfers(settlement=settlement, at=AT, by=shop.cast.sekar)
    other = actions.list_transfers(settlement=settlement, at=AT, by=shop.cast.joko)

    assert [(t.number, t.note, t.amount) for t in mine] == [("", "too_fresh", 38_250)]
    assert [(t.number, t.note, t.amount) for t in other] == [(NUMBER, "", 38_250)]


def test_without_an_account_of_her_own_a_producer_is_paid_by_her_units(shop):
    cast = shop.cast
    account(cast.singosari, "9990001112223")

    assert accounts_for([cast.tempe, cast.apel]).keys() == {cast.tempe.pk}
    own = account(cast.tempe)
    assert accounts_for([cast.tempe])[cast.tempe.pk] == own


def test_the_same_again_changes_nothing_and_a_change_ends_the_one_before(shop):
    first = account(shop.cast.tempe)
    assert account(shop.cast.tempe, at=AT + timedelta(days=9)) == first
    second = account(shop.cast.tempe, "1112223334")

    first.refresh_from_db()
    assert first.ended_at == AT
    assert account_of(shop.cast.tempe) == second
    assert Entry.objects.filter(deed="bank_account.set").count() == 2


def test_a_number_used_twice_is_said(shop):
    account(shop.cast.apel)
    mine = account(shop.cast.tempe)

    assert others_with(mine) == [str(shop.cast.apel)]


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE settlement_bankaccount SET set_by_id = NULL",
        "UPDATE settlement_bankaccount SET set_at = '2020-01-01 00:00:00+00:00'",
        "DELETE FROM settlement_bankaccount",
    ],
)
def test_who_changed_an_account_cannot_be_rewritten(shop, attack):
    account(shop.cast.tempe, by=shop.cast.sekar)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)


def test_pages_show_the_tail_only_until_a_reason_is_given(shop, treasurer):
    account(shop.cast.tempe)
    page = f"/kantor/rekening/produsen/{shop.cast.tempe.pk}/"
    joko = browser(treasurer)

    assert NUMBER not in joko.get(page).content.decode()
    assert "•••• 0987" in joko.get(page).content.decode()
    assert NUMBER not in joko.get("/kantor/rekening/").content.decode()
    answer = joko.post(f"{page}buka/", {"reason": "Mencocokkan dengan buku tabungan"})
    assert NUMBER in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_an_operator_enters_but_never_reads(shop):
    page = f"/kantor/rekening/produsen/{shop.cast.tempe.pk}/"
    account(shop.cast.tempe)
    sekar = browser(shop.cast.sekar)

    assert "buka/" not in sekar.get(page).content.decode()
    assert sekar.post(f"{page}buka/", {"reason": "Ingin tahu"}).status_code == 403
    assert "/akun/reauthenticate/" in sekar.get(f"{page}ganti/")["Location"]
    assert browser(shop.cast.joko).get(page).status_code == 404


def test_exports_carry_no_account(shop, treasurer, tmp_path):
    shop.sell((shop.lot, 3, 45_000))
    account(shop.cast.tempe)
    statement = approved(shop)
    transfer(shop, statement, at=AT, by=treasurer)

    for what in ("laporan", "pembayaran", "uang"):
        file = tmp_path / f"{what}.csv"
        call_command("export", what, out=file, stdout=io.StringIO(), association="kendedes")
        assert NUMBER not in file.read_text()


def test_erasing_leaves_nothing_of_any_account_but_who_entered_it_and_when(shop):
    cast = shop.cast
    first = account(cast.tempe, by=cast.sekar)
    account(cast.tempe, "1112223334", at=AT + timedelta(days=1), by=cast.sekar)
    kept = account(cast.apel, "5550001112")

    assert (
        actions.erase_accounts(owner=cast.tempe, reason="Diminta Bu Tini", at=AT + timedelta(days=2), by=cast.ratna)
        == 2
    )

    rows = BankAccount.objects.filter(producer=cast.tempe)
    assert set(rows.values_list("bank", "sealed", "index", "tail")) == {("", b"", "", "")}
    assert list(rows.order_by("pk").values_list("set_by", "ended_at")) == [
        (cast.sekar.pk, AT + timedelta(days=1)), (cast.sekar.pk, AT + timedelta(days=2)),
    ]  # fmt: skip
    assert (account_of(cast.tempe), account_of(cast.apel)) == (None, kept)
    assert Entry.objects.get(deed="bank_account.erase").facts == {
        "name": str(cast.tempe), "accounts": 2, "reason": "Diminta Bu Tini",
    }  # fmt: skip
    with pytest.raises(NoAccount):
        actions.erase_accounts(owner=cast.tempe, reason="Sekali lagi", at=AT, by=cast.ratna)
    assert first.pk in rows.values_list("pk", flat=True)


def test_erasing_needs_a_reason_and_leaves_no_trace_without(shop):
    account(shop.cast.tempe)

    with pytest.raises(ReasonNeeded):
        actions.erase_accounts(owner=shop.cast.tempe, reason=" ya ", at=AT, by=shop.cast.ratna)

    assert account_of(shop.cast.tempe) is not None
    assert Entry.objects.filter(deed="bank_account.erase").count() == 0


def test_a_second_account_after_erasing_is_like_a_first(shop):
    account(shop.cast.tempe)
    actions.erase_accounts(owner=shop.cast.tempe, reason="Diminta Bu Tini", at=AT, by=None)

    again = account(shop.cast.tempe)

    assert (account_of(shop.cast.tempe), others_with(again)) == (again, [])


def test_the_page_to_erase_asks_for_the_password_then_a_reason(shop):
    cast = shop.cast
    account(cast.tempe)
    page = f"/kantor/rekening/produsen/{cast.tempe.pk}/"
    sekar = browser(cast.sekar)

    assert f"{page}hapus/" in sekar.get(page).content.decode()
    assert "/akun/reauthenticate/" in sekar.post(f"{page}hapus/", {"reason": "Diminta Bu Tini"})["Location"]
    assert account_of(cast.tempe) is not None

    sekar.post("/akun/reauthenticate/", {"password": PASSWORD})
    assert "•••• 0987" in sekar.get(f"{page}hapus/").content.decode()
    assert sekar.post(f"{page}hapus/", {"reason": "Diminta Bu Tini"})["Location"] == page
    assert account_of(cast.tempe) is None
    assert f"{page}hapus/" not in sekar.get(page).content.decode()
    assert "Tidak ada data rekening" in sekar.get(f"{page}hapus/").content.decode()
