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
CODES = f"""
from django.utils import timezone
from kendedes.journal.models import User
from kendedes.network.models import Association
from kendedes.sales.actions import invite_till
association = Association.objects.get(slug="kendedes")
for n in range({ROUNDS}):
    print("token", invite_till(association=association, name=f"HP {{n}}", at=timezone.now(), by=User.objects.first())[1])
"""
# argv as above; several phones type the same code
PHONE = """
import json, os, sys, time
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kendedes.settings")
import kendedes, django
django.setup()
from django.db import IntegrityError, models
from django.utils import timezone
from kendedes.sales.actions import devices

codes, number, start, how = json.loads(sys.argv[1]), sys.argv[2], float(sys.argv[3]), sys.argv[4]
begin = devices.genesis

def slowly(uid):
    time.sleep(0.3)  # everybody has seen that the code is unused by now
    return begin(uid)

devices.genesis = slowly
pair = devices.pair_till
if how == "loose":
    pair = pair.__wrapped__
    models.QuerySet.select_for_update = lambda rows, *args, **options: rows
for n, code in enumerate(codes):
    time.sleep(max(0.0, start + 2.0 * n - time.time()))
    try:
        pair(code=code, token=f"{how}{n}{number}".ljust(43, "x"), at=timezone.now())
        print(n, "won", flush=True)
    except devices.PairingUnknown:
        print(n, "closed", flush=True)
    except IntegrityError:
        print(n, "crashed", flush=True)
"""
PAIRED = """
from kendedes.journal.models import Entry
from kendedes.sales.models import Device, Pairing
numbers = sorted(Device.objects.values_list("number", flat=True))
print("counted", Device.objects.count(), Pairing.objects.exclude(device=None).count(), Entry.objects.filter(deed="till.pair").count(),
      int(numbers == list(range(1, len(numbers) + 1))))
"""
ORDERS = f"""
import uuid
from datetime import date, timedelta
from django.utils import timezone
from kendedes.ledger.actions import agree_terms
from kendedes.network import actions as network
from kendedes.network.models import Association, Region, Unit
from kendedes.products.actions import Pack, PriceAsked, create_product
from kendedes.products.models import Category, Product
from kendedes.wholesale import actions
at, association = timezone.now(), Association.objects.get(slug="kendedes")
agree_terms(association=association, valid_from=date(2020, 1, 1), at=at, by=None, values={{"gallery_bp": 1000, "unit_bp": 500}})
crafts = Category.objects.get(slug="anyaman")
producer = network.create_producer(
    association=association, unit=Unit.objects.get(association=association, code="WJK"), at=at, by=None,
    village=Region.objects.get(code="35.07.08.2006"), name="Kelompok Topeng (fiktif)")
product = create_product(producer=producer, category=crafts, name_id="Topeng", at=at, by=None, packs=[Pack(unit="buah", retail=PriceAsked(25000))])
Product.objects.filter(pk=product.pk).update(state="published")
variant = product.variants.select_related("product__producer").get()
for n in range({ROUNDS}):
    enquiry = actions.ask(association=association, key=uuid.uuid4(), at=at, by=None, contact=actions.Contact("Bu Uji", "+6281200000077"),
        asked=actions.Asked("topeng", 100, date.today() + timedelta(days=60), category=crafts))
    draft = actions.draft_quote(enquiry=enquiry, lines=[actions.Line(variant, 100, 16000, date.today() + timedelta(days=30))], at=at, by=None)
    quote = actions.send_quote(quote=draft, at=at, by=None)
    print("token", actions.accept_quote(quote=quote, name="Bu Uji", at=at).order.pk)
"""
# argv as above; several people let 60 of 100 pieces leave, and invoice what left
SENDER = """
import json, os, sys, time, uuid
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kendedes.settings")
import kendedes, django
django.setup()
from django.utils import timezone
from kendedes.base.refusal import Refusal
from kendedes.orders.actions import common, parcels
from kendedes.orders.models import Order
from kendedes.wholesale.actions import delivering

orders, number, start, how = json.loads(sys.argv[1]), sys.argv[2], float(sys.argv[3]), sys.argv[4]
look, deliver = parcels.gone_of, delivering.deliver

def slowly(order):
    found = look(order)
    time.sleep(0.3)  # everybody has seen that 100 are left by now
    return found

parcels.gone_of = slowly
if how == "loose":
    common.hold = lambda association: None
    deliver = deliver.__wrapped__
    parcels.send_parcel = delivering.orders.send_parcel = parcels.send_parcel.__wrapped__
for n, pk in enumerate(orders):
    time.sleep(max(0.0, start + 2.0 * n - time.time()))
    try:
        deliver(order=Order.objects.get(pk=pk), pieces={1: 60}, tracking="", at=timezone.now(), by=None, key=uuid.uuid4())
        print(n, "won", flush=True)
    except Refusal:
        print(n, "closed", flush=True)
    except Exception:  # without the lock: the database, or what stands in nobody's hands any more
        print(n, "crashed", flush=True)
"""
SENT = """
from django.db.models import Sum
from kendedes.ledger.verify import verify
from kendedes.orders.models import Parcel, ParcelLine
from kendedes.wholesale.models import Paper
print("counted", Parcel.objects.count(), ParcelLine.objects.aggregate(n=Sum("pieces"))["n"] or 0, Paper.objects.count(), len(verify().findings))
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


def race(place: Home, how: str, *, asked: str = INVITE, person: str = PERSON) -> list[list[str]]:
    """For every invitation (``asked`` makes them) what each of the people was told."""
    tokens = [words[0] for words in shell(place, asked, "token")]
    start = str(time.time() + 8)
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", person, json.dumps(tokens), str(number), start, how],
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


def counted(place: Home, code: str = COUNT) -> tuple[int, ...]:
    """Used invitations, accounts, roles and entries that came of them."""
    return tuple(int(n) for n in shell(place, code, "counted")[0])


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


@pytest.mark.slow
def test_a_code_typed_on_several_phones_at_once_pairs_exactly_one(place):
    devices, used, entries, _ = counted(place, PAIRED)

    told = race(place, "held", asked=CODES, person=PHONE)

    assert [sorted(words) for words in told] == [["closed"] * (PEOPLE - 1) + ["won"]] * ROUNDS
    assert counted(place, PAIRED) == (devices + ROUNDS, used + ROUNDS, entries + ROUNDS, 1)


@pytest.mark.slow
def test_the_control_of_pairing_without_the_lock_is_told_apart(place):
    """What then still keeps a second phone out is the database: numbers of tills are unique. Nobody is told why."""
    told = race(place, "loose", asked=CODES, person=PHONE)

    assert any("crashed" in words or words.count("won") > 1 for words in told), told


GOODS = f"""
from django.utils import timezone
from kendedes.network.models import Producer
from kendedes.products.actions import create_product
from kendedes.products.models import Category
for n in range({ROUNDS}):
    made = create_product(producer=Producer.objects.first(), category=Category.objects.order_by("pk")[0],
                          name_id=f"Barang {{n}}", story_id="Cerita lama.", at=timezone.now(), by=None)
    print("token", made.pk)
