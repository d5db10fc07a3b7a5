from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kendedes.ui.nav import NavItem


class LedgerConfig(AppConfig):
    name = "kendedes.ledger"
    verbose_name = "Buku besar"
    nouns = {
        "terms": _("kesepakatan"), "lot": _("titipan"), "period": _("masa buku"), "sale": _("penjualan"), "chart": _("bagan akun"), "money": _("uang"),
        "oddity": _("selisih"),
    }  # fmt: skip
    nav = [NavItem(_("Buku"), "ledger:trial", "book", right="see_money", order=38)]
    waiting = ["kendedes.ledger.waiting.waiting"]
    hourly = ["kendedes.ledger.actions.checking.check_hourly"]
    exports = ["kendedes.ledger.queries.books.EXPORTS"]
    verifies = ["kendedes.ledger.verify.books.books", "kendedes.ledger.verify.books.returns"]
    deeds = {
        "terms.agree": _("menyepakati titip jual %(name)s sejak %(since)s"),
        "lot.receive": _("menerima titipan"),
        "lot.price": _("mengubah harga %(name)s (%(code)s) menjadi Rp%(price)s"),
        "sale.record": _("mencatat penjualan"),
        "sale.refund": _("mencatat pengembalian pembeli"),
        "period.close": _("menutup masa buku %(from)s sampai %(until)s"),
        "chart.write": _("menulis bagan akun"),
        "money.move": _("memindahkan Rp%(amount)s: %(why)s"),
        "oddity.settle": _("menyelesaikan selisih: %(note)s"),
    }
