"""The operations of ``/api/v1/``: reads of what is public, bounded, in plain JSON."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from kendedes.api import schemas, stories
from kendedes.api.access import Key, Turns, key_of, seconds
from kendedes.api.models import Token
from kendedes.base.refusal import Refusal
from kendedes.catalogue import queries as catalogue
from kendedes.catalogue.outputs import json_bytes
from kendedes.orders.queries.offers import Offer, offers
from kendedes.orders.rules.promising import Kind
from kendedes.products.models import Variant
from kendedes.ui.frame import host_name
from kendedes.web.models import Heading, Listing, Site
from kendedes.web.pagecache import MARK
from kendedes.web.queries.pages import site_of
from kendedes.web.views.base import origin

PROBLEM, SCHEMA = "application/problem+json", "application/schema+json"


class _Api(NinjaAPI):
    """Its description names the content types that are answered, not one for all."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        described = super().get_openapi_schema(**options)
        for operations in described["paths"].values():
            for operation in operations.values():
                for status, response in operation["responses"].items():
                    if int(status) >= 400:
                        response["content"] = {PROBLEM: response["content"]["application/json"]}
                    elif operation["operationId"].endswith("_schema"):
                        response["content"] = {SCHEMA: response["content"]["application/json"]}
        return described

    def create_response(self, request: HttpRequest, data: Any, **options: Any) -> HttpResponse:
        """An answer that is asked for again costs no body while it says the same."""
        return conditional(request, super().create_response(request, data, **options))


def conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """``response``, or 304 where the reader holds it already."""
    if response.status_code != 200 or request.method != "GET":
        return response
    etag = f'W/"{hashlib.sha256(response.content).hexdigest()[:24]}"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache" if key_of(request) else "no-cache"
    found = get_conditional_response(request, etag=etag, response=response)
    return found if isinstance(found, HttpResponse) else response


api = _Api(
    title="Kendedes",
    version="1",
    description="Produk dan edisi katalog sebuah asosiasi, seperti di situs publiknya. Hanya dibaca.",
    urls_namespace="api",
    docs_url=None,
    throttle=[Turns()],
)
NOT_FOUND: Any = {404: schemas.Problem, 422: schemas.Problem, 429: schemas.Problem}
KEYED: Any = {401: schemas.Problem, 403: schemas.Problem, **NOT_FOUND}


def problem(status: int, title: str, code: str, detail: str = "", errors: list[Any] | None = None) -> HttpResponse:
    """An error in the one form all errors have."""
    body = schemas.Problem(title=title, status=status, code=code, detail=detail, errors=errors or [])
    return HttpResponse(body.model_dump_json(), status=status, content_type=PROBLEM)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    told = [{"at": [str(part) for part in e.get("loc", ())], "message": e.get("msg", "")} for e in error.errors]
    return problem(422, "Permintaan tidak dapat dibaca", "invalid", errors=told)


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, "Tidak ada", "not_found")


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    codes = {401: ("Kunci tidak berlaku", "token_invalid"), 429: ("Terlalu banyak permintaan", "too_many_requests")}
    title, code = codes.get(error.status_code, (str(error), "http_error"))
    response = problem(error.status_code, title, code)
    if error.status_code == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if error.status_code == 429:
        response.headers["Retry-After"] = str(seconds(request))
    return response


@api.exception_handler(Refusal)
def _refused(request: HttpRequest, error: Refusal) -> HttpResponse:
    return problem(error.status, str(error), error.code)


def _site(request: HttpRequest) -> Site:
    site = site_of(host_name(request))
    if site is None:
        raise Http404
    return site


@api.get("/association", response={200: schemas.Association, **NOT_FOUND}, url_name="association")
def association(request: HttpRequest) -> dict[str, Any]:
    """The association this host belongs to."""
    site = _site(request)
    return {
        "slug": site.facts["slug"], "name": site.facts["name"], "gallery": site.facts["gallery"],
        "region": {"code": site.facts["region"]["code"], "name": site.facts["region"]["full"]},
        "products": site.products, "producers": site.producers, "version": site.version,
    }  # fmt: skip


def _headings(site: Site, kind: str) -> list[dict[str, Any]]:
    rows = Heading.objects.filter(site=site, kind=kind).order_by("position", "name_id")
    return [
        {
            "key": row.key, "slug": row.slug, "name": {"id": row.name_id, "en": row.name_en},
            "products": row.products, "starred": row.starred,
        }
        for row in rows
    ]  # fmt: skip


@api.get("/categories", response={200: list[schemas.Heading], **NOT_FOUND}, url_name="categories")
def categories(request: HttpRequest) -> list[dict[str, Any]]:
    """Every category with its counts."""
    return _headings(_site(request), Heading.Kind.CATEGORY)


