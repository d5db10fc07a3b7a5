"""Small pages of the look itself: the web manifest, the icon, and (where DEBUG is on) the style guide."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.cache import cache_control

from kendedes.base.refusal import Refusal

SPRITE = Path(__file__).parent / "static" / "ui" / "icons.svg"
COLOURS = (
    *("paper", "surface", "raised", "sunk", "ink", "muted", "line", "line-strong"),
    *("accent", "accent-strong", "accent-soft", "sogan", "indigo", "indigo-soft"),
    *("leaf", "leaf-soft", "gold", "amber", "amber-soft", "bad", "bad-soft", "pattern"),
)


@cache_control(public=True, max_age=86400)
def manifest(request: HttpRequest) -> HttpResponse:
    """The web manifest: made here because the icon's address carries a hash."""
    facts = {
        "name": "Kendedes",
        "short_name": "Kendedes",
        "lang": "id",
        "start_url": "/",
        "display": "browser",
        "background_color": "#faf5ec",
        "theme_color": "#a8432a",
        "icons": [{"src": static("ui/favicon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(facts, content_type="application/manifest+json")


@cache_control(public=True, max_age=86400)
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for this address by habit."""
    return redirect(static("ui/favicon.svg"))


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label="Nama produk", help_text="Seperti yang tertulis di kemasan.")
    price = forms.IntegerField(label="Harga eceran (Rp)", min_value=0)
    category = forms.ChoiceField(label="Kategori", choices=[("", "Pilih …"), ("a", "Makanan"), ("b", "Kerajinan")])
    story = forms.CharField(label="Cerita", widget=forms.Textarea, required=False)
    photo = forms.FileField(label="Foto", required=False, help_text="JPEG, PNG, WebP atau HEIC sampai 20 MB.")
    made_on = forms.DateField(label="Tanggal produksi", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(
        label="Jenis produsen",
        widget=forms.RadioSelect,
        choices=[("k", "Kelompok binaan"), ("l", "UMKM luar binaan")],
    )
    permits = forms.MultipleChoiceField(
        label="Izin",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("p", "P-IRT"), ("h", "Halal"), ("n", "NIB")],
    )
    agree = forms.BooleanField(label="Produsen setuju kontaknya dimuat di katalog.")


def _sample() -> dict[str, object]:
    at = datetime(2026, 11, 24, 7, 5, tzinfo=UTC)
    wrong = {"name": "Keripik tempe", "price": "-5", "category": "a", "kind": "k", "permits": ["p"]}
    return {
        "icons": re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text(encoding="utf-8")),
        "colours": COLOURS,
        "form": SampleForm(wrong),
        "page_obj": Paginator(range(240), 20).get_page(6),
        "at": at,
        "entries": [
            {"happened_at": at, "who": "Sri Wahyuni (fiktif), kurator", "text": "Produk diterima"},
            {"happened_at": at, "who": "Budi Santoso (fiktif), operator unit", "text": "Harga eceran diubah",
             "detail": "Rp12.000 menjadi Rp12.500"},
            {"happened_at": at, "who": "Budi Santoso (fiktif), operator unit", "text": "Dikirim untuk diperiksa"},
        ],
        "crumbs": [("Produk", "#"), ("Makanan ringan", "#"), ("Keripik tempe", "")],
        "goods": [
            ("Keripik tempe kemul", "Kelompok Melati, Sanan", 12500, 4),
            ("Batik tulis Singhasari motif teratai", "Sanggar Padma, Singosari", 385000, 5),
            ("Kopi robusta Dampit giling halus", "Tani Makmur, Dampit", 42000, 3),
            ("Topeng Malangan", "Sanggar Asmorobangun, Pakisaji", 275000, 0),
        ],
    }  # fmt: skip


def guide(request: HttpRequest, shell: str = "kantor") -> HttpResponse:
    """``shell``: kantor (office) or situs (public site)."""
    base = "ui/site.html" if shell == "situs" else "ui/office.html"
    return render(request, "ui/guide/page.html", {**_sample(), "base": base, "shell": shell})


def say_no(request: HttpRequest) -> HttpResponse:
    """How a refusal looks: a page for people, a toast for htmx, JSON for programs."""
    raise Refusal("Edisi ini sudah dikunci; perubahan masuk ke ralat.")


def fragment(request: HttpRequest) -> HttpResponse:
    """A part of a page, fetched by htmx."""
    return render(request, "ui/guide/fragment.html", _sample())
