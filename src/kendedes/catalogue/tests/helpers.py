"""Editions made by the real actions."""

import hashlib
from datetime import timedelta

from kendedes.catalogue import actions
from kendedes.products.models import Photo, Product
from kendedes.testing.cast import AT

LATER = AT + timedelta(hours=1)


def accepted(cast, producer=None, name="Keripik tempe sagu", *, photo=True, **fields):
    """A product the curator has taken, with one photo (the file itself is not there)."""
    product = cast.product(producer, name, **fields)
    if photo:
        sha = hashlib.sha256(product.code.encode()).hexdigest()
        Photo.objects.create(product=product, sha256=sha, width=1600, height=1200, added_at=AT)
    Product.objects.filter(pk=product.pk).update(state=Product.State.ACCEPTED)
    product.refresh_from_db()
    return product


def proofed(cast, unit=None, names=("Keripik tempe sagu", "Opak gambir"), **fields):
    """A unit edition of new products, as proof."""
    unit = unit or cast.singosari
    producer = cast.tempe if unit == cast.singosari else cast.apel
    products = [accepted(cast, producer, name) for name in names]
    edition = actions.open_edition(association=cast.association, unit=unit, at=AT, by=cast.sekar, **fields)
    actions.choose(edition=edition, products=products, at=AT, by=cast.sekar)
    return actions.to_proof(edition=edition, at=AT, by=cast.sekar), products


def locked(cast, unit=None, **options):
    """A locked unit edition and its products."""
    edition, products = proofed(cast, unit, **options)
    return actions.lock(edition=edition, at=AT, by=cast.ratna), products


def regency(cast):
    """A locked regency edition of Singosari alone; Wajak is missing."""
    locked(cast)
    edition = actions.compose_regency(association=cast.association, at=AT, by=cast.bima)
    actions.to_proof(edition=edition, at=AT, by=cast.bima)
    return actions.lock(edition=edition, at=AT, by=cast.ratna)
