"""People who click at the same moment. Each is a process of her own on one database; both databases are tried.

The pause between reading and writing is made long, so that a race that is possible happens every time. Control: the
same people with the transaction and its lock taken away are told apart from the real thing.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from kendedes.testing.server import Home, home

PEOPLE, ROUNDS = 3, 4
INVITE = f"""
from django.utils import timezone
from kendedes.network import actions
from kendedes.network.models import Unit
from kendedes.network.rules import Role
unit = Unit.objects.get(code="SGS")
for n in range({ROUNDS}):
    made, token = actions.invite(
        name=f"Undangan {{n}}", role=Role.OPERATOR, association=unit.association, unit=unit, at=timezone.now(), by=None)
    print("token", token)
"""
# argv: tokens, number of this person, when the first round begins, "held" or "loose"
PERSON = """
import json, os, sys, time
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kendedes.settings")
import kendedes, django
django.setup()
from django.db import models
from django.utils import timezone
from kendedes.network import actions
from kendedes.network.actions import people

tokens, number, start, how = json.loads(sys.argv[1]), sys.argv[2], float(sys.argv[3]), sys.argv[4]
make = people.create_account

def slowly(**asked):
    time.sleep(0.3)  # everybody has read the invitation by now
    return make(**asked)

people.create_account = slowly
accept = actions.accept_invitation
if how == "loose":
    accept = accept.__wrapped__
    models.QuerySet.select_for_update = lambda rows, *args, **options: rows
for n, token in enumerate(tokens):
    time.sleep(max(0.0, start + 2.0 * n - time.time()))
    try:
        accept(token=token, username=f"orang-{how}-{n}-{number}", name="Orang", password="empat-kata-acak-sekali", at=timezone.now())
        print(n, "won", flush=True)
    except actions.InvitationClosed:
        print(n, "closed", flush=True)
"""
COUNT = """
from kendedes.journal.models import Entry, User
from kendedes.network.models import Invitation, Membership
print("counted", Invitation.objects.filter(used_at__isnull=False).count(), User.objects.filter(username__startswith="orang-").count(),
      Membership.objects.filter(user__username__startswith="orang-").count(), Entry.objects.filter(deed="invitation.accept").count())
"""


def shell(place: Home, code: str, word: str) -> list[list[str]]:
    """What ``code`` printed in lines that begin with ``word``."""
    said = place.run("manage", "shell", "--no-imports", "-c", code).stdout.splitlines()
    return [line.split()[1:] for line in said if line.startswith(word)]


def race(place: Home, how: str) -> list[list[str]]:
    """For every invitation what each of the people was told."""
    tokens = [words[0] for words in shell(place, INVITE, "token")]
    start = str(time.time() + 8)
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", PERSON, json.dumps(tokens), str(number), start, how],
            env=place.env, stdout=subprocess.PIPE, text=True,
        )
        for number in range(PEOPLE)
    ]  # fmt: skip
    told: list[list[str]] = [[] for _ in tokens]
    for run in runs:
        said, _ = run.communicate(timeout=120)
        assert run.returncode == 0
        for line in said.splitlines():
            n, word = line.split()
            told[int(n)].append(word)
    return told


def counted(place: Home) -> tuple[int, ...]:
    """Used invitations, accounts, roles and entries that came of them."""
    return tuple(int(n) for n in shell(place, COUNT, "counted")[0])


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    with home(tmp_path_factory.mktemp("rumah")) as made:
        made.seed()
        yield made


@pytest.mark.slow
def test_an_invitation_accepted_by_several_at_once_makes_exactly_one_account(place):
    told = race(place, "held")

    assert [sorted(words) for words in told] == [["closed"] * (PEOPLE - 1) + ["won"]] * ROUNDS
    assert counted(place) == (ROUNDS, ROUNDS, ROUNDS, ROUNDS)


@pytest.mark.slow
def test_the_control_without_the_lock_several_win(place):
    used, people, *_ = counted(place)

    told = race(place, "loose")

    assert any(words.count("won") > 1 for words in told), told
    used_after, people_after, *_ = counted(place)
    assert people_after - people > used_after - used
