"""Pages about visitors, under ``/kantor/pengunjung/``."""

from django.urls import path

from kendedes.visits import views

app_name = "visits"
urlpatterns = [
    path("", views.looked, name="looked"),
    path("tidak-ditemukan/", views.missed, name="missed"),
    path("tidak-ditemukan/<int:pk>/selesai/", views.settle, name="settle"),
    path("padanan/", views.synonyms, name="synonyms"),
    path("padanan/<int:pk>/hapus/", views.remove, name="remove"),
]
