from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    name = "kendedes.ledger"
    verbose_name = "Buku besar"
    nouns = {
        "terms": _("kesepakatan"), "lot": _("titipan"), "period": _("masa buku"), "sale": _("penjualan"),
        "oddity": _("selisih"),
    }  # fmt: skip
    verifies = ["kendedes.ledger.verify.books.books", "kendedes.ledger.verify.books.shares"]
    deeds = {
        "terms.agree": _("menyepakati titip jual %(name)s sejak %(since)s"),
        "lot.receive": _("menerima titipan"),
        "lot.price": _("mengubah harga %(name)s (%(code)s) menjadi Rp%(price)s"),
        "sale.record": _("mencatat penjualan"),
        "sale.refund": _("mencatat pengembalian pembeli"),
        "period.close": _("menutup masa buku %(from)s sampai %(until)s"),
        "oddity.settle": _("menyelesaikan selisih: %(note)s"),
    }
