"""What a till may say, to the letter, and when it was (docs/algorithms/sync.md, 1 and 7)."""

# ruff: noqa: FBT003 - a moment and whether to look at the clock

from __future__ import annotations

import json
from typing import Any

import pytest

from kendedes.sales.rules import requests
from kendedes.sales.rules.clock import SKEW, SLACK, Best, Reading, best
from kendedes.sales.rules.events import LONGEST, MOST_SEQ, Bad, Event, Peek, digest, read
from kendedes.sales.rules.money import part_back

HOUR = 3_600_000
NOW = 1_000 * HOUR  # the server's clock as the batch came
KEY = "0193a1b2-0000-7000-8000-000000000001"
HASH = "ab" * 32
MOST = 100_000_000_000


# --- the clock -----------------------------------------------------------------------------------


def at(wall: int, mono: int = 0, boot: str = "pagi") -> Reading:
    return Reading(wall, boot, mono)


@pytest.mark.parametrize(
    ("event", "sent", "after", "last", "found"),
    [
        # both clocks right: when it says
        (at(NOW - HOUR, HOUR), at(NOW, 2 * HOUR), NOW - 2 * HOUR, NOW - 2 * HOUR, Best(NOW - HOUR, False)),
        # the phone is ten minutes ahead to the millisecond: put right without a word; one more is said
        (at(NOW - HOUR + SKEW, HOUR), at(NOW + SKEW, 2 * HOUR), 0, None, Best(NOW - HOUR, False)),
        (at(NOW - HOUR + SKEW + 1, HOUR), at(NOW + SKEW + 1, 2 * HOUR), 0, None, Best(NOW - HOUR, True)),
        (at(NOW - HOUR - SKEW, HOUR), at(NOW - SKEW, 2 * HOUR), 0, None, Best(NOW - HOUR, False)),
        (at(NOW - HOUR - SKEW - 1, HOUR), at(NOW - SKEW - 1, 2 * HOUR), 0, None, Best(NOW - HOUR, True)),
        # it never was after it came, nor before the event before it
        (at(NOW + SLACK, boot="lain"), at(NOW, 9), 0, None, Best(NOW, False)),
        (at(NOW + SLACK + 1, boot="lain"), at(NOW, 9), 0, None, Best(NOW, True)),
        (at(NOW - HOUR - SLACK, boot="lain"), at(NOW, 9), NOW - HOUR, None, Best(NOW - HOUR, False)),
        (at(NOW - HOUR - SLACK - 1, boot="lain"), at(NOW, 9), NOW - HOUR, None, Best(NOW - HOUR, True)),
        # the same page start: what ran between event and sending bounds it from above
        (at(NOW - HOUR, HOUR), at(NOW, 4 * HOUR), 0, None, Best(NOW - 3 * HOUR, True)),
        # … and stands for a wall clock that was set back below the event before
        (at(NOW - 9 * HOUR, HOUR), at(NOW, 3 * HOUR), NOW - 4 * HOUR, None, Best(NOW - 2 * HOUR, True)),
        # another page start, or a clock that ran backwards: its monotonic clock says nothing
        (at(NOW - HOUR, HOUR, "sore"), at(NOW, 4 * HOUR), 0, None, Best(NOW - HOUR, False)),
        (at(NOW - HOUR, 5 * HOUR), at(NOW, 4 * HOUR), 0, None, Best(NOW - HOUR, False)),
        (at(NOW, 4 * HOUR), at(NOW, 4 * HOUR), 0, None, Best(NOW, False)),
        # the clock ran back since the event before
        (at(NOW - HOUR, boot="lain"), at(NOW, 9), 0, NOW - HOUR + SLACK, Best(NOW - HOUR, False)),
        (at(NOW - HOUR, boot="lain"), at(NOW, 9), 0, NOW - HOUR + SLACK + 1, Best(NOW - HOUR, True)),
        # the event before is later than what is possible: not before it
        (at(NOW - HOUR, HOUR), at(NOW, 4 * HOUR), NOW - 2 * HOUR, None, Best(NOW - 2 * HOUR, True)),
        (at(NOW - HOUR, boot="lain"), at(NOW, 9), NOW + HOUR, None, Best(NOW + HOUR, True)),
        # a file: nobody knows its skew
        (at(NOW - 40 * HOUR, 7), None, NOW - 50 * HOUR, NOW - 50 * HOUR, Best(NOW - 40 * HOUR, False)),
        (at(NOW - 60 * HOUR, 7), None, NOW - 50 * HOUR, None, Best(NOW - 50 * HOUR, True)),
    ],
)  # fmt: skip
def test_when_it_really_happened(event: Reading, sent: Reading | None, after: int, last: int | None, found: Best):
    assert best(event, sent=sent, received=NOW, after=after, last=last) == found


