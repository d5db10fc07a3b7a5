"""Pages of settlement: the office under ``/kantor/bagi-hasil/``, what a paper's holder may open at the root."""

from django.urls import path

from kendedes.settlement.views import banks, papers, payouts, public, settlements

app_name = "settlement"
urlpatterns = [
    path("kantor/bagi-hasil/", settlements.listing, name="list"),
    path("kantor/bagi-hasil/baru/", settlements.new, name="new"),
    path("kantor/bagi-hasil/<int:pk>/", settlements.detail, name="detail"),
    path("kantor/bagi-hasil/<int:pk>/periksa/", settlements.check, name="check"),
    path("kantor/bagi-hasil/<int:pk>/setujui/", settlements.approve, name="approve"),
    path("kantor/bagi-hasil/<int:pk>/batal/", settlements.discard, name="discard"),
    path("kantor/bagi-hasil/<int:pk>/laporan.pdf", papers.bundle, name="bundle"),
    path("kantor/bagi-hasil/<int:pk>/transfer.<slug:form>", papers.transfers, name="transfers"),
    path("kantor/laporan/", papers.listing, name="statements"),
    path("kantor/laporan/<int:pk>/", papers.statement, name="statement"),
    path("kantor/laporan/<int:pk>/laporan.pdf", papers.statement_pdf, name="statement-pdf"),
    path("kantor/laporan/<int:pk>/bayar/", payouts.pay, name="pay"),
    path("kantor/kuitansi/<int:pk>/kuitansi.pdf", payouts.receipt, name="receipt"),
    path("kantor/kuitansi/<int:pk>/batal/", payouts.undo, name="undo"),
    path("kantor/kuitansi/<int:pk>/bukti/", payouts.evidence, name="evidence"),
    path("kantor/kuitansi/bukti/<int:pk>/", payouts.evidence_file, name="evidence-file"),
    path("kantor/rekening/", banks.listing, name="accounts"),
    path("kantor/rekening/<slug:kind>/<int:pk>/", banks.account, name="account"),
    path("kantor/rekening/<slug:kind>/<int:pk>/ganti/", banks.change, name="account-change"),
    path("kantor/rekening/<slug:kind>/<int:pk>/akhiri/", banks.end, name="account-end"),
    path("kantor/rekening/<slug:kind>/<int:pk>/hapus/", banks.erase, name="account-erase"),
    path("kantor/rekening/<slug:kind>/<int:pk>/buka/", banks.reveal, name="account-reveal"),
    path("kantor/produsen/<int:pk>/tautan-laporan/", papers.make_link, name="make-link"),
    path("cek/<str:token>/", public.check_paper, name="check-paper"),
    path("milik/<str:token>/", public.mine, name="mine"),
]
