"""Who may open the pages of settlement."""

from __future__ import annotations

import io
from datetime import timedelta

from PIL import Image

from kendedes.network import actions as network
from kendedes.settlement import actions
from kendedes.testing.matrix import EVERYBODY, Page, World
from kendedes.testing.shop import AT, DAY, open_shop

MONEY = {"manager", "treasurer"}
PAPERS = {"manager", "treasurer", "operator", "representative"}
LISTS = PAPERS | {"operator_b", "neighbour"}
KEEPERS = MONEY | {"operator"}
SETTLES = {"manager", "treasurer", "neighbour"}


def build(world: World) -> None:
    """A paid settlement of unit A and a draft; a personal link."""
    cast = world.cast
    shop = open_shop(cast)
    shop.sell((shop.lot, 2, 30_000))
    first = actions.draw_up(
        association=cast.association, ends_on=DAY, at=AT, by=cast.sekar, today=DAY + timedelta(days=1), everybody=True
    )  # fmt: skip
    actions.check(settlement=first, at=AT, by=cast.sekar)
    actions.approve(settlement=first, digest=first.digest, at=AT, by=cast.bima)
    statement = first.statements.get(producer=cast.tempe)
    payout = actions.pay_out(statement=statement, amount=100, method="cash", paid_on=DAY, at=AT, by=cast.sekar)
    day = DAY + timedelta(days=40)
    draft = actions.draw_up(
        association=cast.association, ends_on=day, at=AT, by=cast.sekar, today=day + timedelta(days=1)
    )
    # Whoever has a link reads what it shows, so it must not lead to a producer whose texts other apps filled with canaries.
    plain = network.create_producer(
        association=cast.association, unit=cast.singosari, village=cast.tempe.village, name="Kelompok Tautan (fiktif)", at=AT,
        by=None,
    )  # fmt: skip
    for owner, number in ((cast.tempe, "0012345678"), (cast.apel, "0087654321")):
        actions.set_account(owner=owner, bank="Bank Contoh", number=number, holder="Kelompok (fiktif)", at=AT, by=None)
    picture = Image.new("RGB", (80, 80), "white")
    out = io.BytesIO()
    picture.save(out, "JPEG")
    evidence = actions.keep_evidence(payout=payout, data=out.getvalue(), name="kuitansi.jpg", at=AT, by=cast.sekar)
    world.made |= {
        "evidence": evidence,
        "settlement": first, "statement": statement, "payout": payout, "settlement_draft": draft,
        "producer_link": actions.make_link(producer=plain, at=AT, by=None),
    }  # fmt: skip


def _draft(world: World) -> dict[str, int]:
    return {"pk": world.settlement_draft.pk}


def _done(world: World) -> dict[str, int]:
    return {"pk": world.settlement.pk}


def _paper(world: World) -> dict[str, int]:
    return {"pk": world.statement.pk}


def _maker(world: World) -> dict[str, object]:
    return {"kind": "produsen", "pk": world.cast.tempe.pk}


def _payout(world: World) -> dict[str, int]:
    return {"pk": world.payout.pk}


ROWS = [
    Page("settlement:list", SETTLES),
    Page("settlement:new", SETTLES),
    Page("settlement:detail", MONEY, _done),
    Page("settlement:check", MONEY, _draft, method="POST"),
    Page(
        "settlement:approve", {"manager"}, _draft, method="POST", data=lambda w: {"digest": w.settlement_draft.digest}
    ),
    Page("settlement:discard", MONEY, _draft, method="POST"),
    Page("settlement:bundle", MONEY, _done, head=False),
    Page("settlement:transfers", MONEY, lambda w: {"pk": w.settlement.pk, "form": "csv"}, method="POST"),
    Page("settlement:statements", LISTS),
    Page("settlement:statement", PAPERS, _paper),
    Page("settlement:statement-pdf", PAPERS, _paper, head=False),
    Page("settlement:pay", MONEY, _paper),
    Page("settlement:receipt", PAPERS, _payout, head=False),
    Page("settlement:undo", MONEY, _payout, method="POST"),
    Page("settlement:evidence", MONEY, _payout, method="POST"),
    Page("settlement:evidence-file", PAPERS, lambda w: {"pk": w.evidence.pk}),
    Page("settlement:accounts", KEEPERS | {"operator_b", "neighbour"}),
    Page("settlement:account", KEEPERS, _maker),
    Page("settlement:account-change", KEEPERS, _maker),
    Page("settlement:account-end", KEEPERS, _maker, method="POST"),
    Page("settlement:account-erase", KEEPERS, _maker),
    Page("settlement:account-reveal", MONEY, _maker, method="POST", data=lambda _w: {"reason": "Mencocokkan buku"}),
    Page("settlement:make-link", {"manager", "operator"}, lambda w: {"pk": w.cast.tempe.pk}, method="POST"),
    Page("settlement:check-paper", EVERYBODY, lambda w: {"token": w.statement.token}, why="whoever holds the paper"),
    Page("settlement:mine", EVERYBODY, lambda w: {"token": w.producer_link}, why="whoever has the personal link"),
]
