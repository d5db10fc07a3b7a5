"""Pages of wholesale: buyers' and makers' at the root, the office's under ``/kantor/``."""

from django.urls import path

from kendedes.wholesale.views import buyers, enquiries, public, quotes, supply, work

app_name = "wholesale"
urlpatterns = [
    path("permintaan/", public.ask, name="ask"),
    path("permintaan/terima-kasih/<str:code>/", public.thanks, name="thanks"),
    path("penawaran/<str:token>/", public.quote, name="quote"),
    path("penawaran/<str:token>/setuju/", public.accept, name="accept"),
    path("penawaran/<str:token>/penawaran.pdf", public.quote_pdf, name="quote-pdf"),
    path("surat/<str:token>.pdf", public.paper, name="paper"),
    path("borongan/<str:token>/", public.work, name="work"),
    path("kantor/permintaan/", enquiries.listing, name="list"),
    path("kantor/permintaan/papan/", enquiries.board, name="board"),
    path("kantor/permintaan/baru/", enquiries.new, name="new"),
    path("kantor/permintaan/<int:pk>/", enquiries.detail, name="detail"),
    path("kantor/permintaan/<int:pk>/pegang/", enquiries.take, name="take"),
    path("kantor/permintaan/<int:pk>/tutup/", enquiries.close, name="close"),
    path("kantor/permintaan/<int:pk>/kategori/", enquiries.kind, name="kind"),
    path("kantor/permintaan/<int:pk>/bagi/", quotes.split, name="split"),
    path("kantor/permintaan/<int:pk>/uang/", work.money, name="money"),
    path("kantor/permintaan/<int:pk>/tanggal/<int:line>/", work.accept_date, name="accept-date"),
    path("kantor/permintaan/<int:pk>/kirim-barang/", work.deliver, name="deliver"),
    path("kantor/permintaan/<int:pk>/sampai/", work.arrived, name="arrived"),
    path("kantor/permintaan/<int:pk>/faktur/", work.bill, name="bill"),
    path("kantor/permintaan/<int:pk>/batal-sisa/", work.call_off, name="call-off"),
    path("kantor/permintaan/<int:pk>/uang-kembali/", work.give_back, name="give-back"),
    path("kantor/permintaan/<int:pk>/kiriman/<int:number>/sampai/", work.parcel_arrived, name="parcel-arrived"),
    path("kantor/permintaan/<int:pk>/kiriman/<int:number>/tarik/", work.take_back, name="take-back"),
    path("kantor/penawaran/<int:pk>/kirim/", quotes.send, name="send"),
    path("kantor/penawaran/<int:pk>/setujui-harga/", quotes.agree, name="agree-price"),
    path("kantor/penawaran/<int:pk>/surel/", quotes.mail, name="mail"),
    path("kantor/penawaran/<int:pk>/tarik/", quotes.withdraw, name="withdraw"),
    path("kantor/penawaran/<int:pk>/penawaran.pdf", quotes.paper, name="draft-pdf"),
    path("kantor/harga-grosir/", supply.listing, name="supplies"),
    path("kantor/harga-grosir/<int:pk>/", supply.edit, name="supply"),
    path("kantor/pembeli/", buyers.listing, name="buyers"),
    path("kantor/pembeli/baru/", buyers.new, name="buyer-new"),
    path("kantor/pembeli/<int:pk>/", buyers.detail, name="buyer"),
    path("kantor/pembeli/<int:pk>/ubah/", buyers.edit, name="buyer-edit"),
    path("kantor/pembeli/<int:pk>/catat/", buyers.note, name="buyer-note"),
    path("kantor/pembeli/<int:pk>/rencana/", buyers.plan, name="buyer-plan"),
    path("kantor/pembeli/<int:pk>/hapus-data/", buyers.blank, name="buyer-blank"),
]