def test_where_monotonic_clocks_are_not_believed_the_wall_clock_counts():
    event, sent = at(NOW - HOUR, HOUR), at(NOW, 4 * HOUR)

    assert best(event, sent=sent, received=NOW, after=0, exact=False) == Best(NOW - HOUR, False)


# --- shapes and sums -----------------------------------------------------------------------------


def line(**other: Any) -> dict[str, Any]:
    return {
        "code": "X",
        "lot": "T00012",
        "name": "Keripik",
        "qty": 2,
        "price": 7_500,
        "discount": 0,
        "total": 15_000,
        **other,
    }


def cash(amount: int, given: int | None = None) -> dict[str, Any]:
    paid = amount if given is None else given
    return {"kind": "cash", "amount": amount, "given": paid, "change": paid - amount}


def sale(**other: Any) -> dict[str, Any]:
    return {"lines": [line()], "payments": [cash(15_000, 20_000)], "rounding": 0, "total": 15_000, **other}


def refund(**other: Any) -> dict[str, Any]:
    return {
        "sale": KEY, "lines": [{"line": 1, "qty": 1}], "payments": [{"kind": "cash", "amount": 7_500}], "rounding": 0,
        "total": 7_500, "reason": "retak", **other,
    }  # fmt: skip


def event(kind: str, body: Any, **other: Any) -> bytes:
    return json.dumps({
        "v": 1, "id": KEY, "dev": "K1", "seq": 7, "prev": HASH, "at": 5, "off": 420, "boot": "00000000-aa", "mono": 3,
        "actor": None, "type": kind, "body": body, **other,
    }).encode()  # fmt: skip


def told(kind: str, body: Any, **other: Any) -> tuple[str, ...]:
    """Why it is parked; nothing when it is an event."""
    found = read(event(kind, body, **other), dev="K1", seq=7)
    return found.why if isinstance(found, Bad) else ()


CASH = {"kind": "in", "amount": 1, "purpose": "office", "reason": "modal"}
CLOSE = {
    "opened": KEY, "counted": 0, "expected": 0, "first_seq": 1, "last_seq": 1, "head": HASH,
    "by_kind": {"cash": 0, "qris": 0, "transfer": 0},
}  # fmt: skip
QRIS = {"kind": "qris", "amount": 15_000}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("sale", sale()),
        ("sale", sale(lines=[line(qty=1, price=15_000, discount=15_000, total=0)], payments=[cash(0)], total=0)),
        ("sale", sale(lines=[line(discount=1, total=14_999)], rounding=1)),
        ("sale", sale(lines=[line(lot=None, unknown=True)])),
        ("sale", sale(payments=[QRIS])),
        ("sale", sale(payments=[cash(5_000), {**QRIS, "amount": 10_000, "ref": "R" * 60}])),
        ("sale", sale(payments=[cash(15_000 + 999)], rounding=999, total=15_999)),
        ("sale", sale(payments=[cash(15_000 - 999)], rounding=-999, total=14_001)),
        ("sale", sale(lines=[line(qty=100_000, price=1, total=100_000)], payments=[cash(100_000)], total=100_000)),
        ("sale", sale(lines=[line(qty=1, price=1_000_000_000, total=1_000_000_000)], payments=[cash(1_000_000_000)], total=1_000_000_000)),
        ("sale", sale(lines=[line(name="n" * 120, code="c" * 60, lot="T" * 60, discount_code="d" * 60)], note="r" * 200)),
        ("sale", sale(approved_by=2**53)),
        ("sale", sale(lines=[line(total=0, price=0)] * 199 + [line()])),
        ("sale", sale(payments=[cash(1)] * 7 + [cash(14_993)])),
        ("void", {"sale": KEY, "reason": "r", "approved_by": 1}),
        ("refund", refund()),
        ("refund", refund(lines=[{"line": 1, "qty": 1}, {"line": 200, "qty": 100_000}])),
        ("refund", refund(payments=[{"kind": "cash", "amount": 7_000}], rounding=-500, total=7_000)),
        ("cash", CASH),
        ("cash", {**CASH, "kind": "out", "amount": 1_000_000_000, "purpose": "expense"}),
        ("cash", {**CASH, "purpose": "other", "approved_by": 3}),
        ("shift.open", {"float": 0}),
        ("shift.open", {"float": 1_000_000_000}),
        ("shift.close", CLOSE),
        ("shift.close", {**CLOSE, "counted": MOST, "expected": -MOST, "first_seq": MOST_SEQ, "last_seq": MOST_SEQ}),
        ("shift.close", {**CLOSE, "expected": MOST, "by_kind": {"cash": -MOST, "qris": MOST, "transfer": 0}}),
    ],
)  # fmt: skip
def test_what_a_till_may_say(kind: str, body: dict[str, Any]):
    assert told(kind, body) == ()


