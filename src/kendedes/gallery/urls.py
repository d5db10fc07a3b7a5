"""Pages of the gallery, under ``/kantor/galeri/``."""

from django.urls import path

from kendedes.gallery.views import dues, places, plan

app_name = "gallery"
urlpatterns = [
    path("", plan.home, name="home"),
    path("pusat/baru/", places.venue_new, name="venue-new"),
    path("pusat/<int:pk>/ubah/", places.venue_edit, name="venue-edit"),
    path("pusat/<int:pk>/stan-baru/", places.stand_new, name="stand-new"),
    path("pusat/<int:pk>/mandat-baru/", places.mandate_new, name="mandate-new"),
    path("mandat/", places.mandates, name="mandates"),
    path("stan/<int:pk>/", plan.stand, name="stand"),
    path("stan/<int:pk>/ubah/", places.stand_edit, name="stand-edit"),
    path("stan/<int:pk>/tutup/", places.stand_end, name="stand-end"),
    path("stan/<int:pk>/rak-baru/", places.shelf_new, name="shelf-new"),
    path("stan/<int:pk>/penjaga/", places.duty_new, name="duty-new"),
    path("giliran-jaga/<int:pk>/akhiri/", places.duty_end, name="duty-end"),
    path("rak/<int:pk>/", plan.shelf, name="shelf"),
    path("rak/<int:pk>/ubah/", places.shelf_change, name="shelf-change"),
    path("rak/<int:pk>/tutup/", places.shelf_end, name="shelf-end"),
    path("rak/<int:pk>/muka/", plan.facing, name="facing"),
    path("giliran/", plan.calendar, name="calendar"),
    path("giliran/berlakukan/", plan.rotate, name="rotate"),
    path("giliran/bagian/", plan.quotas, name="quotas"),
    path("mandat/<int:pk>/berkas/", places.mandate_file, name="mandate-file"),
    path("iuran/", dues.listing, name="dues"),
    path("iuran/baru/", dues.new, name="call-new"),
    path("iuran/<int:pk>/", dues.call, name="call"),
    path("iuran/terima/<int:pk>/", dues.receive, name="receive"),
    path("kuitansi/<int:pk>.pdf", dues.receipt, name="receipt"),
]
