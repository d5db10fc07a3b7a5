"""Keys for programs, under ``/kantor/kunci-program/``."""

from django.urls import path

from kendedes.api import office

app_name = "doors"
urlpatterns = [
    path("", office.tokens, name="tokens"),
    path("<int:pk>/cabut/", office.revoke, name="revoke"),
    path("kabar/", office.hooks, name="hooks"),
    path("kabar/<int:pk>/henti/", office.end, name="end"),
]
