"""Pages of consignment, under ``/kantor/titipan/``."""

from django.urls import path

from kendedes.consignment.views import counts, labels, papers, stock, terms

app_name = "consignment"
urlpatterns = [
    path("", stock.home, name="home"),
    path("cari/", stock.found, name="find"),
    path("d/<str:code>", stock.scanned, name="scanned"),
    path("stok/", stock.stock, name="stock"),
    path("kedaluwarsa/", stock.expiry, name="expiry"),
    path("kedaluwarsa/<int:pk>/<slug:way>/", stock.offer, name="offer"),
    path("selisih/", stock.differences, name="differences"),
    path("selisih/<int:pk>/selesai/", stock.difference_settle, name="difference-settle"),
    path("barang/<int:pk>/", stock.lot, name="lot"),
    path("barang/<int:pk>/harga/", stock.lot_price, name="lot-price"),
    path("barang/<int:pk>/label.pdf", labels.of_lot, name="lot-labels"),
    path("surat/", papers.listing, name="papers"),
    path("surat/baru/<str:kind>/", papers.new, name="paper-new"),
    path("surat/<int:pk>/", papers.detail, name="paper"),
    path("surat/<int:pk>/keluarkan/<int:line>/", papers.line_remove, name="line-remove"),
    path("surat/<int:pk>/terbitkan/", papers.issue, name="paper-issue"),
    path("surat/<int:pk>/batal/", papers.cancel, name="paper-cancel"),
    path("surat/<int:pk>/terima/", papers.receive, name="paper-receive"),
    path("surat/<int:pk>/cetak/", papers.printed, name="paper-printed"),
    path("surat/<int:pk>/surat.pdf", papers.pdf, name="paper-pdf"),
    path("surat/<int:pk>/label.pdf", labels.of_paper, name="paper-labels"),
    path("opname/<int:pk>/", counts.count, name="count"),
    path("opname/<int:pk>/juga/", counts.also, name="count-also"),
    path("opname/<int:pk>/ulang/", counts.again, name="count-again"),
    path("opname/<int:pk>/sahkan/", counts.approve, name="count-approve"),
    path("kesepakatan/", terms.listing, name="terms"),
    path("kesepakatan/<int:pk>/", terms.detail, name="terms-one"),
    path("kesepakatan/usul/", terms.propose, name="propose"),
    path("kesepakatan/usulan/<int:pk>/", terms.proposal, name="proposal"),
    path("kesepakatan/usulan/<int:pk>/setujui/", terms.agree, name="agree"),
    path("kesepakatan/usulan/<int:pk>/tolak/", terms.decline, name="decline"),
    path("kesepakatan/usulan/<int:pk>/tarik/", terms.withdraw, name="withdraw"),
]