@pytest.mark.parametrize(
    ("kind", "body", "why"),
    [
        ("sale", sale(lines=[line(total=15_001)], payments=[cash(15_001)], total=15_001), "sums"),
        ("sale", sale(lines=[line(discount=1, total=15_001)], payments=[cash(15_001)], total=15_001), "sums"),
        ("sale", sale(lines=[line(lot=None)]), "sums"),  # unknown goods are said to be
        ("sale", sale(lines=[line(unknown=True)]), "sums"),
        ("sale", sale(total=15_001), "sums"),
        ("sale", sale(payments=[cash(14_999)]), "sums"),
        ("sale", sale(payments=[cash(15_000), cash(0)]), "sums"),
        ("sale", sale(payments=[cash(0), cash(0)], lines=[line(price=0, total=0)], total=0), "sums"),
        ("sale", sale(payments=[{**QRIS, "amount": 15_500}], rounding=500, total=15_500), "sums"),  # no coins, no rounding
        ("sale", sale(payments=[{**cash(15_000), "change": 1}]), "sums"),
        ("sale", sale(payments=[{"kind": "cash", "amount": 15_000}]), "sums"),
        ("sale", sale(payments=[{"kind": "cash", "amount": 15_000, "given": 15_000}]), "sums"),
        ("sale", sale(payments=[{**QRIS, "given": 15_000}]), "sums"),
        ("sale", sale(payments=[{**QRIS, "change": 0}]), "sums"),
        ("refund", refund(lines=[{"line": 1, "qty": 1}, {"line": 1, "qty": 1}]), "sums"),
        ("refund", refund(payments=[cash(7_500)]), "sums"),
        ("refund", refund(payments=[{"kind": "cash", "amount": 7_499}]), "sums"),
        ("sale", sale(lines=[]), "body.lines"),
        ("sale", sale(lines=[line(total=0, price=0)] * 200 + [line()]), "body.lines"),
        ("sale", sale(payments=[]), "body.payments"),
        ("sale", sale(payments=[cash(1)] * 8 + [cash(14_992)]), "body.payments"),
        ("sale", sale(lines=[line(qty=0, total=0)]), "body.lines.0.qty"),
        ("sale", sale(lines=[line(qty=100_001)]), "body.lines.0.qty"),
        ("sale", sale(lines=[line(qty=2.0)]), "not_json"),
        ("sale", sale(lines=[line(price=-1)]), "body.lines.0.price"),
        ("sale", sale(lines=[line(price=1_000_000_001)]), "body.lines.0.price"),
        ("sale", sale(lines=[line(total=MOST + 1)]), "body.lines.0.total"),
        ("sale", sale(lines=[line(name="")]), "body.lines.0.name"),
        ("sale", sale(lines=[line(name="n" * 121)]), "body.lines.0.name"),
        ("sale", sale(lines=[line(name="a\nb")]), "body.lines.0.name"),
        ("sale", sale(lines=[line(code="c" * 61)]), "body.lines.0.code"),
        ("sale", sale(lines=[line(code="a\x7f")]), "body.lines.0.code"),
        ("sale", sale(lines=[line(lot="")]), "body.lines.0.lot"),
        ("sale", sale(lines=[line(lot="T" * 61)]), "body.lines.0.lot"),
        ("sale", sale(lines=[line(unknown=False)]), "body.lines.0.unknown"),
        ("sale", sale(lines=[line(warna="biru")]), "body.lines.0.warna"),
        ("sale", sale(payments=[{**QRIS, "ref": ""}]), "body.payments.0.ref"),
        ("sale", sale(payments=[{**QRIS, "ref": "R" * 61}]), "body.payments.0.ref"),
        ("sale", sale(payments=[{**QRIS, "kind": "emas"}]), "body.payments.0.kind"),
        ("sale", sale(rounding=1000), "body.rounding"),
        ("sale", sale(rounding=-1000), "body.rounding"),
        ("sale", sale(total=-1), "body.total"),
        ("sale", sale(total=True), "body.total"),
        ("sale", sale(approved_by=0), "body.approved_by"),
        ("sale", sale(approved_by=2**53 + 1), "body.approved_by"),
        ("sale", sale(note=""), "body.note"),
        ("sale", sale(note="r" * 201), "body.note"),
        ("void", {"sale": KEY.upper().replace("0", "A"), "reason": "r"}, "body.sale"),
        ("void", {"sale": KEY + "\n", "reason": "r"}, "body.sale"),
        ("refund", refund(lines=[{"line": 0, "qty": 1}]), "body.lines.0.line"),
        ("refund", refund(lines=[{"line": 201, "qty": 1}]), "body.lines.0.line"),
        ("refund", refund(lines=[]), "body.lines"),
        ("cash", {**CASH, "amount": 0}, "body.amount"),
        ("cash", {**CASH, "amount": 1_000_000_001}, "body.amount"),
        ("cash", {**CASH, "kind": "up"}, "body.kind"),
        ("cash", {**CASH, "purpose": "toko"}, "body.purpose"),
        ("shift.open", {"float": -1}, "body.float"),
        ("shift.open", {"float_": 1}, "body.float"),
        ("shift.close", {**CLOSE, "counted": -1}, "body.counted"),
        ("shift.close", {**CLOSE, "counted": MOST + 1}, "body.counted"),
        ("shift.close", {**CLOSE, "expected": MOST + 1}, "body.expected"),
        ("shift.close", {**CLOSE, "expected": -MOST - 1}, "body.expected"),
        ("shift.close", {**CLOSE, "first_seq": 0}, "body.first_seq"),
        ("shift.close", {**CLOSE, "last_seq": MOST_SEQ + 1}, "body.last_seq"),
        ("shift.close", {**CLOSE, "head": HASH[1:]}, "body.head"),
        ("shift.close", {**CLOSE, "head": HASH[1:] + "g"}, "body.head"),
        ("shift.close", {**CLOSE, "by_kind": {"cash": 0, "qris": 0}}, "body.by_kind.transfer"),
    ],
)  # fmt: skip
def test_what_is_parked_and_why(kind: str, body: dict[str, Any], why: str):
    alone = why in {"sums", "not_json"}
    assert told(kind, body) == ((why,) if alone else ("shape", why))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"v": 2}, ("shape", "v")),
        ({"id": KEY[1:]}, ("shape", "id")),
        ({"dev": "K2"}, ("wrong_place",)),
        ({"seq": 8}, ("wrong_place",)),
        ({"dev": "K0"}, ("shape", "dev")),
        ({"dev": "K1234567"}, ("shape", "dev")),
        ({"seq": 0}, ("shape", "seq")),
        ({"prev": "x" * 64}, ("shape", "prev")),
        ({"at": -1}, ("shape", "at")),
        ({"at": 2**48 + 1}, ("shape", "at")),
        ({"off": 901}, ("shape", "off")),
        ({"off": -901}, ("shape", "off")),
        ({"boot": "0" * 7}, ("shape", "boot")),
        ({"boot": "0" * 65}, ("shape", "boot")),
        ({"mono": -1}, ("shape", "mono")),
        ({"actor": 0}, ("shape", "actor")),
        ({"type": ""}, ("shape", "type")),
        ({"type": "x" * 21}, ("shape", "type")),
        ({"type": "Sale"}, ("shape", "type")),
        ({"type": "gift"}, ("unknown_type", "gift")),
        ({"baru": 1}, ("shape", "baru")),
    ],
)  # fmt: skip
def test_an_envelope_is_taken_only_as_described(change: dict[str, Any], why: tuple[str, ...]):
    assert told("shift.open", {"float": 0}, **change) == why
    assert told("shift.open", []) == ("shape", "body")


