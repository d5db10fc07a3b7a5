"""One product: calm, complete, with the way to the person who makes it."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from kendedes.base import format as write
from kendedes.products.photos.rules import rendition_name
from kendedes.stories.queries import about_product
from kendedes.web import drawing
from kendedes.web.models import Site
from kendedes.web.queries import pages
from kendedes.web.queries.pages import language
from kendedes.web.queries.prepared import Row
from kendedes.web.rules import jsonld
from kendedes.web.rules.listing import summary, whatsapp
from kendedes.web.views.base import local, origin, page, permit_name, public
from kendedes.web.views.lists import trail


@public
def product(request: HttpRequest, site: Site, slug: str) -> HttpResponse:
    """A released product, also one that is no longer made."""
    listing = pages.product(site, slug)
    if listing is None:
        raise Http404
    content: dict[str, Any] = {**listing["content"], "stars": listing["award"]}
    spoken = language()
    name = content["name"][spoken] or listing["name_id"]
    story = content["story"][spoken] or content["story"]["id"]
    start, here = origin(request), local(f"/produk/{slug}/")
    crumbs = trail(
        (_("Produk"), "/produk/"),
        (content["category"][spoken], f"/kategori/{listing['category']}/"),
        (name, f"/produk/{slug}/"),
    )
    things = [
        _thing(listing, content, start, here),
        jsonld.breadcrumbs(crumbs, start),
        jsonld.organization(site.facts, start),
    ]
    return page(
        request, site, "web/product.html",
        {
            "listing": listing, "p": content, "name": name, "slug": slug,
            "story": story, "summary": summary(story),
            "story_lang": "en" if spoken == "en" and content["story"]["en"] else "id",
            "permits": _permits(content, listing), "contact": _contact(site, listing, name, f"{start}{here}"),
            "buy": _buy(listing, content), "asks": _asks(content), "wholesale": any(v["wholesale"] for v in content["variants"]),
            "district_slug": listing["district_name"].lower().replace(" ", "-"),
            "image": f"{start}/kartu/{slug}.{shown(site, listing, content).key}.jpg",
            "share": _share(name, f"{start}{here}"),
            "editions": [{"slug": e["slug"], "title": e["title"][spoken]} for e in listing["editions"]],
            "told": about_product(listing["key"]) if site.facts.get("stories") else [],
            "beside": pages.beside(site, listing), "crumbs": crumbs, "ld": jsonld.script(things),
        },
    )  # fmt: skip


def _asks(content: dict[str, Any]) -> bool:
    """Whether a pack has no single price: it is asked for, not put into the basket."""
    return any(not v["retail"] or v["retail"].get("high") is not None for v in content["variants"])


def _buy(listing: Row, content: dict[str, Any]) -> list[dict[str, Any]]:
    """Packs that can be ordered, with their names; a release older than a pack has no name for it yet."""
    if not listing["active"]:
        return []
    names = {v["code"]: v for v in content["variants"]}
    packs = [{**row, **_pack(names.get(row["code"]))} for row in listing["sale"]]
    return [row for row in packs if row["price"] is not None and (row["kind"] != "shown" or row["days"])]


def _pack(variant: dict[str, Any] | None) -> dict[str, Any]:
    if variant is None:
        return {"name": "", "unit": ""}
    net = variant.get("net")
    amount = f"{net['value']} {'' if net['unit'] == 'pcs' else net['unit']}".strip() if net else ""
    return {"name": variant["name"] or amount or variant["unit"], "unit": variant["unit"]}


def shown(site: Site, listing: Row, content: dict[str, Any]) -> drawing.Shown:
    """What the picture beside a shared link says; in Indonesian, as the link is passed on."""
    maker = content["producer"]
    low, high = listing["price_low"], listing["price_high"]
    return drawing.Shown(
        name=listing["name_id"], maker=maker["name"],
        place=", ".join(part for part in (maker["village"]["name"], listing["district_name"]) if part),
        price=write.rupiah_range(low, high, "id") if low is not None else "", gallery=site.facts["gallery"],
        stars=listing["stars"], photo=drawing.photo_of(content["photos"][0] if content["photos"] else None),
    )  # fmt: skip


@public
def card(request: HttpRequest, site: Site, slug: str, key: str) -> HttpResponse:
    """The picture of a product; its address changes with what it says, so it may be kept for a year."""
    listing = pages.product(site, slug)
    if listing is None:
        raise Http404
    wanted = shown(site, listing, listing["content"])
    response = HttpResponse(drawing.picture(wanted).read_bytes(), content_type="image/jpeg")
    fresh = key == wanted.key  # an old address shows what holds now, but nobody shall keep it
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if fresh else "no-cache"
    return response


def _share(name: str, url: str) -> list[tuple[str, str, str]]:
    """Plain links that pass the page on: (icon, words, address). No script of anybody's, no picture that counts."""
    text, here = quote(f"{name}\n{url}", safe=""), quote(url, safe="")
    return [
        ("chat", "WhatsApp", f"https://wa.me/?text={text}"),
        ("external", "Facebook", f"https://www.facebook.com/sharer/sharer.php?u={here}"),
        ("send", "Telegram", f"https://t.me/share/url?url={here}&text={quote(name, safe='')}"),
        ("mail", _("Surel"), f"mailto:?subject={quote(name, safe='')}&body={text}"),
    ]


def _permits(content: dict[str, Any], listing: Row) -> list[dict[str, Any]]:
    return [
        {
            **row,
            "until": date.fromisoformat(row["valid_until"]) if row["valid_until"] else None,
            "name": permit_name(row["kind"]),
            "holds": row["kind"] in listing["permits"],
        }
        for row in content["permits"]
    ]


def _contact(site: Site, listing: Row, name: str, url: str) -> dict[str, Any] | None:
    """Whom to write to, with a prepared text in the page's language; the gallery where nobody else is named."""
    contact = listing["contact"]
    if contact is None and site.facts["whatsapp"]:
        contact = {"kind": "gallery", "name": site.facts["gallery"], "whatsapp": site.facts["whatsapp"]}
    if contact is None:
        return None
    text = _("Halo, saya tertarik dengan %(name)s (kode %(code)s).\n%(url)s\nApakah masih tersedia?")
    link = whatsapp(contact["whatsapp"], text % {"name": name, "code": listing["code"], "url": url})
    return {**contact, "link": link} if link else None


def _thing(listing: Row, content: dict[str, Any], start: str, here: str) -> dict[str, Any]:
    facts = {
        "url": f"{start}{here}",
        "images": [f"{start}{photo_address(photo)}" for photo in content["photos"][:4]],
        "producer_url": f"{start}{local('/produsen/')}{listing["producer_slug"]}/",
        "seller_id": f"{start}/#organisasi",
        "low": listing["price_low"], "high": listing["price_high"],
        "offers": sum(1 for v in content["variants"] if v["retail"]), "active": listing["active"],
        "sale": listing["sale"],
    }  # fmt: skip
    return jsonld.product(content, language(), facts)


def photo_address(photo: dict[str, Any], size: int = 1280) -> str:
    """The address of a photo in JPEG, for those who take no newer format."""
    return f"/media/{rendition_name(photo['sha256'], size, 'jpg')}"
