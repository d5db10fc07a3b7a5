"""A story as it leaves the site: WhatsApp text, draft of a blog, its lasting address."""

from __future__ import annotations

import hashlib
from datetime import UTC
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest

from kendedes.catalogue.outputs.blogger import Blog, Dialect, Post, feed
from kendedes.stories.models import Story
from kendedes.stories.rules import markup


def origin(request: HttpRequest) -> str:
    """``https://galeri.example.id``: as configured, else as the visitor came."""
    return settings.ENV.origin.rstrip("/") or f"{request.scheme}://{request.get_host()}"


def path(story: Story) -> str:
    """Its lasting public address."""
    return f"/{'halaman' if story.kind == Story.Kind.PAGE else 'cerita'}/{story.slug}/"


def whatsapp(story: Story, start: str) -> str:
    """Title, opening and address, to send on."""
    lead = story.lead_id or markup.opening(story.body_id)
    return f"*{story.title_id}*\n\n{lead}\n\n{start}{path(story)}"


def whatsapp_link(story: Story, start: str) -> str:
    """Opens WhatsApp with the text; the person chooses to whom."""
    return f"https://wa.me/?text={quote(whatsapp(story, start))}"


def blogger(story: Story, start: str, dialect: Dialect) -> bytes:
    """An import file with this one story as a draft; pictures stay where they are, the post links to them."""
    products = "".join(
        f'<li><a href="{start}/produk/{slug}/">{_escaped(name)}</a></li>'
        for slug, name in story.products.order_by("code").values_list("slug", "name_id")
    )
    body = markup.html(story.body_id) + (f"<ul>{products}</ul>\n" if products else "")
    body += f'<p><a href="{start}{path(story)}">{_escaped(story.title_id)}</a></p>\n'
    blog = Blog(
        number=int(hashlib.sha256(f"blog/{story.association.slug}".encode()).hexdigest()[:14], 16),
        title=story.association.name, author=story.author or story.association.name, site=start,
        at=(story.published_at or story.written_at).astimezone(UTC), live=False,
    )  # fmt: skip
    post = Post(
        key=f"cerita/{story.slug}", slug=story.slug, title=story.title_id, html=body,
        summary=(story.lead_id or markup.opening(story.body_id))[:150], labels=tuple(story.tags),
    )  # fmt: skip
    return feed(blog, [post], dialect)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
