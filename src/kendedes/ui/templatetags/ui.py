"""Tags and filters every template has (built in: no ``{% load %}``)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kendedes.base import format as write
from kendedes.ui import nav
from kendedes.ui import static as files

register = template.Library()
SITE_PARTS = frozenset({"produk", "kecamatan", "edisi", "cerita", "tentang"})


def _language() -> str:
    return (get_language() or "id")[:2]


# --- amounts, dates, phones ---------------------------------------------------------------------


@register.filter
def rupiah(amount: int | None) -> str:
    """``{{ price|rupiah }}`` → Rp12.500; nothing for None."""
    return "" if amount is None else write.rupiah(int(amount), _language())


@register.simple_tag
def rupiah_range(low: int | None, high: int | None) -> str:
    """``{% rupiah_range low high %}`` → Rp8.000–12.500."""
    if low is None:
        return rupiah(high)
    return write.rupiah_range(low, high, _language())


@register.filter
def number(value: float | Decimal | None, digits: int | None = None) -> str:
    """``{{ n|number }}`` → 12.500; ``{{ n|number:1 }}`` → 12.500,0."""
    return "" if value is None else write.number(value, _language(), digits)


@register.filter
def percent(share: float | Decimal | None, digits: int = 0) -> str:
    """``{{ 0.25|percent }}`` → 25%."""
    return "" if share is None else write.percent(share, _language(), digits)


@register.filter
def grams(weight: int | None) -> str:
    """``{{ 1500|grams }}`` → 1,5 kg."""
    return "" if weight is None else write.grams(weight, _language())


@register.filter
def file_size(octets: int | None) -> str:
    """``{{ 1536|file_size }}`` → 1,5 kB."""
    return "" if octets is None else write.file_size(octets, _language())


@register.filter
def tanggal(value: date | datetime | None, how: str = "") -> SafeString | str:
    """``{{ d|tanggal }}`` → <time>24 November 2026</time>; ``:"short"`` → 24 Nov 2026."""
    if value is None:
        return ""
    local = timezone.localtime(value).date() if isinstance(value, datetime) and timezone.is_aware(value) else value
    local = local.date() if isinstance(local, datetime) else local
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(), write.day(local, _language(), short=how == "short")
    )


@register.filter
def bulan(value: date | None) -> str:
    """``{{ d|bulan }}`` → November 2026."""
    return "" if value is None else write.month(value, _language())


@register.filter
def waktu(value: datetime | None, how: str = "") -> SafeString | str:
    """``{{ t|waktu }}`` → <time>24 November 2026 pukul 14.05</time>; ``:"short"`` → 24 Nov 2026, 14.05."""
    if value is None:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    text = write.moment(local, _language(), short=how == "short")
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), text)


@register.filter
def phone(e164: str | None) -> str:
    """``{{ "+6281234567890"|phone }}`` → 0812-3456-7890."""
    return write.phone(e164) if e164 else ""


@register.filter
def bilingual(thing: Any, field: str = "name") -> str:
    """``{{ product|bilingual:"name" }}``: ``name_en`` on English pages where there is one, else ``name_id``."""
    if thing is None:
        return ""
    if _language() == "en" and (english := getattr(thing, f"{field}_en", "")):
        return str(english)
    return str(getattr(thing, f"{field}_id", "") or "")


# --- small drawn things -------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """``{% icon "search" %}`` is decoration; ``label=`` makes it speak. ``size``: "small", "large", "huge"."""
    return _icon(static("ui/icons.svg"), name, label, size)


@lru_cache(maxsize=2_000)
def _icon(sheet: str, name: str, label: str, size: str) -> SafeString:
    classes, href = f"icon {size}" if size else "icon", f"{sheet}#{name}"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"></use></svg>', classes, label, href
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"></use></svg>', classes, href)


@register.simple_tag
def stars(count: int | None, of: int = 5) -> SafeString:
    """``{% stars 4 %}``: drawn stars that a screen reader reads as one sentence."""
    full = max(0, min(int(count or 0), of))
    return _stars(full, of, _("Bintang %(count)s dari %(of)s") % {"count": full, "of": of}, static("ui/icons.svg"))


@lru_cache(maxsize=200)
def _stars(full: int, of: int, label: str, _sheet: str) -> SafeString:
    drawn = "".join(icon("star-full") if i < full else icon("star") for i in range(of))
    return format_html(
        '<span class="stars" role="img" aria-label="{}">{}</span>',
        label,
        mark_safe(drawn),  # noqa: S308 - drawn above
    )


# --- addresses ----------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """``{% query page=2 %}`` → ?q=…&page=2: this address with parameters replaced (None or "" removes one)."""
    params = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            params.pop(key, None)
        elif isinstance(value, list | tuple):
            params.setlist(key, [str(v) for v in value])
        else:
            params[key] = str(value)
    return f"?{params.urlencode()}" if params else "?"


@register.simple_tag
def local(path: str) -> str:
    """``{% local "/produk/" %}``: a public address in the page's language (English lies under /en/)."""
    return f"/en{path}" if _language() == "en" else path


