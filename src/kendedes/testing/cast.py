"""The people every test knows, made by real actions. All are fictional.

Asosiasi Kendedes of Kabupaten Malang with units Singosari (SGS, phased out 2005) and Wajak (WJK), a group in
each, and Ratna (manager), Bima (curator), Sekar (operator of Singosari), Joko (operator of Wajak),
Tini (representative of the Singosari group), Yudi and Lestari (assessors). A second association,
Asosiasi Tetangga of Kota Batu, exists to be seen by nobody of the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.contrib.auth.models import AnonymousUser

from kendedes.journal.models import User
from kendedes.network import actions
from kendedes.network.models import Association, Producer, Region, Unit
from kendedes.network.rules import Role
from kendedes.products.actions import Pack, PriceAsked, create_product
from kendedes.products.models import Category, Product

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
PASSWORD = "rahasia-uji-kendedes"  # noqa: S105 - for tests only


@dataclass
class Cast:
    association: Association
    neighbour: Association
    singosari: Unit
    wajak: Unit
    tempe: Producer
    apel: Producer
    foreign: Producer
    snacks: Category
    crafts: Category
    ratna: User
    bima: User
    sekar: User
    joko: User
    tini: User
    yudi: User
    lestari: User
    stranger: User
    anonymous: AnonymousUser

    def product(self, producer: Producer | None = None, name: str = "Keripik tempe sagu", **fields: object) -> Product:
        """A draft with one pack at Rp15.000."""
        pack = Pack(unit="bungkus", net_value=150, net_unit="g", retail=PriceAsked(15000))
        defaults: dict[str, object] = {"story_id": "Tempe tipis digoreng dengan tepung sagu.", "packs": [pack]}
        return create_product(
            producer=producer or self.tempe,
            category=self.snacks,
            name_id=name,
            at=AT,
            by=None,
            **{**defaults, **fields},  # type: ignore[arg-type]
        )


def regions() -> list[Region]:
    """The few places the cast needs, by their real codes."""
    kinds = Region.Kind
    rows = [
        ("35", "Jawa Timur", kinds.PROVINCE),
        ("35.07", "Malang", kinds.REGENCY),
        ("35.79", "Batu", kinds.CITY),
        ("35.07.24", "Singosari", kinds.DISTRICT),
        ("35.07.08", "Wajak", kinds.DISTRICT),
        ("35.79.01", "Batu", kinds.DISTRICT),
        ("35.07.24.2016", "Toyomarto", kinds.VILLAGE),
        ("35.07.24.1015", "Candirenggo", kinds.WARD),
        ("35.07.08.2006", "Patokpicis", kinds.VILLAGE),
        ("35.79.01.2002", "Oro-Oro Ombo", kinds.VILLAGE),
    ]
    return [Region(code=c, name=n, kind=k, parent_id=c.rpartition(".")[0] or None) for c, n, k in rows]


def _user(username: str, name: str) -> User:
    return User.objects.create_user(username=username, password=PASSWORD, name=name)


def make() -> Cast:
    """Everybody, in an empty database."""
    actions.add_regions(regions=regions())
    malang = Region.objects.get(code="35.07")
    association = actions.create_association(
        name="Asosiasi Kendedes (contoh)", slug="kendedes", region=malang, at=AT, by=None,
        gallery_name="Galeri Kendedes", whatsapp="6281200000001",
    )  # fmt: skip
    neighbour = actions.create_association(
        name="Asosiasi Tetangga (contoh)", slug="tetangga", region=Region.objects.get(code="35.79"), at=AT, by=None
    )
    district = Region.objects.get
    singosari = actions.create_unit(
        association=association, code="SGS", district=district(code="35.07.24"), at=AT, by=None,
        phased_out_on=date(2005, 1, 1), whatsapp="6281200000002",
    )  # fmt: skip
    wajak = actions.create_unit(association=association, code="WJK", district=district(code="35.07.08"), at=AT, by=None)
    batu = actions.create_unit(association=neighbour, code="BTU", district=district(code="35.79.01"), at=AT, by=None)
    tempe = actions.create_producer(
        association=association, unit=singosari, village=district(code="35.07.24.2016"),
        name="Kelompok Tempe Sari (fiktif)", at=AT, by=None, phone="6281200000003",
    )  # fmt: skip
    apel = actions.create_producer(
        association=association,
        unit=wajak,
        village=district(code="35.07.08.2006"),
        name="Anyaman Wajak (fiktif)",
        at=AT,
        by=None,
    )
    foreign = actions.create_producer(
        association=neighbour,
        unit=batu,
        village=district(code="35.79.01.2002"),
        name="Tetangga Jaya (fiktif)",
        at=AT,
        by=None,
    )
    snacks, _ = Category.objects.get_or_create(
        slug="camilan", defaults={"name_id": "Camilan", "name_en": "Snacks", "food": True}
    )
    crafts, _ = Category.objects.get_or_create(slug="anyaman", defaults={"name_id": "Anyaman", "name_en": "Weaving"})
    people = {
        key: _user(key, name)
        for key, name in [
            ("ratna", "Ratna Pengelola"), ("bima", "Bima Kurator"), ("sekar", "Sekar Operator"), ("joko", "Joko Operator"),
            ("tini", "Tini Wakil"), ("yudi", "Yudi Penilai"), ("lestari", "Lestari Penilai"), ("stranger", "Orang Asing"),
        ]
    }  # fmt: skip
    roles = [
        ("ratna", Role.MANAGER, None, None), ("bima", Role.CURATOR, None, None), ("sekar", Role.OPERATOR, singosari, None),
        ("joko", Role.OPERATOR, wajak, None), ("tini", Role.REPRESENTATIVE, None, tempe),
        ("yudi", Role.ASSESSOR, None, None), ("lestari", Role.ASSESSOR, None, None),
    ]  # fmt: skip
    for key, role, unit, producer in roles:
        actions.give_role(
            user=people[key], role=role, association=association, unit=unit, producer=producer, at=AT, by=None
        )
    return Cast(
        association=association, neighbour=neighbour, singosari=singosari, wajak=wajak, tempe=tempe, apel=apel,
        foreign=foreign, snacks=snacks, crafts=crafts, anonymous=AnonymousUser(), **people,
    )  # fmt: skip
