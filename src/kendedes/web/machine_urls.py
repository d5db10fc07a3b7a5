"""Addresses without a language: for crawlers."""

from django.urls import path

from kendedes.web.views import files, product

app_name = "web-files"
urlpatterns = [
    path("robots.txt", files.robots, name="robots"),
    path("sitemap.xml", files.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", files.sitemap_part, name="sitemap-part"),
    path("kartu/<slug:slug>.<str:key>.jpg", product.card, name="card"),
]
