"""The old blog comes over: every post a draft, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.network.models import Association
from kendedes.products.models import Product
from kendedes.stories.actions.refusals import BlogFileTooBig, NoBlogFile
from kendedes.stories.actions.writing import write
from kendedes.stories.models import Story
from kendedes.stories.rules import blog, texts


@dataclass(frozen=True)
class Taken:
    """What became of one post. ``story`` None: it held nothing to take. ``new`` False: it was there already."""

    post: blog.Post
    story: Story | None
    new: bool


def take_over(
    *, association: Association, data: bytes, at: datetime, by: User | None
) -> tuple[blog.Blog, list[Taken]]:  # fmt: skip
    """Every post and page of a Blogger export as a draft with its old date and address, products named by their codes.

    The same file again adds nothing. A broken file is taken as far as it can be read (``Blog.broken``).
    Raises BlogFileTooBig, NoBlogFile.
    """
    if len(data) > blog.MOST_BYTES:
        raise BlogFileTooBig(most=blog.MOST_BYTES // 1024 // 1024)
    try:
        found = blog.read(data)
    except blog.NotABlog as error:
        raise NoBlogFile from error
    with transaction.atomic():
        known = {
            story.old_id: story
            for story in Story.objects.filter(association=association).exclude(old_id="").order_by("pk")
        }
        return found, [_one(association, post, known, at, by) for post in found.posts]


def _one(
    association: Association, post: blog.Post, known: dict[str, Story], at: datetime, by: User | None
) -> Taken:  # fmt: skip
    if earlier := known.get(post.old_id):
        return Taken(post, earlier, new=False)
    title = post.title or post.text.strip().split("\n")[0][:80]
    if not post.old_id or not title.strip("# *"):
        return Taken(post, None, new=False)
    products = Product.objects.filter(association=association, code__in=texts.codes(f"{post.title} {post.text}"))
    story = write(
        association=association, title_id=title, body_id=post.text, at=at, by=by, products=products,
        kind=Story.Kind.PAGE if post.kind == "page" else Story.Kind.ARTICLE, author=post.author, tags=list(post.tags),
        old_address=post.address,
    )  # fmt: skip
    story.old_id = post.old_id
    story.published_at = None if post.draft else post.published  # its date, when it is published here
    story.save(update_fields=["old_id", "published_at"])
    record(deed="story.import", at=at, by=by, subjects=[story], facts={"title": story.title_id})
    known[post.old_id] = story
    return Taken(post, story, new=True)
