from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kendedes.ui.nav import NavItem


class SalesConfig(AppConfig):
    name = "kendedes.sales"
    verbose_name = "Penjualan"
    backed_up = ["kendedes.sales.actions.note_backup"]
    nav = [
        NavItem(_("Penjualan"), "sales:list", "money", right="sell", order=30),
        NavItem(_("Selisih"), "sales:oddities", "scale", right="sell", order=31),
    ]
    exports = ["kendedes.sales.queries.files.EXPORTS"]
    verifies = [f"kendedes.sales.verify.{name}" for name in ("events", "handlings", "told", "sums")]
    before_closing = ["kendedes.sales.actions.closing.nothing_parked"]
    waiting = ["kendedes.sales.waiting.waiting"]
    nouns = {
        "till": _("kasir (mesin)"), "cashier": _("kasir"), "sync": _("kiriman kasir"), "shift": _("giliran kasir"),
        "drawer": _("laci kasir"), "sale": _("penjualan"), "discount": _("potongan harga"),
    }  # fmt: skip
    deeds = {
        "till.invite": _("membuat kode pemasangan kasir"),
        "till.pair": _("memasang kasir %(code)s"),
        "till.revoke": _("mencabut kasir %(code)s"),
        "till.lock": _("mengunci kasir %(code)s: dua perangkat memakai rantai yang sama sejak nomor %(seq)s"),
        "cashier.pin": _("memasang PIN kasir"),
        "cashier.end": _("mencabut PIN kasir %(name)s"),
        "shift.open": _("membuka giliran kasir %(receipt)s dengan modal Rp%(float)s"),
        "shift.close": _("menutup giliran kasir %(receipt)s: dihitung Rp%(counted)s, seharusnya Rp%(expected)s"),
        "drawer.move": _("memindahkan uang laci Rp%(amount)s: %(reason)s"),
        "sale.recover": _("mencatat struk %(receipt)s dari kertas"),
        "sync.import": _("membaca berkas ekspor kasir %(code)s (%(events)s peristiwa)"),
        "drawer.difference": _("membukukan selisih laci %(code)s Rp%(amount)s: %(reason)s"),
        "discount.add": _("memasang potongan %(code)s %(percent)s%% sejak %(since)s"),
        "discount.end": _("mengakhiri potongan %(code)s"),
        "till.rules": _("mengubah aturan kasir"),
        "sync.set_aside": _("mengesampingkan kiriman nomor %(seq)s dari %(code)s"),
    }
