"""Who may open the pages of stories."""

from __future__ import annotations

from kendedes.stories import actions
from kendedes.stories.models import Story, StoryPhoto
from kendedes.testing.cast import AT
from kendedes.testing.matrix import CANARY_A, CANARY_B, OFFICE, Page, World

WRITES = {"manager", "curator", "operator"}
HERE = {"manager", "curator"}


def build(world: World) -> None:
    """A unit's draft with a photo, another unit's, one that is out, a page, a comment."""
    cast = world.cast
    own = {"association": cast.association, "at": AT, "by": cast.ratna}
    draft = actions.write(title_id=f"Draf {CANARY_A}", body_id="Isi.", unit=cast.singosari, **own)
    actions.write(title_id=f"Draf {CANARY_B}", body_id="Isi.", unit=cast.wajak, **own)
    photo = StoryPhoto.objects.create(story=draft, number=1, sha256="a" * 64, width=10, height=10)
    out, page = (
        actions.publish(
            story=actions.write(title_id=title, body_id="Isi cerita.", kind=kind, **own), at=AT, by=cast.ratna
        )
        for title, kind in [("Cerita umum", Story.Kind.ARTICLE), ("Cara membeli", Story.Kind.PAGE)]
    )
    said = actions.comment(story=out, text=f"Bagus {CANARY_A}", at=AT, by=cast.sekar)
    world.made |= {"draft_story": draft, "told": out, "fixed_page": page, "said": said, "story_photo": photo}


def _draft(world: World) -> dict[str, int]:
    return {"pk": world.draft_story.pk}


def _told(world: World) -> dict[str, int]:
    return {"pk": world.told.pk}


ROWS = [
    Page("stories:list", WRITES | {"operator_b", "neighbour"}),
    Page("stories:new", WRITES | {"operator_b", "neighbour"}),
    Page("stories:import", HERE | {"neighbour"}),
    Page("stories:comments", HERE | {"neighbour"}),
    Page("stories:decide", HERE, lambda w: {"pk": w.said.pk}, method="POST", data=lambda w: {"tampil": "ya"}),
    Page("stories:detail", WRITES, _draft),
    Page("stories:edit", WRITES, _draft),
    Page("stories:photos", WRITES, _draft),
    Page("stories:photo-remove", WRITES, lambda w: {"pk": w.story_photo.pk}, method="POST"),
    Page("stories:hand-in", WRITES, _draft, method="POST"),
    Page("stories:back", HERE, _draft, method="POST", data=lambda w: {"reason": "Kurang foto"}),
    Page("stories:publish", HERE, _draft, method="POST"),
    Page("stories:schedule", HERE, _draft, method="POST", data=lambda w: {"publish_at": "2030-01-01T08:00"}),
    Page("stories:withdraw", HERE, _told, method="POST"),
    Page("stories:comment", OFFICE - {"neighbour"}, _told),
    Page("stories:blogger", WRITES, lambda w: {"pk": w.draft_story.pk, "dialect": "takeout"}),
    Page("stories:print", HERE, _told, head=False),
]
