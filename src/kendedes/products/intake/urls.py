"""Office pages of the intake, below ``/kantor/impor/``."""

from django.urls import path

from kendedes.products.intake.views import files, review

app_name = "intake"
urlpatterns = [
    path("", files.sent, name="list"),
    path("unduh/<int:unit>/", files.export, name="export"),
    path("<int:pk>/", review.review, name="review"),
    path("<int:pk>/kolom/", review.columns, name="columns"),
    path("<int:pk>/foto/", review.photos, name="photos"),
    path("<int:pk>/simpan/", review.confirm, name="confirm"),
    path("<int:pk>/batal/", review.cancel, name="cancel"),
    path("<int:pk>/perbaikan/", review.mend, name="mend"),
]
