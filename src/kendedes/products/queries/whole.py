"""Products with everything ``content`` reads, in two queries whatever their number.

The rows of four tables come as one list of JSON objects (``UNION ALL``) and become the model's own instances, kept
where ``prefetch_related`` would have kept them: whoever reads ``product.variants.all()`` asks no database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db.models import Model, Q, QuerySet, Value
from django.db.models.functions import JSONObject

from kendedes.journal.models import User
from kendedes.products.models import FixItem, Permit, Photo, Price, Product, Variant

FEW = 4_000  # products a query names: SQLite takes 32,766 values
Parts = dict[tuple[str, int], list[Any]]
_WHO = {"fix": {"name": "asked_by__name", "username": "asked_by__username"}}


def full(
    products: Iterable[Product] | None = None, ids: Iterable[int] = (), rows: QuerySet[Product] | None = None, *,
    asked: bool = False,
) -> list[Product]:  # fmt: skip
    """Products given as such, by number, or as a queryset (one query less); ``asked``: with what `fixes` gives."""
    if rows is None:
        rows = Product.objects.filter(pk__in=[p.pk for p in products] if products is not None else list(ids))
    loaded = list(
        rows.select_related(
            "association", "category", "producer__village", "producer__unit__district", "producer__village__parent"
        )
    )
    for start in range(0, len(loaded), FEW):
        _furnish(loaded[start : start + FEW], asked=asked)
    return loaded


def ended(product: Product) -> list[Variant]:
    """The packs of a product from ``full`` that are no longer sold."""
    found: list[Variant] = vars(product)["_ended"]
    return found


def fixes(product: Product) -> list[FixItem]:
    """What the curator still wants mended, of a product ``full`` was ``asked`` for, each with who asked."""
    found: list[FixItem] = vars(product)["_fixes"]
    return found


def _furnish(products: Sequence[Product], *, asked: bool) -> None:
    parts = _parts(products, asked=asked)
    for product in products:
        if product.producer.association_id == product.association_id:
            product.producer.association = product.association
        variants = parts["variant", product.pk]
        vars(product)["_fixes"] = parts["fix", product.pk]
        vars(product)["_ended"] = [v for v in variants if v.ended_on]
        current = [v for v in variants if not v.ended_on]
        for variant in current:
            _keep(variant, "prices", Price.objects.all(), parts["price", variant.pk])
        _keep(product, "variants", Variant.objects.all(), current)
        _keep(product, "photos", Photo.objects.all(), parts["photo", product.pk])
        _keep(product, "permits", Permit.objects.all(), parts["permit", product.pk])
        _keep(product.producer, "permits", Permit.objects.all(), parts["permit of all", product.producer_id])


def _parts(products: Sequence[Product], *, asked: bool) -> Parts:
    """Rows by kind and by whose they are, in the order each is shown in."""
    ids = [product.pk for product in products]
    makers = {product.producer_id for product in products}
    own = Q(product__in=ids) | Q(product=None, producer__in=makers)
    wanted: list[tuple[str, QuerySet[Any]]] = [
        ("variant", Variant.objects.filter(product__in=ids)),
        ("price", Price.objects.filter(variant__product__in=ids, variant__ended_on=None)),
        ("photo", Photo.objects.filter(product__in=ids, removed_at=None)),
        ("permit", Permit.objects.filter(own, ended_on=None)),
    ]
    if asked:
        wanted.append(("fix", FixItem.objects.filter(product__in=ids, done_at=None)))
    first, *others = (
        rows.order_by().values_list(
            Value(kind), JSONObject(**{f.attname: f.attname for f in _fields(rows.model)}, **_WHO.get(kind, {}))
        )
        for kind, rows in wanted
    )
    found: dict[str, list[Any]] = defaultdict(list)
    models = {kind: rows.model for kind, rows in wanted}
    for kind, said in first.union(*others, all=True).order_by():
        found[kind].append(_made(models[kind], said))
        if kind == "fix" and said["asked_by_id"]:
            found[kind][-1].asked_by = User(pk=said["asked_by_id"], name=said["name"], username=said["username"])
    return _sorted(found)


def _sorted(found: dict[str, list[Any]]) -> Parts:
    parts: Parts = defaultdict(list)
    for row in sorted(found["variant"], key=lambda v: (v.position, v.pk)):
        parts["variant", row.product_id].append(row)
    for row in sorted(found["price"], key=lambda p: -p.pk):  # the newest first: it counts
        parts["price", row.variant_id].append(row)
    for row in sorted(found["photo"], key=lambda p: (p.position, p.pk)):
        parts["photo", row.product_id].append(row)
    for row in sorted(found["fix"], key=lambda f: f.pk):
        parts["fix", row.product_id].append(row)
    for row in sorted(found["permit"], key=lambda p: (p.kind, p.pk)):
        parts["permit" if row.product_id else "permit of all", row.product_id or row.producer_id].append(row)
    return parts


def _fields(model: type[Model]) -> Iterator[Any]:
    yield from model._meta.concrete_fields


def _made(model: type[Model], said: dict[str, Any]) -> Model:
    """An instance as the ORM would have loaded it; JSON has no days and times."""
    fields = list(_fields(model))
    values = [None if said[f.attname] is None else _value(f.to_python(said[f.attname])) for f in fields]
    return model.from_db("default", [f.attname for f in fields], values)


def _value(value: Any) -> Any:
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


def _keep(owner: Model, name: str, rows: QuerySet[Any], found: list[Any]) -> None:
    """What ``prefetch_related`` does with what it found."""
    rows._result_cache = found  # noqa: SLF001 - Django has no other door for rows read elsewhere
    rows._prefetch_done = True  # type: ignore[attr-defined]  # noqa: SLF001 - as above
    vars(owner).setdefault("_prefetched_objects_cache", {})[name] = rows