@pytest.mark.parametrize(
    "change",
    [{"off": 900}, {"off": -900}, {"boot": "0" * 8}, {"boot": "0" * 64}, {"at": 2**48}, {"mono": 0}, {"actor": 1}],
)
def test_an_envelope_may_go_to_its_bounds(change: dict[str, Any]):
    assert told("shift.open", {"float": 0}, **change) == ()


def test_an_event_is_what_its_text_says():
    found = read(event("shift.open", {"float": 5}), dev="K1", seq=7)

    assert isinstance(found, Event)
    assert (found.envelope.id, found.envelope.off, found.body.model_dump()) == (KEY, 420, {"float_": 5})
    parked = read(event("gift", {}), dev="K1", seq=7)
    assert isinstance(parked, Bad)
    assert parked.envelope is not None
    assert parked.envelope.seq == 7


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"\xff", "not_utf8"), (b"{", "not_json"), (b'{"a": 1.0}', "not_json"), (b'{"a": NaN}', "not_json"),
        (b'{"a": 1, "a": 1}', "not_json"), (b"[" * 100_000, "too_long"), (b"[" * 40_000, "not_json"),
        (b" " * LONGEST, "not_json"), (b" " * (LONGEST + 1), "too_long"),
    ],
)  # fmt: skip
def test_what_is_no_text_of_an_event(raw: bytes, why: str):
    assert read(raw, dev="K1", seq=1) == Bad((why,))


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (event("gift", {}), Peek(KEY, HASH)), (b"\xff", Peek(None, None)), (b"[]", Peek(None, None)), (b"{}", Peek(None, None)),
        (json.dumps({"id": KEY, "prev": HASH[1:]}).encode(), Peek(KEY, None)),
        (json.dumps({"id": KEY.upper().replace("0", "A"), "prev": HASH}).encode(), Peek(None, HASH)),
        (json.dumps({"id": 7, "prev": HASH + "a"}).encode(), Peek(None, None)),
    ],
)  # fmt: skip
def test_what_can_be_read_of_any_text(raw: bytes, found: Peek):
    assert Peek.into(raw) == found


