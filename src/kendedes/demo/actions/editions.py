"""Unit editions, the regency edition, and their publication."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from kendedes.catalogue import actions
from kendedes.catalogue.models import Edition
from kendedes.demo.actions.network import World
from kendedes.demo.content import UnitPlan
from kendedes.ovop.queries import current_stars
from kendedes.products.models import Photo, Product

PREFACE = (
    (
        "Buku ini dibuat dua puluh sembilan unit bersama-sama. Setiap unit memilih empat puluh produk kelompoknya, menulis "
        "ceritanya, dan menanggung bahwa harga serta nomor yang tercetak sama dengan yang tersimpan. Yang sudah dinilai memakai "
        "bintang; yang belum, menunggu putaran berikutnya.\n\n"
        "Di halaman-halaman ini Anda akan bertemu kopi dari lereng Semeru, apel dari Poncokusumo, tikar dari Wajak, topeng "
        "dari sanggar di timur dan selatan, dan batik yang digambar di rumah-rumah biasa. Pesanlah langsung kepada pembuatnya "
        "atau melalui galeri: setiap kode menuju halaman produknya.\n\n"
        "Semua nama, harga, dan nomor di dalam buku contoh ini rekaan."
    ),
    (
        "This book was made by twenty-nine units together. Each chose forty products of its groups, wrote their stories and "
        "answers for the prices and numbers printed here. What has been judged carries stars; the rest waits for the next round.\n\n"
        "On these pages you will meet coffee from the slopes of Semeru, apples from Poncokusumo, mats from Wajak, masks from "
        "the studios of the east and south, and batik drawn in ordinary houses. Order from the makers or through the gallery: "
        "every code leads to the page of its product.\n\n"
        "All names, prices and numbers in this example are invented."
    ),
)


@transaction.atomic
def unit_edition(world: World, plan: UnitPlan, products: Sequence[Product]) -> Edition:
    """The first edition of one unit, locked."""
    at, unit = world.calendar.locked, world.units[plan.code]
    by = world.operator(plan.code) or world.user("kurator")
    stars = current_stars([p.pk for p in products], at)
    best = sorted(products, key=lambda p: (-(stars.get(p.pk) or {"stars": 0})["stars"], p.code))
    edition = actions.open_edition(
        association=world.association, unit=unit, at=at, by=by, preface_id=plan.preface[0], preface_en=plan.preface[1],
        preface_author=plan.operator, preface_role=f"Unit {unit.district.name}", opening_id=plan.preface[0],
        opening_en=plan.preface[1], cover_photo=Photo.objects.filter(product=best[0], removed_at=None).first(),
    )  # fmt: skip
    order = [*best[:4], *(p for p in products if p not in best[:4])]
    actions.choose(edition=edition, products=[(p, p in best[:1] and p.pk in stars) for p in order], at=at, by=by)
    actions.to_proof(edition=edition, at=at, by=by)
    return actions.lock_unit_edition(edition=edition, at=at, by=world.user("pengelola"))


@transaction.atomic
def regency_edition(world: World, cover: Photo) -> Edition:
    """The regency's first edition, composed, locked and published with its chapters."""
    calendar, manager = world.calendar, world.user("pengelola")
    edition = actions.compose_regency(association=world.association, at=calendar.composed, by=manager)
    actions.change_edition(
        edition=edition, at=calendar.composed, by=manager, preface_id=PREFACE[0], preface_en=PREFACE[1],
        preface_author="Ratna Pengelola", preface_role="Pengelola galeri (contoh)", cover_photo=cover,
        cover_line="Buatan desa, dari gunung sampai laut",
    )  # fmt: skip
    actions.to_proof(edition=edition, at=calendar.composed, by=manager)
    held = actions.lock(edition=edition, at=calendar.composed, by=manager)
    return actions.publish(edition=held, at=calendar.published, by=world.user("pengelola2"), with_units=True)
