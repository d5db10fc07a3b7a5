"""Places, the association, its units and makers, and the people who sign in."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from django.db import transaction

from kendedes.demo.actions.calendar import Calendar
from kendedes.demo.content import AssociationPlan, ProducerPlan
from kendedes.journal.models import User
from kendedes.network import actions
from kendedes.network.models import Association, LegalKind, Producer, Region, Unit
from kendedes.network.places import load
from kendedes.network.rules import Role

WORDS = (
    "melati", "kenanga", "anggrek", "teratai", "mawar", "cempaka", "arjuno", "semeru", "kawi", "bromo", "padi", "jagung",
    "kopi", "teh", "apel", "salak", "jeruk", "pisang", "kelapa", "madu", "batik", "topeng", "bambu", "pandan", "rotan",
    "gerabah", "lontar", "kawung", "truntum", "parang", "ceplok", "candi", "sawah", "telaga",
)  # fmt: skip


@dataclass(frozen=True)
class Account:
    """One demonstration account with its password in clear, for the file of this home only."""

    username: str
    name: str
    role: str
    password: str
    user: User


@dataclass
class World:
    """What has been built so far."""

    association: Association
    calendar: Calendar
    units: dict[str, Unit] = field(default_factory=dict)
    producers: dict[str, Producer] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)

    def user(self, name: str) -> User:
        """An account's user by its name."""
        return self.accounts[name].user

    def operator(self, unit: str) -> User | None:
        """Who works for a unit, where an account was made."""
        account = self.accounts.get(f"operator.{self.units[unit].district.slug}") if unit in WITH_OPERATORS else None
        return account.user if account else None


def password() -> str:
    """Four words and two digits: about 27 bits over a list known to all, enough for invented data on one machine."""
    return "-".join(secrets.choice(WORDS) for _ in range(4)) + f"-{secrets.randbelow(90) + 10}"


@transaction.atomic
def found(plan: AssociationPlan, calendar: Calendar) -> World:
    """The association with its places and the people of its office."""
    actions.add_places(load())
    region = Region.objects.get(code=plan.region)
    association = actions.create_association(
        name=plan.name, slug=plan.slug, region=region, at=calendar.founded, by=None, gallery_name=plan.gallery,
        about_id=plan.about[0], about_en=plan.about[1], address=plan.address, whatsapp=plan.whatsapp, is_demo=True,
    )  # fmt: skip
    world = World(association, calendar)
    for username, name, role in (
        ("pengelola", "Ratna Pengelola (contoh)", Role.MANAGER),
        ("pengelola2", "Dimas Pengelola (contoh)", Role.MANAGER),
        ("kurator", "Bima Kurator (contoh)", Role.CURATOR),
        ("bendahara", "Ayu Bendahara (contoh)", Role.TREASURER),
        ("penilai1", "Yudi Penilai (contoh)", Role.ASSESSOR),
        ("penilai2", "Lestari Penilai (contoh)", Role.ASSESSOR),
    ):
        add_account(world, username, name, role)
    return world


def add_account(
    world: World, username: str, name: str, role: Role, *, unit: Unit | None = None, producer: Producer | None = None
) -> None:
    """An account with a role; its password stands in this home's file only."""
    at, secret = world.calendar.joined, password()
    user = actions.create_account(username=username, name=name, password=secret, at=at, by=None)
    membership = actions.give_role(
        user=user, role=role, association=world.association, unit=unit, producer=producer, at=at, by=None
    )
    world.accounts[username] = Account(username, name, str(membership.get_role_display()), secret, user)


WITH_OPERATORS = ("SGS", "WJK", "PCK", "DPT", "TPG")


@transaction.atomic
def gather(plan: AssociationPlan, world: World) -> None:
    """Units with their legal forms, makers with what they consented to, and some of their people."""
    at, manager = world.calendar.joined, world.user("pengelola")
    regions = {r.code: r for r in Region.objects.filter(code__startswith=plan.region + ".")}
    for row in plan.units:
        first = row.forms[0]
        unit = actions.create_unit(
            association=world.association, code=row.code, district=regions[row.district], at=world.calendar.founded,
            by=manager, form=LegalKind(first.kind), form_name=first.name, form_since=first.since, basis=first.basis,
            phased_out_on=row.phased_out, whatsapp=row.whatsapp, address=row.address,
        )  # fmt: skip
        for later in row.forms[1:]:
            actions.add_legal_form(
                unit=unit, kind=LegalKind(later.kind), name=later.name, valid_from=later.since, at=at, by=manager,
                basis=later.basis,
            )  # fmt: skip
        world.units[row.code] = unit
        if row.code in WITH_OPERATORS:
            name = f"operator.{unit.district.slug}"
            add_account(world, name, f"{row.operator} (contoh)", Role.OPERATOR, unit=unit)
    for maker in plan.producers:
        world.producers[maker.key] = _producer(world, maker, regions[maker.village])
    keys = [maker.key for maker in plan.producers if maker.unit == "SGS" and maker.kind == "coached"]
    add_account(
        world, "wakil.kelompok", "Tini Wakil Kelompok (contoh)", Role.REPRESENTATIVE, producer=world.producers[keys[0]]
    )


def _producer(world: World, plan: ProducerPlan, village: Region) -> Producer:
    by = world.operator(plan.unit) or world.user("pengelola")
    return actions.create_producer(
        association=world.association, unit=world.units[plan.unit], village=village, name=plan.name,
        at=world.calendar.joined, by=by, kind=plan.kind, about_id=plan.about[0], about_en=plan.about[1],
        address=plan.address, phone=plan.phone, contact_name=plan.contact, members_f=plan.members_f,
        members_m=plan.members_m, workers_f=plan.workers_f, workers_m=plan.workers_m, consent=plan.consent,
        consent_on=plan.consent_on, consent_by=plan.contact if plan.consent_on else "",
    )  # fmt: skip
