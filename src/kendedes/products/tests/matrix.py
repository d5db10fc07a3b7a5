"""Who may open the pages of products."""

from __future__ import annotations

from django.utils import timezone

from kendedes.products.intake.actions import receive
from kendedes.products.models import Photo
from kendedes.products.permits.actions import add_permit
from kendedes.testing.matrix import CANARY_A, OFFICE, PHONE_A, SIDE_A, STAFF_A, Page

EDIT = frozenset({"manager", "curator", "operator", "representative"})
EDIT_SOMEWHERE = EDIT | {"operator_b", "neighbour"}
CURATE = frozenset({"manager", "curator"})
CURATE_SOMEWHERE = CURATE | {"neighbour"}
SEE_SOMEWHERE = OFFICE - {"partner"}


def build(world):
    """A photo (a row is enough) and a permit of unit A."""
    world.made["photo"] = Photo.objects.create(
        product=world.product,
        sha256="0" * 64,
        width=800,
        height=600,
        alt_id=f"Foto {CANARY_A}",
        added_at=timezone.now(),
    )
    world.made["permit"] = add_permit(
        producer=world.cast.tempe, product=world.product, kind="pirt", number="2063507010001-28", holder=CANARY_A,
        at=timezone.now(), by=None,
    )  # fmt: skip
    sheet = f"Nama kelompok;Desa;Nama produk;HP\nKelompok {CANARY_A};Toyomarto;Keripik {CANARY_A};{PHONE_A}9\n"
    world.made["batch"] = receive(
        unit=world.unit, name=f"{CANARY_A}.csv", data=sheet.encode(), at=timezone.now(), by=None
    )


def _product(world):
    return {"pk": world.product.pk}


def _pack(world):
    return {"pk": world.product.pk, "variant": world.product.variants.get().pk}


def _photo(world):
    return {"pk": world.product.pk, "photo": world.photo.pk}


def _permit(world):
    return {"pk": world.permit.pk}


def _batch(world):
    return {"pk": world.batch.pk}


def _step(name, sees=EDIT, args=_product, **options):
    return Page(f"products:{name}", sees, args=args, method="POST", **options)


ROWS = [
    Page(
        "photos:photo",
        args=lambda w: {"shard": "00", "name": "0" * 64 + "-640.jpg"},
        hears=frozenset({404}),
        why="photos are public by their unguessable names; the view asks no database",
    ),
    Page("products:list", SEE_SOMEWHERE),
    Page("products:new", EDIT_SOMEWHERE),
    Page("products:detail", SIDE_A, args=_product),
    Page("products:edit", EDIT, args=_product),
    Page("products:pack-new", EDIT, args=_product),
    Page("products:pack", EDIT, args=_pack),
    Page("products:photos", EDIT, args=_product),
    Page("products:photo", EDIT, args=_photo),
    Page("products:permit-new", EDIT, args=_product),
    _step("pack-end", args=_pack),
    _step("photo-move", args=_photo),
    _step("photo-remove", args=_photo),
    _step("submit"),
    _step("withdraw"),
    _step("discontinue"),
    _step("revive"),
    _step("accept", CURATE),
    _step("publish", CURATE),
    Page("products:send-back", CURATE, args=_product),
    Page("products:curation", CURATE_SOMEWHERE),
    Page("products:accept-many", CURATE_SOMEWHERE, method="POST"),
    Page("products:publish-many", CURATE_SOMEWHERE, method="POST"),
    Page("products:permits", SEE_SOMEWHERE),
    Page("products:permit", SIDE_A, args=_permit),
    _step("permit-verify", CURATE, _permit),
    _step("permit-end", args=_permit),
    _step("permit-put-file", args=_permit),
    Page("products:permit-file", frozenset(), args=_permit, why="no file is there: nobody gets one"),
    Page("intake:list", STAFF_A | {"operator_b", "neighbour"}),
    Page("intake:export", STAFF_A, args=lambda w: {"unit": w.unit.pk}),
    Page("intake:review", STAFF_A, args=_batch),
    Page("intake:columns", STAFF_A, args=_batch),
    Page("intake:mend", frozenset(), args=_batch, why="no row is in error: nobody gets a sheet"),
    *(Page(f"intake:{name}", STAFF_A, args=_batch, method="POST") for name in ("photos", "confirm", "cancel")),
]