"""
# argv as above; people who had the form of a product open send another category and another text each. "joined": the
# product is locked together with its category, as it once was.
EDITOR = """
import json, os, sys, time
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kendedes.settings")
import kendedes, django
django.setup()
from django.db import models
from django.utils import timezone
from kendedes.products import rules
from kendedes.products.actions import EditedMeanwhile, making
from kendedes.products.models import Category, Product

products, number, start, how = json.loads(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), sys.argv[4]
change, lock = making.change_product, models.QuerySet.select_for_update

def slowly(**asked):
    time.sleep(0.3)  # the others have read the product by now, or wait for it
    return change(**asked)

making.change_product = slowly
edit = making.edit_product
if how == "loose":
    edit = edit.__wrapped__
    models.QuerySet.select_for_update = lambda rows, *args, **options: rows
if how == "joined":
    models.QuerySet.select_for_update = lambda rows, *args, **options: lock(rows.select_related("category"))
for n, pk in enumerate(products):
    time.sleep(max(0.0, start + 3.0 * n - time.time()))
    product = Product.objects.get(pk=pk)
    seen = rules.version({"category": product.category, "story_id": product.story_id})
    time.sleep(max(0.0, start + 3.0 * n + 0.8 - time.time()))
    try:
        edit(product=product, seen=seen, at=timezone.now(), by=None, category=Category.objects.order_by("pk")[number + 1],
             story_id=f"Cerita {number}.")
        print(n, "won", flush=True)
    except EditedMeanwhile:
        print(n, "meanwhile", flush=True)
    except Product.DoesNotExist:
        print(n, "vanished", flush=True)
"""
EDITED = """
from kendedes.journal.models import Entry
from kendedes.products.models import Category, Product
rows = Product.objects.filter(name_id__startswith="Barang ")
known = list(Category.objects.order_by("pk").values_list("pk", flat=True))
whole = sum(row.story_id == f"Cerita {known.index(row.category_id) - 1}." for row in rows)
print("counted", rows.count(), whole, Entry.objects.filter(deed="product.change").count())
"""


@pytest.mark.slow
def test_a_product_changed_by_several_at_once_keeps_the_first_change_and_the_others_are_told(place):
    products, whole, entries = counted(place, EDITED)

    told = race(place, "held", asked=GOODS, person=EDITOR)

    assert [sorted(words) for words in told] == [["meanwhile"] * (PEOPLE - 1) + ["won"]] * ROUNDS
    assert counted(place, EDITED) == (products + ROUNDS, whole + ROUNDS, entries + ROUNDS)


@pytest.mark.slow
def test_the_control_of_editing_without_the_lock_overwrites(place):
    _, _, entries = counted(place, EDITED)

    told = race(place, "loose", asked=GOODS, person=EDITOR)

    assert any(words.count("won") > 1 for words in told), told
    assert counted(place, EDITED)[2] > entries + ROUNDS


@pytest.mark.slow
def test_the_control_of_locking_a_product_with_its_category_hides_it_from_somebody_on_postgresql(place):
    told = race(place, "joined", asked=GOODS, person=EDITOR)

    vanished = [words.count("vanished") for words in told]
    if place.env.get("DATABASE_URL"):
        assert any(vanished), told
    else:  # SQLite's transaction began with the write lock: nobody reads what is about to change
        assert not any(vanished), told


@pytest.mark.slow
def test_what_several_let_leave_at_once_leaves_and_is_invoiced_once(place):
    told = race(place, "held", asked=ORDERS, person=SENDER)

    assert [sorted(words) for words in told] == [["closed"] * (PEOPLE - 1) + ["won"]] * ROUNDS
    assert counted(place, SENT) == (ROUNDS, 60 * ROUNDS, 2 * ROUNDS, 0)


@pytest.mark.slow
def test_the_control_of_parcels_without_the_lock_is_told_apart(place):
    """What then still keeps the pieces within what was agreed is the database. Nobody is told why."""
    told = race(
        place, "loose", asked=ORDERS.replace('name="Kelompok Topeng', 'name="Kelompok Topeng Dua'), person=SENDER
    )

    assert any("crashed" in words or words.count("won") > 1 for words in told), told
    assert counted(place, SENT)[1] <= 100 * 2 * ROUNDS
