"""Products from first draft to acceptance, with their permits and pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from kendedes.demo.actions.network import World
from kendedes.demo.content import COVER, COVER_ALT, ProducerPlan, ProductPlan
from kendedes.demo.content.numbers import Paper
from kendedes.demo.content.plans import PackPlan, rng_of
from kendedes.demo.studio import Studio
from kendedes.journal.models import User
from kendedes.network.models import Producer
from kendedes.products import actions
from kendedes.products.actions import Pack, PriceAsked
from kendedes.products.models import Category, Product
from kendedes.products.permits.actions import add_permit, verify_permit
from kendedes.products.photos.actions import NewPhoto, attach
from kendedes.products.photos.store import Stored
from kendedes.products.queries import full

# Where each kind of number can be looked up.
LOOK_UP = {
    "pirt": "https://oss.go.id/", "halal": "https://bpjph.halal.go.id/", "nib": "https://oss.go.id/",
    "bpom": "https://cekbpom.pom.go.id/", "merek": "https://pdki-indonesia.dgip.go.id/",
}  # fmt: skip
FIXES = (
    ("story_id", "Ceritanya baik, tetapi sebutkan juga dari desa mana bahannya."),
    ("photo", "Fotonya gelap di sisi kiri; mohon foto ulang dekat jendela."),
    ("price", "Harga grosir belum ada, padahal pembeli sering menanyakannya."),
)


@transaction.atomic
def make(world: World, products: Iterable[ProductPlan], categories: dict[str, Category]) -> dict[str, Product]:
    """Drafts with packs, prices and permits, by code."""
    made = {}
    for plan in products:
        producer = world.producers[plan.producer]
        by = world.operator(plan.code[:3])
        product = actions.create_product(
            producer=producer, category=categories[plan.category], name_id=plan.name[0], at=world.calendar.written,
            by=by, code=plan.code, packs=[_pack(p) for p in plan.packs], name_en=plan.name[1], story_id=plan.story[0],
            story_en=plan.story[1], materials=plan.materials, local_percent=plan.local_percent,
            local_scope=plan.local_scope if plan.local_percent is not None else "", capacity=plan.capacity,
            capacity_unit=plan.capacity_unit if plan.capacity else "", shelf_life_days=plan.shelf_days,
            minimum_order=plan.minimum, lead_time_days=plan.lead_days,
        )  # fmt: skip
        permits(world, producer, plan.papers, product, by)
        _reprice(world, plan, product, by)
        made[plan.code] = product
    return made


def _pack(plan: PackPlan) -> Pack:
    wholesale = PriceAsked(plan.wholesale[0], None, plan.wholesale[1]) if plan.wholesale else None
    return Pack(
        name=plan.name, unit=plan.unit, net_value=plan.net[0], net_unit=plan.net[1],
        retail=PriceAsked(plan.low, plan.high), wholesale=wholesale,
    )  # fmt: skip


def _reprice(world: World, plan: ProductPlan, product: Product, by: User | None) -> None:
    """One in ten raised its price once: the history has something to show."""
    rng = rng_of("reprice", plan.code)
    pack = plan.packs[0]
    if pack.high is None and rng.random() < 0.1:
        dearer = PriceAsked(pack.low + rng.choice((500, 1000, 2000)))
        made = product.variants.get(position=0)
        same = _pack(pack)
        again = Pack(made.code, same.name, same.unit, same.net_value, same.net_unit, "", dearer, same.wholesale)
        actions.put_pack(product=product, pack=again, at=world.calendar.repriced, by=by)


def permits(
    world: World, producer: Producer, papers: Iterable[Paper], product: Product | None, by: User | None
) -> None:
    """A maker's or a product's papers; some were looked up by the curator."""
    for paper in papers:
        permit = add_permit(
            producer=producer, product=product, kind=paper.kind, number=paper.number, holder=paper.holder,
            valid_until=paper.valid_until, at=world.calendar.written, by=by,
        )  # fmt: skip
        if paper.verified:
            on = min(paper.verified, world.calendar.accepted.date())
            verify_permit(
                permit=permit, on=on, url=LOOK_UP[paper.kind], at=world.calendar.accepted, by=world.user("kurator")
            )


@transaction.atomic
def makers_papers(world: World, makers: Iterable[ProducerPlan]) -> None:
    """The permits that belong to a maker, not to one product."""
    for maker in makers:
        permits(world, world.producers[maker.key], maker.papers, None, world.operator(maker.unit))


@transaction.atomic
def show(world: World, products: Sequence[tuple[ProductPlan, Product]], studio: Studio) -> dict[str, Product]:
    """Pictures, then each product to the state it shall reach; gives the products as they stand, by code."""
    for plan, product in products:
        found = []
        for picture in plan.pictures:
            drawn = studio.wait(picture)
            alt = COVER_ALT if picture == COVER else plan.alt
            asked = NewPhoto(product, b"", f"{plan.code}.jpg", alt[0][:200], alt[1][:200])
            found.append((asked, Stored(drawn.sha256, drawn.width, drawn.height, drawn.sha256, same=True)))
        if found:
            attach(product=product, found=found, at=world.calendar.written, by=world.operator(plan.code[:3]))
    goals = {plan.code: plan.goal for plan, _product in products}
    # One reading for all, so that a step need not ask for packs, prices and photos of each.
    loaded = {product.code: product for _plan, product in products}
    for product in full(product for plan, product in products if plan.goal != "draft"):
        _pass_on(world, product, goals[product.code])
        loaded[product.code] = product
    return loaded


def _pass_on(world: World, product: Product, goal: str) -> None:
    actions.submit(product=product, at=world.calendar.submitted, by=world.operator(product.code[:3]))
    if goal == "returned":
        fix = FIXES[sum(map(ord, product.code)) % len(FIXES)]
        actions.send_back(product=product, fixes=[fix], at=world.calendar.accepted, by=world.user("kurator"))
    elif goal == "published":
        actions.accept(product=product, at=world.calendar.accepted, by=world.user("kurator"))
