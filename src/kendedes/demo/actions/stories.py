"""What the association tells: articles, pages, one story that waits for a curator."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from kendedes.demo.actions.network import World
from kendedes.demo.content.articles import ARTICLES, PAGES, WAITING, Told
from kendedes.network.models import Unit
from kendedes.products.models import Photo, Product
from kendedes.products.photos.queries import photo_path
from kendedes.stories import actions
from kendedes.stories.models import Story


def tell(world: World, made: Mapping[str, Product]) -> None:
    """Everything published before the editions were, by the deeds of the office."""
    by = world.user("kurator")
    for position, told in enumerate((*ARTICLES, *PAGES)):
        at = world.calendar.published - timedelta(days=told.days or 1)
        story = _write(world, made, told, position)
        actions.publish(story=story, at=at, by=by)
    code = next(code for code in sorted(world.units) if world.operator(code))
    operator = world.operator(code)
    for told in WAITING:
        story = _write(world, made, told, 0, unit=world.units[code])
        actions.hand_in(story=story, at=world.calendar.published, by=operator)
    said = Story.objects.filter(title_id=ARTICLES[0].title[0]).get()
    if operator is not None:
        actions.comment(
            story=said, text="Yang remuk boleh dibeli juga tidak?", at=world.calendar.published, by=operator
        )


def _write(
    world: World, made: Mapping[str, Product], told: Told, position: int, unit: Unit | None = None
) -> Story:  # fmt: skip
    at = world.calendar.published - timedelta(days=told.days or 1)
    by = (world.operator(unit.code) if unit else None) or world.user("kurator")
    about = _about(made, told.about)
    story = actions.write(
        association=world.association, kind=told.kind, title_id=told.title[0], title_en=told.title[1], lead_id=told.lead[0],
        lead_en=told.lead[1], body_id=told.body[0], body_en=told.body[1], tags=list(told.tags), author=told.author,
        position=position, products=about, unit=unit, at=at, by=by,
    )  # fmt: skip
    photo = Photo.objects.filter(product__in=about, removed_at=None).order_by("product", "position").first()
    if photo is not None:
        actions.add_photo(story=story, data=photo_path(photo.sha256), name="foto.jpg", at=at, by=by)
    return story


def _about(made: Mapping[str, Product], words: str) -> list[Product]:
    if not words:
        return []
    ids = [product.pk for product in made.values() if words in product.name_id.casefold()]
    return list(Product.objects.filter(pk__in=ids, state=Product.State.PUBLISHED).order_by("code")[:3])
