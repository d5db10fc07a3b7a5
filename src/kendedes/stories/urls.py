"""Pages of stories in the office, under ``/kantor/cerita/``."""

from django.urls import path

from kendedes.stories.views import comments, imports, leaving, office

app_name = "stories"
urlpatterns = [
    path("", office.listing, name="list"),
    path("baru/", office.new, name="new"),
    path("impor/", imports.take, name="import"),
    path("komentar/", comments.listing, name="comments"),
    path("komentar/<int:pk>/", comments.decide, name="decide"),
    path("<int:pk>/", office.detail, name="detail"),
    path("<int:pk>/ubah/", office.edit, name="edit"),
    path("<int:pk>/foto/", office.photos, name="photos"),
    path("foto/<int:pk>/hapus/", office.photo_remove, name="photo-remove"),
    path("<int:pk>/ajukan/", office.hand_in, name="hand-in"),
    path("<int:pk>/kembalikan/", office.back, name="back"),
    path("<int:pk>/terbitkan/", office.publish, name="publish"),
    path("<int:pk>/jadwalkan/", office.schedule, name="schedule"),
    path("<int:pk>/tarik/", office.withdraw, name="withdraw"),
    path("<int:pk>/komentari/", comments.write, name="comment"),
    path("<int:pk>/blogger/<str:dialect>.xml", leaving.blogger, name="blogger"),
    path("<int:pk>/cetak.pdf", leaving.printed, name="print"),
]
