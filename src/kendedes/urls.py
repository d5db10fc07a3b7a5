"""One line per floor that has pages. Indonesian at the root, English under ``/en/``."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from kendedes.ui import views as look


def alive(request: HttpRequest) -> HttpResponse:
    """For supervisors: the process answers."""
    return HttpResponse("sehat\n", content_type="text/plain")


urlpatterns: list[URLPattern | URLResolver] = [
    path("sehat/", alive, name="alive"),
    path("kendedes.webmanifest", look.manifest, name="manifest"),
    path("favicon.ico", look.favicon, name="favicon"),
    path("media/foto/", include("kendedes.products.photos.urls")),
    *i18n_patterns(
        path("", include("kendedes.network.urls")),
        path("akun/", include("allauth.urls")),
        path("kantor/impor/", include("kendedes.products.intake.urls")),
        path("kantor/", include("kendedes.products.urls")),
        path("kantor/ovop/", include("kendedes.ovop.urls")),
        path("kantor/galeri/", include("kendedes.gallery.urls")),
        path("kantor/titipan/", include("kendedes.consignment.urls")),
        path("kantor/kasir/", include("kendedes.sales.urls")),
        path("kantor/edisi/", include("kendedes.catalogue.urls")),
        path("kantor/buku/", include("kendedes.ledger.urls")),
        path("kantor/cerita/", include("kendedes.stories.urls")),
        path("kantor/pameran/", include("kendedes.events.urls")),
        path("kantor/cetak-qr/", include("kendedes.web.office_urls")),
        path("kantor/kunci-program/", include("kendedes.api.office_urls")),
        path("kantor/pengunjung/", include("kendedes.visits.urls")),
        path("", include("kendedes.settlement.urls")),
        path("", include("kendedes.wholesale.urls")),
        path("", include("kendedes.orders.urls")),
        prefix_default_language=False,
    ),
]
# The public site comes last: its addresses are the shortest.
urlpatterns += [
    path("api/", include("kendedes.api.urls")),
    path("sync/", include("kendedes.sales.sync_urls")),
    path("", include("kendedes.sales.till_urls")),
    path("", include("kendedes.web.machine_urls")),
    *i18n_patterns(path("", include("kendedes.web.urls")), prefix_default_language=False),
]
handler404 = "kendedes.web.views.missing.missing"
handler500 = "kendedes.ui.away.failed"
if settings.DEBUG:
    urlpatterns.insert(0, path("kantor/gaya/", include("kendedes.ui.urls")))
