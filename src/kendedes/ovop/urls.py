"""Pages of choosing, under ``/kantor/ovop/``."""

from django.urls import path

from kendedes.ovop.views import paths, rounds, rubrics, sheets

app_name = "ovop"
urlpatterns = [
    path("", rounds.home, name="home"),
    path("rubrik/", rubrics.listing, name="rubrics"),
    path("rubrik/<int:pk>/", rubrics.detail, name="rubric"),
    path("rubrik/<int:pk>/salin/", rubrics.copy, name="rubric-copy"),
    path("rubrik/<int:pk>/ubah/", rubrics.edit, name="rubric-edit"),
    path("putaran/baru/", rounds.new, name="round-new"),
    path("putaran/<int:pk>/", rounds.detail, name="round"),
    path("putaran/<int:pk>/calon/", rounds.candidates, name="round-candidates"),
    path("putaran/<int:pk>/calon/<int:candidate>/keluar/", rounds.candidate_out, name="candidate-out"),
    path("putaran/<int:pk>/calon/<int:candidate>/syarat/", rounds.gate, name="candidate-gate"),
    path("putaran/<int:pk>/penilai/", rounds.assessors, name="round-assessors"),
    path("putaran/<int:pk>/mulai/", rounds.start, name="round-start"),
    path("putaran/<int:pk>/tutup/", rounds.close, name="round-close"),
    path("putaran/<int:pk>/batal/", rounds.cancel, name="round-cancel"),
    path("putaran/<int:pk>/berita-acara.pdf", rounds.minutes, name="round-minutes"),
    path("putaran/<int:pk>/lembar-kosong/", sheets.blank, name="round-blank"),
    path("lembar/<int:candidate>/", sheets.sheet, name="sheet"),
    path("lembar/<int:candidate>/hubungan/", sheets.conflict, name="conflict"),
    path("jalan/", paths.units, name="paths"),
    path("jalan/unit/<int:pk>/", paths.unit, name="unit-paths"),
    path("jalan/produk/<int:pk>/", paths.product, name="path"),
]