@api.get("/districts", response={200: list[schemas.Heading], **NOT_FOUND}, url_name="districts")
def districts(request: HttpRequest) -> list[dict[str, Any]]:
    """Every kecamatan of the regency; ``key`` is its Kemendagri code."""
    return _headings(_site(request), Heading.Kind.DISTRICT)


def _product(request: HttpRequest, row: Listing) -> dict[str, Any]:
    url = f"{origin(request)}/produk/{row.slug}/"
    return {
        "code": row.code, "slug": row.slug, "url": url, "active": row.active, "release": row.number,
        "released_at": row.released_at,
        # Consent and stars as they stand now, not as they were when the text was frozen.
        "content": {**row.release.content, "stars": row.award, "contact": row.contact, "url": url},
    }  # fmt: skip


@api.get("/products", response={200: schemas.ProductPage, **NOT_FOUND}, url_name="products")
def products(
    request: HttpRequest, *, page: schemas.PageNumber = 1, size: schemas.Size = 50, category: schemas.Word = "",
    district: schemas.Word = "", stars: schemas.Stars = 0,
) -> dict[str, Any]:  # fmt: skip
    """Released products that are still made, in the order of their codes; ``category`` and ``district`` by slug."""
    site = _site(request)
    rows = Listing.objects.filter(site=site, active=True)
    for kind, slug, columns in (("category", category, ("category", "topic")), ("district", district, ("district",))):
        if slug:
            found = Heading.objects.filter(site=site, kind=kind, slug=slug).values_list("key", "facts").first()
            if found is None:
                raise Http404
            rows = rows.filter(
                **{columns[-1] if kind == "district" or not found[1]["parent"] else columns[0]: found[0]}
            )
    if stars:
        rows = rows.filter(stars__gte=stars)
    plain = not (category or district or stars)
    total = site.products if plain else rows.count()
    start = (page - 1) * size
    shown = list(rows.select_related("release").order_by("product_id")[start : start + size])
    following = page + 1 if start + size < total and page < schemas.MOST_PAGES else None
    return {
        "items": [_product(request, row) for row in shown], "total": total, "page": page, "size": size,
        "next": following,
    }  # fmt: skip


@api.get("/products/{code}", response={200: schemas.Product, **NOT_FOUND}, url_name="product")
def product(request: HttpRequest, code: schemas.Code) -> dict[str, Any]:
    """One released product by its code, also when it is no longer made."""
    row = Listing.objects.filter(site=_site(request), code=code).select_related("release").first()
    if row is None:
        raise Http404
    return _product(request, row)


def _page(items: list[Any], total: int, page: int, size: int) -> dict[str, Any]:
    following = page + 1 if page * size < total and page < schemas.MOST_PAGES else None
    return {"items": items, "total": total, "page": page, "size": size, "next": following}


def _producer(request: HttpRequest, row: Heading) -> dict[str, Any]:
    facts = row.facts
    village, district = facts["village"], facts["district"]
    return {
        "slug": row.slug, "name": row.name_id, "kind": facts["kind"],
        "village": {"code": village["code"], "name": village["name"]},
        "district": {"code": district["code"], "name": district["name"]} if district else None,
        "members": facts["members"],
        "products": row.products, "url": f"{origin(request)}/produsen/{row.slug}/",
    }  # fmt: skip


@api.get("/producers", response={200: schemas.ProducerPage, **NOT_FOUND}, url_name="producers")
def producers(request: HttpRequest, *, page: schemas.PageNumber = 1, size: schemas.Size = 50) -> dict[str, Any]:
    """Producers with published products."""
    rows = Heading.objects.filter(site=_site(request), kind=Heading.Kind.PRODUCER, products__gt=0)
    shown = rows.order_by("name_id", "pk")[(page - 1) * size : page * size]
    return _page([_producer(request, row) for row in shown], rows.count(), page, size)


@api.get("/producers/{slug}", response={200: schemas.ProducerTold, **NOT_FOUND}, url_name="producer")
def producer(request: HttpRequest, slug: schemas.Slug) -> dict[str, Any]:
    """One producer by the word in its address."""
    row = Heading.objects.filter(site=_site(request), kind=Heading.Kind.PRODUCER, slug=slug).first()
    if row is None:
        raise Http404
    return {**_producer(request, row), "about": {"id": row.facts["about"]["id"], "en": row.facts["about"]["en"]}}


