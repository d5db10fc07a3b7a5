"""Pages of editions, under ``/kantor/edisi/``."""

from django.urls import path

from kendedes.catalogue.views import draft, files, fix, lists

app_name = "catalogue"
urlpatterns = [
    path("", lists.home, name="list"),
    path("buka/", lists.open_next, name="open"),
    path("susun/", fix.compose, name="compose"),
    path("<int:pk>/", lists.detail, name="detail"),
    path("<int:pk>/perubahan/", lists.changes, name="changes"),
    path("<int:pk>/baca/", lists.read, name="read"),
    path("<int:pk>/isi/", draft.arrange, name="arrange"),
    path("<int:pk>/pilih/", draft.choose, name="choose"),
    path("<int:pk>/sampul/", draft.cover, name="cover"),
    path("<int:pk>/sampul/foto/", draft.cover_photo, name="cover-photo"),
    path("<int:pk>/coba/", draft.to_proof, name="to-proof"),
    path("<int:pk>/draf/", draft.to_draft, name="to-draft"),
    path("<int:pk>/kunci/", fix.lock, name="lock"),
    path("<int:pk>/terbit/", fix.publish, name="publish"),
    path("<int:pk>/ralat/", fix.errata, name="errata"),
    path("<int:pk>/cetak/", files.prints, name="print"),
    path("<int:pk>/berkas/", files.make, name="make"),
    path("<int:pk>/berkas/<int:file>/", files.download, name="download"),
    path("<int:pk>/blogger/", files.blogger, name="blogger"),
    path("<int:pk>/blogger/berkas/", files.blogger_file, name="blogger-file"),
    path("cetak/<int:job>/", files.job, name="job"),
    path("cetak/<int:job>/kabar/", files.job_news, name="job-news"),
    path("cetak/<int:job>/lanjut/", files.job_resume, name="job-resume"),
    path("cetak/<int:job>/coba.pdf", files.proof_file, name="job-proof"),
]
