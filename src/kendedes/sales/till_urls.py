"""The till page; no language in its address, the device remembers the cashier's."""

from django.urls import path

from kendedes.sales.views import till

app_name = "till"
urlpatterns = [
    path("kasir/", till.page, name="page"),
    path("kasir.webmanifest", till.manifest, name="manifest"),
    path("sw.js", till.worker, name="worker"),
]
