"""Pages of the books, under ``/kantor/buku/``."""

from django.urls import path

from kendedes.ledger.views import books, checks

app_name = "ledger"
urlpatterns = [
    path("", books.trial, name="trial"),
    path("jenis/<slug:kind>/", books.kind, name="kind"),
    path("akun/<int:pk>/", books.account, name="account"),
    path("catat/", books.move, name="move"),
    path("bagan/", books.chart, name="chart"),
    path("unduh/<slug:what>.<slug:form>", books.export, name="export"),
    path("masa/", checks.periods, name="periods"),
    path("periksa/", checks.verify, name="verify"),
]
