from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SalesConfig(AppConfig):
    name = "kendedes.sales"
    verbose_name = "Penjualan"
    nouns = {"till": _("kasir (mesin)"), "cashier": _("kasir"), "sync": _("kiriman kasir")}
    deeds = {
        "till.invite": _("membuat kode pemasangan kasir"),
        "till.pair": _("memasang kasir %(code)s"),
        "till.revoke": _("mencabut kasir %(code)s"),
        "till.lock": _("mengunci kasir %(code)s: dua perangkat memakai rantai yang sama sejak nomor %(seq)s"),
        "cashier.pin": _("memasang PIN kasir"),
        "cashier.end": _("mencabut PIN kasir %(name)s"),
        "sync.set_aside": _("mengesampingkan kiriman nomor %(seq)s dari %(code)s"),
    }
