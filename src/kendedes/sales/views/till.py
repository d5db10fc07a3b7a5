"""The till page and what lets it start without a network. The page is the same for everybody: no session, no names."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from kendedes.ui import static as files

STATIC = Path(__file__).parents[1] / "static"
LOOK = (
    *("ui/theme.js", "ui/page.js", "ui/icons.svg", "ui/favicon.svg", "ui/kawung.svg", "ui/check.svg"),
    "ui/fonts/plus-jakarta-sans-latin.woff2",
)


def modules() -> list[str]:
    """The till's own scripts, the entry last."""
    found = sorted(path.relative_to(STATIC).as_posix() for path in (STATIC / "sales" / "till").rglob("*.js"))
    return [*found, "sales/till.js"]


def kept() -> list[str]:
    """Names of all files the till needs without a network."""
    made = getattr(staticfiles_storage, "hashed_files", {})
    shell = files.bundle("bare")
    return [*modules(), "sales/till.css", *LOOK, *([shell] if shell in made else files.sheets("bare"))]


def _contents(name: str) -> bytes | None:
    """The bytes of a file; None where it was not made (a home without fonts)."""
    if found := finders.find(name):
        return Path(found).read_bytes()
    try:
        with staticfiles_storage.open(getattr(staticfiles_storage, "hashed_files", {}).get(name, name)) as file:
            return bytes(file.read())
    except FileNotFoundError:
        return None


@cache_control(no_cache=True)
def page(request: HttpRequest) -> HttpResponse:
    """``/kasir/``: one address for pairing, selling and everything after."""
    with translation.override("id"):  # the cashier's language is hers, kept on the device
        return render(request, "sales/till.html", {"modules": [static(name) for name in modules()]})


@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """``/sw.js``: at the root because its scope is ``/kasir/``; its text changes when any file it keeps changes."""
    names, digest = [], hashlib.sha256()
    for name in kept():
        if (contents := _contents(name)) is not None:
            names.append(name)
            digest.update(name.encode() + b"\0" + hashlib.sha256(contents).digest())
    digest.update((STATIC.parent / "templates" / "sales" / "till.html").read_bytes())
    what = {"version": digest.hexdigest()[:16], "page": reverse("till:page"), "files": [static(name) for name in names]}
    body = (STATIC / "sales" / "worker.js").read_text(encoding="utf-8")
    return HttpResponse(f"const KEPT = {json.dumps(what)};\n{body}", content_type="text/javascript; charset=utf-8")


@cache_control(public=True, max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """Installs as an app of its own: it opens the till, not the public site."""
    with translation.override("id"):
        name = _("Kasir Kendedes")
    facts = {
        "id": reverse("till:page"),
        "name": name,
        "short_name": name,
        "lang": "id",
        "start_url": reverse("till:page"),
        "scope": reverse("till:page"),
        "display": "standalone",
        "background_color": "#faf5ec",
        "theme_color": "#faf5ec",
        "icons": [
            {"src": static("ui/favicon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": purpose}
            for purpose in ("any", "maskable")
        ],
    }
    return JsonResponse(facts, content_type="application/manifest+json")
