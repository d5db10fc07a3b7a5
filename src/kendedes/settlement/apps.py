from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kendedes.ui.nav import NavItem


class SettlementConfig(AppConfig):
    name = "kendedes.settlement"
    verbose_name = "Bagi hasil"
    nav = [
        NavItem(_("Bagi hasil"), "settlement:list", "money", right="see_money", order=36),
        NavItem(_("Laporan titipan"), "settlement:statements", "file", right="see_statements", order=37),
    ]
    waiting = ["kendedes.settlement.waiting.waiting"]
    exports = ["kendedes.settlement.queries.files.EXPORTS"]
    verifies = ["kendedes.settlement.verify.statements", "kendedes.settlement.verify.dues"]
    seals = ["kendedes.settlement.actions.banks.reseal"]
    nouns = {"settlement": _("perhitungan bagi hasil"), "payout": _("pembayaran"), "bank_account": _("rekening bank")}
    deeds = {
        "settlement.draw_up": _("menyusun perhitungan %(number)s sampai %(until)s: %(statements)s laporan"),
        "settlement.check": _("memeriksa perhitungan %(number)s"),
        "settlement.approve": _("menyetujui perhitungan %(number)s"),
        "settlement.take_dues": _("memotong iuran Rp%(amount)s dari %(producers)s produsen (perhitungan %(number)s)"),
        "settlement.discard": _("membatalkan perhitungan %(number)s"),
        "producer.link": _("membuat tautan pribadi untuk %(name)s"),
        "payout.pay": _("membayar Rp%(amount)s untuk laporan %(statement)s (kuitansi %(number)s)"),
        "payout.evidence": _("menyimpan bukti pembayaran kuitansi %(number)s"),
        "settlement.transfers": _("mengunduh daftar transfer %(number)s (%(lines)s rekening)"),
        "bank_account.set": _("mencatat rekening %(bank)s untuk %(name)s"),
        "bank_account.end": _("mengakhiri rekening %(name)s"),
        "bank_account.erase": _("menghapus data rekening %(name)s untuk selamanya: %(reason)s"),
        "bank_account.reveal": _("membuka nomor rekening %(name)s: %(reason)s"),
        "payout.undo": _("membatalkan pembayaran Rp%(amount)s untuk laporan %(statement)s (kuitansi %(number)s)"),
    }

    @property
    def fact_words(self) -> dict[str, dict[str, object]]:
        """Words for coded facts."""
        from kendedes.settlement.models import Payout  # noqa: PLC0415 - apps must be ready

        return {"method": dict(Payout.Method.choices)}