@register.simple_tag(takes_context=True)
def in_language(context: template.Context, language: str) -> str:
    """This page's address in another language; its home where the page has none."""
    request: HttpRequest | None = context.get("request")
    if request is None or getattr(request, "resolver_match", None) is None:
        return "/" if language == "id" else f"/{language}/"
    # Addresses are the same words in every language, behind a prefix: no need to resolve and reverse them.
    path = request.get_full_path()
    plain = path.removeprefix("/en") if path.startswith("/en/") else path
    return plain if language == "id" else f"/{language}{plain}"


@register.filter
def part(path: str) -> str:
    """``{{ "/en/produk/sambal/"|part }}`` → produk: the part of the public site an address lies in; empty for others."""
    first = path.removeprefix("/en").lstrip("/").partition("/")[0]
    return first if first in SITE_PARTS else ""


@register.filter
def under(path: str, prefix: str) -> bool:
    """``{% if request.path|under:address %}``: whether a page lies under an address."""
    return path.startswith(prefix)


# --- page ---------------------------------------------------------------------------------------


@register.simple_tag
def styles(shell: str) -> SafeString:
    """``{% styles "site" %}``: the style sheets of a shell: one joined file where static files are collected."""
    made: Any = getattr(staticfiles_storage, "hashed_files", {})
    if not settings.DEBUG and files.bundle(shell) in made:
        return format_html('<link rel="stylesheet" href="{}">', static(files.bundle(shell)))
    links = [(static(name), mark_safe(' media="print"') if "print" in name else "") for name in files.sheets(shell)]
    return format_html_join("\n", '<link rel="stylesheet" href="{}"{}>', links)


@register.simple_tag(takes_context=True)
def office_nav(context: template.Context) -> list[nav.NavLink]:
    """``{% office_nav as links %}``: what the person signed in may open."""
    request: HttpRequest | None = context.get("request")
    return nav.links(request) if request is not None else []


@register.simple_tag
def once(template_name: str, **words: Any) -> SafeString:
    """``{% once "ui/parts/site_footer.html" site_name=site_name %}``: an include drawn once a process.

    It sees only these words and the language. Not for words that visitors may choose freely.
    """
    if settings.DEBUG:
        return mark_safe(render_to_string(template_name, words))  # noqa: S308 - a template's own text
    return _once(template_name, _language(), static("ui/icons.svg"), tuple(words.items()))


@lru_cache(maxsize=500)
def _once(template_name: str, _language: str, _sheet: str, words: tuple[tuple[str, Any], ...]) -> SafeString:
    return mark_safe(render_to_string(template_name, dict(words)))  # noqa: S308 - a template's own text


@register.simple_tag(takes_context=True)
def repeat(context: template.Context, name: str) -> SafeString | str:
    """``{% repeat "title" %}``: the text of a block a second time (the title as heading)."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    return block.nodelist.render(context) if block is not None else ""


@register.filter
def pages(paginator: Paginator[Any], here: int) -> list[int]:
    """``{{ paginator|pages:number }}``: first, neighbours, last; 0 marks a gap."""
    last = paginator.num_pages
    shown = sorted({1, last, *range(max(1, here - 1), min(last, here + 1) + 1)})
    result: list[int] = []
    for page in shown:
        if result and page - result[-1] == 2:
            result.append(page - 1)
        elif result and page - result[-1] > 2:
            result.append(0)
        result.append(page)
    return result
