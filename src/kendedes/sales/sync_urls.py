"""Addresses tills speak to, under ``/sync/``."""

from django.urls import path

from kendedes.sales.views import sync

app_name = "sync"
urlpatterns = [
    path("pair", sync.pair, name="pair"),
    path("<str:dev>/head", sync.head, name="head"),
    path("<str:dev>/snapshot", sync.snapshot, name="snapshot"),
    path("<str:dev>/receipt/<str:number>", sync.receipt, name="receipt"),
    path("<str:dev>/upload", sync.upload, name="upload"),
]
