from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kendedes.ui.nav import NavItem


class ConsignmentConfig(AppConfig):
    name = "kendedes.consignment"
    verbose_name = "Titip jual"
    nav = [NavItem(_("Titip jual"), "consignment:home", "basket", right="see_stock", order=33)]
    waiting = ["kendedes.consignment.waiting.waiting"]
    nouns = {"paper": _("surat barang"), "proposal": _("usulan kesepakatan")}
    deeds = {
        "proposal.open": _("mengusulkan kesepakatan titip jual %(name)s sejak %(since)s"),
        "proposal.decline": _("menolak usulan kesepakatan %(name)s: %(reason)s"),
        "proposal.withdraw": _("menarik usulan kesepakatan %(name)s"),
        "paper.draft": _("memulai %(kind)s"),
        "paper.cancel": _("membatalkan konsep %(kind)s"),
        "paper.receive": _("menerima %(pieces)s barang titipan di %(to)s (%(name)s)"),
        "paper.send": _("mengirim %(pieces)s barang dari %(from)s ke %(to)s (%(name)s)"),
        "paper.arrive": _("menerima %(pieces)s barang di %(to)s (%(name)s)"),
        "paper.return": _("mengembalikan %(pieces)s barang dari %(from)s kepada produsennya (%(name)s)"),
        "paper.write_off": _("menghapus %(pieces)s barang kedaluwarsa/rusak di %(from)s (%(name)s)"),
        "paper.swap": _("memindahkan %(pieces)s barang dari %(from)s ke %(to)s (%(name)s)"),
        "paper.count": _("mengesahkan hitungan %(from)s (%(name)s)"),
        "paper.count_lost": _("mencatat %(pieces)s barang hilang di %(from)s (%(name)s)"),
        "paper.found": _("mencatat %(pieces)s barang ditemukan: %(name)s"),
        "paper.lost": _("mencatat %(pieces)s barang hilang di jalan: %(name)s"),
        "paper.late": _("mencatat %(pieces)s barang datang menyusul: %(name)s"),
        "paper.back": _("mencatat %(pieces)s barang kembali ke asalnya: %(name)s"),
    }

    @property
    def fact_words(self) -> dict[str, dict[str, object]]:
        """Words for coded facts, from the table's own choices."""
        from kendedes.consignment.models import Paper  # noqa: PLC0415 - apps must be ready

        return {"kind": dict(Paper.Kind.choices)}