@api.get("/stock", response={200: schemas.StockPage, **KEYED}, auth=Key(), url_name="stock")
def stock(
    request: HttpRequest, *, page: schemas.PageNumber = 1, size: schemas.Size = 50
) -> dict[str, Any] | HttpResponse:
    """What can be had of each pack now; wants a key with the scope ``stock``. Pages by products, of the key's association."""
    key = key_of(request)
    if key is None or Token.Scope.STOCK not in key.scopes:
        return problem(403, "Kunci ini tidak untuk stok", "token_scope")
    rows = Listing.objects.filter(site=key.association_id, active=True).order_by("product_id")
    shown = rows[(page - 1) * size : page * size]
    return _page(_stock_of(key.association_id, list(shown)), rows.count(), page, size)


@api.get("/stock/{code}", response={200: list[schemas.Stock], **KEYED}, auth=Key(), url_name="stock-one")
def stock_one(request: HttpRequest, code: schemas.Code) -> list[dict[str, Any]] | HttpResponse:
    """The packs of one product by its code; wants a key with the scope ``stock``. Empty when it is no longer made."""
    key = key_of(request)
    if key is None or Token.Scope.STOCK not in key.scopes:
        return problem(403, "Kunci ini tidak untuk stok", "token_scope")
    row = Listing.objects.filter(site=key.association_id, code=code).first()
    if row is None:
        raise Http404
    return _stock_of(key.association_id, [row])


def _stock_of(association: int, rows: list[Listing]) -> list[dict[str, Any]]:
    shown = {row.pk: row for row in rows}
    packs = list(Variant.objects.filter(product__in=shown, ended_on=None).order_by("product", "position", "pk"))
    known = offers(association, [pack.pk for pack in packs], timezone.localdate())
    return [_stock(shown[pack.product_id], pack, known[pack.pk]) for pack in packs if pack.pk in known]


def _stock(row: Listing, pack: Variant, offer: Offer) -> dict[str, Any]:
    kind = offer.kind()
    days = offer.days(max(1, offer.minimum)) if kind == Kind.MADE else None
    word = {Kind.STOCK: "in_stock", Kind.MADE: "made_to_order"}.get(kind, "unavailable")
    return {
        "code": row.code, "pack": pack.code, "name": offer.name, "availability": word, "free": offer.free, "days": days,
        "minimum": max(1, offer.minimum) if kind == Kind.MADE else 1,
    }  # fmt: skip


@api.get("/editions", response={200: list[schemas.Edition], **NOT_FOUND}, url_name="editions")
def editions(request: HttpRequest) -> list[dict[str, Any]]:
    """Published editions, newest first."""
    start = origin(request)
    return [
        {
            "slug": card.slug, "level": card.level, "number": card.number, "year": card.year, "period": card.period,
            "title": card.title, "products": card.products, "published_at": card.published_at, "sha256": card.sha256,
            "document": f"{start}/api/v1/editions/{card.slug}",
        }
        for card in catalogue.published_editions(_site(request).pk)
    ]  # fmt: skip


@api.get("/editions/{slug}", response={200: dict[str, Any], **NOT_FOUND}, url_name="edition")
def edition(request: HttpRequest, slug: schemas.Slug) -> HttpResponse:
    """The edition document: the frozen text with its errata, canonical JSON (schema ``edition-1``)."""
    site = _site(request)
    view = catalogue.edition_page(site.pk, slug)
    if view is None:
        raise Http404
    response = HttpResponse(json_bytes(view.document, list(view.errata)), content_type="application/json")
    request.META[MARK] = (site.pk, site.version)
    return conditional(request, response)


@api.get("/stories", response={200: schemas.StoryPage, **NOT_FOUND}, url_name="stories")
def stories_told(
    request: HttpRequest, *, page: schemas.PageNumber = 1, size: schemas.Size = 50,
    kind: schemas.StoryKind = "article", tag: schemas.Label = "",
) -> dict[str, Any]:  # fmt: skip
    """Published stories, newest first: articles, or with ``kind=page`` the fixed pages; ``tag`` by label."""
    shown, total = stories.listed(
        _site(request).pk, kind=kind, tag=tag, start=(page - 1) * size, size=size, origin=origin(request)
    )
    return _page(shown, total, page, size)


@api.get("/stories/{slug}", response={200: schemas.StoryTold, **NOT_FOUND}, url_name="story")
def story(request: HttpRequest, slug: schemas.Slug) -> dict[str, Any]:
    """One published story with its text, as the site shows it."""
    found = stories.one(_site(request).pk, slug, origin(request))
    if found is None:
        raise Http404
    return found


@lru_cache(maxsize=1)
def _schema() -> bytes:
    return (files("kendedes.catalogue") / "schema" / "edition-1.json").read_bytes()


@api.get("/schema/edition-1.json", response=dict[str, Any], url_name="schema")
def schema(request: HttpRequest) -> HttpResponse:
    """JSON Schema (2020-12) of the edition document."""
    response = HttpResponse(_schema(), content_type=SCHEMA)
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
