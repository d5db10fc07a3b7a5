"""Pages of fairs, under ``/kantor/pameran/``."""

from django.urls import path

from kendedes.events.views import fairs, travel

app_name = "events"
urlpatterns = [
    path("", fairs.listing, name="list"),
    path("baru/", fairs.new, name="new"),
    path("<int:pk>/", fairs.detail, name="detail"),
    path("<int:pk>/ubah/", fairs.edit, name="edit"),
    path("<int:pk>/bawaan/", travel.packing, name="pack"),
    path("<int:pk>/berangkat/", travel.out, name="out"),
    path("<int:pk>/hitung/", travel.back, name="back"),
    path("<int:pk>/hasil.pdf", fairs.result_pdf, name="result"),
    path("<int:pk>/peminat/", fairs.lead, name="lead"),
    path("peminat/<int:pk>/selesai/", fairs.lead_done, name="lead-done"),
    path("perjalanan/<int:pk>.pdf", travel.paper, name="trip"),
]
