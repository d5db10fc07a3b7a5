from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    name = "kendedes.orders"
    verbose_name = "Pesanan"
    hourly = ["kendedes.orders.actions.ending.expire_orders"]
    nouns = {"order": _("pesanan")}
    deeds = {
        "order.place": _("memesan %(pieces)s barang (%(code)s) seharga Rp%(amount)s"),
        "order.expire": _("mengakhiri pesanan %(code)s: lewat batas waktu"),
    }
