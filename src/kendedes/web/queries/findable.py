"""What can be found beside products: producers, villages, kecamatan, categories, stories (``AppConfig.searched``)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F

from kendedes.stories.models import Story
from kendedes.ui.searched import Searchable
from kendedes.web.models import Heading, Listing


def findable(association_id: int) -> Iterator[Searchable]:
    """Headings that hold products, and the villages the products come from."""
    rows = Heading.objects.filter(site=association_id, products__gt=0).order_by("kind", "key")
    slugs = {}
    for kind, key, slug, name, english, facts in rows.values_list("kind", "key", "slug", "name_id", "name_en", "facts"):
        if kind == Heading.Kind.PRODUCER:
            district = (facts["district"] or {"name": ""})["name"]
            about = ", ".join(part for part in (facts["village"]["name"], district) if part)
            yield Searchable("producer", name, f"/produsen/{slug}/", about, about)
        elif kind == Heading.Kind.DISTRICT:
            slugs[key] = slug
            yield Searchable("district", name, f"/kecamatan/{slug}/")
        else:
            yield Searchable("category", name, f"/kategori/{slug}/", "", english)
    villages = Listing.objects.filter(site=association_id, active=True).order_by("village").distinct()
    for name, district, around in villages.values_list("village_name", "district", F("district_name")):
        if district in slugs:
            yield Searchable("village", name, f"/kecamatan/{slugs[district]}/", around)
    told = Story.objects.filter(association=association_id, state=Story.State.PUBLISHED).order_by("pk")
    for kind, slug, title, english, lead, tags in told.values_list(
        "kind", "slug", "title_id", "title_en", "lead_id", "tags"
    ):
        folder = "cerita" if kind == Story.Kind.ARTICLE else "halaman"
        yield Searchable("story", title, f"/{folder}/{slug}/", "", " ".join([english, lead, *tags]))
