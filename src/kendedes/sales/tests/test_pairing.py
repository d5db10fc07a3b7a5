"""A till is paired once, by a code, with a token of its own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kendedes.journal.models import Entry
from kendedes.sales.actions import invite_till, revoke_till
from kendedes.sales.models import Device, Pairing
from kendedes.sales.rules.pairing import spaced
from kendedes.sales.tests.till import Till, by_client


@pytest.fixture
def code(cast):
    return invite_till(association=cast.association, name="HP Bu Sri", at=timezone.now(), by=cast.ratna)[1]


def test_a_code_pairs_one_till(cast, code):
    till = Till(by_client())

    status, found = till.pair(spaced(code).lower())

    device = Device.objects.get()
    assert status == 201
    assert (found["device"], found["acked_seq"], found["head"]) == ("K1", 0, device.genesis)
    assert (device.name, device.association, device.token_hash == till.disk.token) == (
        "HP Bu Sri",
        cast.association,
        False,
    )
    assert Entry.objects.filter(deed="till.pair").get().facts == {"code": "K1", "name": "HP Bu Sri"}
    assert till.get("head")[1]["acked_seq"] == 0


def test_a_lost_answer_can_be_asked_again(code):
    till = Till(by_client())

    first, again = till.pair(code), till.pair(code)

    assert (first[0], again[0]) == (201, 200)
    assert again[1]["genesis"] == first[1]["genesis"]
    assert Device.objects.count() == 1


def test_another_till_cannot_use_the_code_again(code):
    Till(by_client(), seed=1).pair(code)

    status, found = Till(by_client(), seed=2).pair(code)

    assert (status, found["code"], Device.objects.count()) == (404, "pairing_unknown", 1)


def test_a_code_is_over_after_ten_minutes(cast):
    at = timezone.now() - timedelta(minutes=10)
    _pairing, code = invite_till(association=cast.association, name="", at=at, by=cast.ratna)

    status, _found = Till(by_client()).pair(code)

    assert (status, Device.objects.count(), Pairing.objects.get().used_at) == (404, 0, None)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"code": "AAAAABBBBB"}, 404),
        ({"code": "AAAA"}, 404),
        ({"token": "short"}, 400),
        ({"token": "!" * 43}, 400),
        ({"v": 2}, 400),
        ({"v": True}, 400),
        ({"more": 1}, 400),
        ({"name": "a\x00b"}, 400),
    ],
)
def test_what_is_not_a_pairing_makes_no_till(code, change, status):
    till = Till(by_client())

    found, _ = till.speak("POST", "/sync/pair", {"v": 1, "code": code, "token": till.disk.token, **change}, {})

    assert (found, Device.objects.count()) == (status, 0)


def test_guessing_is_slow(db):
    tries = [Till(by_client(), seed=n).pair("AAAAABBBBB")[0] for n in range(11)]

    assert tries == [404] * 10 + [429]


def test_numbers_are_given_in_turn_and_never_twice(cast, paired):
    first = paired(1)
    revoke_till(device=Device.objects.get(), at=timezone.now(), by=cast.ratna)
    second = paired(2)

    assert (first.disk.dev, second.disk.dev) == ("K1", "K2")


def test_only_the_token_of_the_till_opens_its_addresses(paired):
    one, two = paired(1), paired(2)
    stranger = Till(by_client(), seed=3)
    stranger.disk.dev = "K1"

    assert stranger.get("head")[0] == 401
    assert one.speak("GET", "/sync/K2/head", "", one.headers)[0] == 401
    assert one.speak("GET", "/sync/K1/head", "", {})[0] == 401
    assert one.speak("GET", "/sync/K1/head", "", {"Authorization": f"Basic {one.disk.token}"})[0] == 401
    assert two.get("head")[0] == 200


def test_a_revoked_till_is_told_so(cast, till):
    revoke_till(device=Device.objects.get(), at=timezone.now(), by=cast.ratna)

    status, found = till.get("head")

    assert (status, found["code"]) == (401, "device_revoked")
