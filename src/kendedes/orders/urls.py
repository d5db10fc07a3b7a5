"""Pages of orders: buyers' and makers' at the root, the office's under ``/kantor/pesanan/``."""

from django.urls import path

from kendedes.orders.views import basket, maker, notices, office, order, shop

app_name = "orders"
urlpatterns = [
    path("keranjang/", basket.show, name="basket"),
    path("keranjang/tambah/", basket.put, name="put"),
    path("pesan/", basket.checkout, name="checkout"),
    path("pesanan/<str:token>/", order.show, name="order"),
    path("pesanan/<str:token>/buka/", order.open_, name="open"),
    path("pesanan/<str:token>/sudah-bayar/", order.say_paid, name="say-paid"),
    path("pesanan/<str:token>/bukti/", order.proof, name="send-proof"),
    path("pesanan/<str:token>/batal/", order.cancel, name="cancel-own"),
    path("pesanan/<str:token>/bayar/", order.pay_online, name="pay-online"),
    path("garapan/<str:token>/", maker.work, name="work"),
    path("kabar-bayar/midtrans/", notices.midtrans, name="midtrans"),
    path("kantor/pesanan/", office.listing, name="list"),
    path("kantor/pesanan/garapan/", office.work, name="office-work"),
    path("kantor/pesanan/toko/", shop.rules, name="shop"),
    path("kantor/pesanan/toko/ongkir/", shop.rate, name="rate"),
    path("kantor/pesanan/toko/kuota/", shop.quota, name="quota"),
    path("kantor/pesanan/toko/teks/<str:key>/<str:lang>/", shop.wording, name="wording"),
    path("kantor/pesanan/<int:pk>/", office.one, name="detail"),
    path("kantor/pesanan/<int:pk>/uang/", office.confirm, name="confirm"),
    path("kantor/pesanan/<int:pk>/belum-masuk/", office.not_found, name="not-found"),
    path("kantor/pesanan/<int:pk>/siap/", office.ready, name="ready"),
    path("kantor/pesanan/<int:pk>/serahkan/", office.hand, name="hand"),
    path("kantor/pesanan/<int:pk>/sampai/", office.arrive, name="arrive"),
    path("kantor/pesanan/<int:pk>/batal/", office.cancel, name="cancel"),
    path("kantor/pesanan/<int:pk>/uang-kembali/", office.give_back, name="give-back"),
    path("kantor/pesanan/<int:pk>/barang-kembali/", office.take_back, name="take-back"),
    path("kantor/pesanan/<int:pk>/ongkir/", office.shipping, name="shipping"),
    path("kantor/pesanan/baris/<int:pk>/tanggal/", office.accept_date, name="accept-date"),
    path("kantor/pesanan/pesan/<int:pk>/terkirim/", office.told, name="told"),
    path("kantor/pesanan/pesan/<int:pk>/lagi/", office.send_again, name="send-again"),
    path("kantor/pesanan/unduh/<str:what>.<str:form>", office.export, name="export"),
    path("kantor/pesanan/bukti/<int:pk>.jpg", office.proof, name="proof"),
]
