"""Papers that lead to the site, under ``/kantor/cetak-qr/``."""

from django.urls import path

from kendedes.web.views import papers

app_name = "web-office"
urlpatterns = [
    path("", papers.papers, name="papers"),
    path("kartu.pdf", papers.cards, name="cards"),
    path("poster.pdf", papers.poster, name="poster"),
]
