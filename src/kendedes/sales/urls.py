"""Pages of sales and tills, under ``/kantor/kasir/``."""

from django.urls import path

from kendedes.sales.views import discounts, sales, tills

app_name = "sales"
urlpatterns = [
    path("", sales.listing, name="list"),
    path("penjualan/<int:pk>/", sales.sale, name="sale"),
    path("penjualan/<int:pk>/kembali/", sales.refund, name="refund"),
    path("penjualan/<int:pk>/baris/<int:number>/pemilik/", sales.assign, name="assign"),
    path("giliran/", sales.shifts, name="shifts"),
    path("giliran/<int:pk>/", sales.shift, name="shift"),
    path("mesin/", tills.listing, name="tills"),
    path("mesin/pasang/", tills.pair, name="pair"),
    path("mesin/ekspor/", tills.rescue, name="rescue"),
    path("mesin/<int:pk>/", tills.till, name="till"),
    path("mesin/<int:pk>/cabut/", tills.revoke, name="revoke"),
    path("mesin/<int:pk>/kertas/", sales.paper, name="paper"),
    path("aturan/", tills.rules, name="rules"),
    path("potongan/", discounts.listing, name="discounts"),
    path("potongan/<int:pk>/akhiri/", discounts.end, name="discount-end"),
    path("pin/", tills.pin, name="pin"),
    path("pin/<int:pk>/cabut/", tills.pin_end, name="pin-end"),
    path("selisih/", tills.oddities, name="oddities"),
    path("selisih/<int:pk>/", tills.settle, name="settle"),
    path("kiriman/<int:pk>/ulang/", tills.again, name="again"),
    path("kiriman/<int:pk>/sisihkan/", tills.aside, name="aside"),
]