def test_the_hash_is_of_the_bytes():
    assert digest(b"kendedes") == "650719c77f95c892f527fab881983bfafd026f4be39ada91a40b828d88e9b75b"


# --- money back, requests ------------------------------------------------------------------------


def test_parts_of_a_line_come_back_for_exactly_what_it_cost():
    assert [part_back(10_000, 3, already, 1) for already in range(3)] == [3_333, 3_333, 3_334]
    assert part_back(10_000, 3, 1, 2) == 6_667
    assert part_back(10_000, 3, 0, 3) == 10_000


UPLOAD = {"v": 1, "epoch": "e", "from": 1, "events": ["{}"], "sent": {"at": 1, "off": 0, "boot": "0" * 8, "mono": 0}}
PAIR = {"v": 1, "code": "c" * 40, "token": "t" * 43, "name": "n" * 60}


@pytest.mark.parametrize(
    ("model", "body", "where"),
    [
        (requests.PairAsked, PAIR, ""),
        (requests.PairAsked, {"v": 1, "code": "c", "token": "t"}, ""),
        (requests.PairAsked, {**PAIR, "v": 0}, "v"),
        (requests.PairAsked, {**PAIR, "v": 2}, "v"),
        (requests.PairAsked, {**PAIR, "code": "c" * 41}, "code"),
        (requests.PairAsked, {**PAIR, "token": "t" * 44}, "token"),
        (requests.PairAsked, {**PAIR, "name": "n" * 61}, "name"),
        (requests.PairAsked, {**PAIR, "name": "\t"}, "name"),
        (requests.PairAsked, [], "body"),
        (requests.UploadAsked, UPLOAD, ""),
        (requests.UploadAsked, {**UPLOAD, "epoch": "e" * 64, "from": MOST_SEQ, "events": ["{}"] * 100}, ""),
        (requests.UploadAsked, {**UPLOAD, "v": 2}, "v"),
        (requests.UploadAsked, {**UPLOAD, "v": 0}, "v"),
        (requests.UploadAsked, {**UPLOAD, "epoch": "e" * 65}, "epoch"),
        (requests.UploadAsked, {**UPLOAD, "from": 0}, "from"),
        (requests.UploadAsked, {**UPLOAD, "from": MOST_SEQ + 1}, "from"),
        (requests.UploadAsked, {**UPLOAD, "events": []}, "events"),
        (requests.UploadAsked, {**UPLOAD, "events": ["{}"] * 101}, "events"),
        (requests.UploadAsked, {**UPLOAD, "events": [{}]}, "events.0"),
        (requests.UploadAsked, {**UPLOAD, "sent": {**UPLOAD["sent"], "off": 901}}, "sent.off"),
        (requests.UploadAsked, {**UPLOAD, "sent": {**UPLOAD["sent"], "off": -901}}, "sent.off"),
        (requests.UploadAsked, {**UPLOAD, "sent": {**UPLOAD["sent"], "boot": "0" * 7}}, "sent.boot"),
        (requests.UploadAsked, {**UPLOAD, "sent": {**UPLOAD["sent"], "boot": "0" * 65}}, "sent.boot"),
    ],
)  # fmt: skip
def test_what_a_till_may_ask(model: Any, body: Any, where: str):
    found = requests.asked(model, body)

    assert (found if isinstance(found, str) else "") == where


def test_the_bounds_of_a_request():
    assert (requests.MOST_BYTES, requests.MOST_EVENTS, LONGEST) == (262_144, 100, 49_152)
