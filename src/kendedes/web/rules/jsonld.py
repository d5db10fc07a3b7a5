"""What machines read on a page: schema.org in JSON-LD. Pure.

Vocabulary: https://schema.org/Product, /AggregateOffer, /Organization, /BreadcrumbList, /WebSite.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

Thing = dict[str, Any]
# What would end the script element or start a comment inside it, written as JSON escapes.
_ESCAPES = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))


def script(things: Sequence[Thing]) -> str:
    """The text of one ``<script type="application/ld+json">``, safe inside HTML as it is."""
    graph = {"@context": "https://schema.org", "@graph": [thing for thing in things if thing]}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    for sign, escape in _ESCAPES:
        text = text.replace(sign, escape)
    return text


def organization(facts: Mapping[str, Any], origin: str) -> Thing:
    """The association with its gallery."""
    thing: Thing = {
        "@type": "Organization", "@id": f"{origin}/#organisasi", "name": facts["gallery"],
        "legalName": facts["name"], "url": f"{origin}/",
        "areaServed": {"@type": "AdministrativeArea", "name": facts["region"]["full"]},
    }  # fmt: skip
    if facts["address"]:
        thing["address"] = {
            "@type": "PostalAddress", "streetAddress": facts["address"],
            "addressRegion": facts["region"]["full"], "addressCountry": "ID",
        }  # fmt: skip
    if facts["whatsapp"]:
        thing["contactPoint"] = {
            "@type": "ContactPoint", "contactType": "sales", "telephone": f"+{facts['whatsapp']}",
            "availableLanguage": ["id"],
        }  # fmt: skip
    return thing


def website(facts: Mapping[str, Any], origin: str, search_path: str) -> Thing:
    """The site and how to search it."""
    return {
        "@type": "WebSite", "@id": f"{origin}/#situs", "name": facts["gallery"], "url": f"{origin}/",
        "inLanguage": ["id", "en"], "publisher": {"@id": f"{origin}/#organisasi"},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{origin}{search_path}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }  # fmt: skip


def breadcrumbs(crumbs: Sequence[tuple[str, str]], origin: str) -> Thing:
    """The way to this page; ``crumbs`` as (label, path)."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": label, "item": f"{origin}{path}"}
            for place, (label, path) in enumerate(crumbs, start=1)
        ],
    }


def article(told: Mapping[str, str], origin: str) -> Thing:
    """An article. ``told``: url, title, lead, author, lang, published, image; empty ones are left out."""
    thing: Thing = {
        "@type": "Article", "@id": f"{told['url']}#cerita", "headline": told["title"][:110], "url": told["url"],
        "description": told["lead"], "inLanguage": told["lang"], "datePublished": told["published"],
        "image": told["image"], "publisher": {"@id": f"{origin}/#organisasi"},
        "author": {"@type": "Person", "name": told["author"]} if told["author"] else {"@id": f"{origin}/#organisasi"},
    }  # fmt: skip
    return {name: value for name, value in thing.items() if value}


def producer(heading: Mapping[str, Any], origin: str, path: str) -> Thing:
    """A group or enterprise with its village."""
    village, district = heading["facts"]["village"], heading["facts"]["district"]
    return {
        "@type": "Organization", "@id": f"{origin}{path}#produsen", "name": heading["name"], "url": f"{origin}{path}",
        "address": {
            "@type": "PostalAddress", "addressLocality": village["name"],
            "addressRegion": district["name"] if district else "", "addressCountry": "ID",
        },
    }  # fmt: skip


def availability(sale: Sequence[Mapping[str, Any]], *, active: bool) -> str:
    """The best a buyer can have of the packs, as the page offers them; empty where the shop is closed and nobody knows."""
    if not active:
        return "Discontinued"
    if not sale:
        return ""
    offered = [pack for pack in sale if pack["price"] is not None]
    stock = [pack for pack in offered if pack["kind"] == "stock"]
    if stock:
        return "InStock" if any(pack["left"] is None for pack in stock) else "LimitedAvailability"
    return "BackOrder" if any(pack["days"] is not None for pack in offered) else "OutOfStock"


def product(content: Mapping[str, Any], lang: str, facts: Mapping[str, Any]) -> Thing:
    """A product with its range of retail prices.

    Nothing without a price: a Product without offers is an error to those who show rich results. ``facts``: ``url``,
    ``images`` (absolute), ``producer_url``, ``seller_id``, ``low``, ``high``, ``offers`` (number of priced packs),
    ``active``, ``sale`` (as a listing has it).
    """
    if facts["low"] is None:
        return {}
    thing: Thing = {
        "@type": "Product", "@id": f"{facts['url']}#produk", "name": content["name"][lang] or content["name"]["id"],
        "sku": content["code"], "url": facts["url"], "category": content["category"][lang],
        "brand": {"@type": "Organization", "name": content["producer"]["name"], "url": facts["producer_url"]},
        "countryOfOrigin": {"@type": "Country", "name": "Indonesia"},
    }  # fmt: skip
    story = content["story"][lang] or content["story"]["id"]
    if story:
        thing["description"] = " ".join(story.split())[:500]
    if facts["images"]:
        thing["image"] = list(facts["images"])
    if content["materials"]:
        thing["material"] = ", ".join(content["materials"])
    if content.get("stars"):
        thing["award"] = f"{content['stars']['stars']} ★ {content['stars']['rubric']}"
    common = {
        "priceCurrency": "IDR", "itemCondition": "https://schema.org/NewCondition", "url": facts["url"],
        "seller": {"@id": facts["seller_id"]},
    }  # fmt: skip
    if state := availability(facts["sale"], active=facts["active"]):
        common["availability"] = f"https://schema.org/{state}"
    if facts["low"] == facts["high"]:
        thing["offers"] = {"@type": "Offer", "price": facts["low"], **common}
    else:
        thing["offers"] = {
            "@type": "AggregateOffer", "lowPrice": facts["low"], "highPrice": facts["high"],
            "offerCount": facts["offers"], **common,
        }  # fmt: skip
    return thing
