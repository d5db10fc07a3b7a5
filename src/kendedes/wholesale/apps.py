from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kendedes.ui.nav import NavItem


class WholesaleConfig(AppConfig):
    name = "kendedes.wholesale"
    verbose_name = "Grosir"
    nav = [
        NavItem(_("Permintaan"), "wholesale:list", "inbox", right="sell_wholesale", order=33),
        NavItem(_("Pembeli"), "wholesale:buyers", "users", right="sell_wholesale", order=34),
    ]
    waiting = ["kendedes.wholesale.waiting.waiting"]
    verifies = ["kendedes.wholesale.verify.wholesale"]
    hourly = ["kendedes.wholesale.actions.buyers.forget_buyers", "kendedes.wholesale.actions.mailing.send_letters"]
    nouns = {
        "buyer": _("pembeli"),
        "enquiry": _("permintaan"),
        "quote": _("penawaran"),
        "bill": _("surat grosir"),
        "supply": _("harga grosir"),
    }
    deeds = {
        "buyer.add": _("menambah pembeli ke buku alamat"),
        "buyer.change": _("mengubah data pembeli"),
        "buyer.note": _("mencatat pembicaraan dengan pembeli"),
        "buyer.plan": _("merencanakan langkah berikut dengan pembeli: %(on)s"),
        "buyer.blank": _("menghapus data pribadi seorang pembeli"),
        "enquiry.ask": _("permintaan %(code)s masuk: %(pieces)s buah (%(channel)s)"),
        "enquiry.take": _("memegang permintaan %(code)s"),
        "enquiry.kind": _("mencari pembuat %(name)s untuk permintaan %(code)s"),
        "enquiry.close": _("menutup permintaan %(code)s: tidak jadi"),
        "supply.set": _("menulis harga grosir %(name)s"),
        "quote.draft": _("menyusun penawaran %(code)s: %(pieces)s buah"),
        "quote.agree_price": _("menyetujui harga di bawah kesepakatan pada penawaran %(code)s: %(names)s"),
        "quote.send": _("mengirim penawaran %(code)s sebesar Rp%(amount)s"),
        "quote.mail": _("mengirim penawaran %(code)s lewat surel"),
        "quote.withdraw": _("menarik penawaran %(code)s"),
        "quote.accept": _("penawaran %(code)s disetujui pembeli: pesanan %(order)s sebesar Rp%(amount)s"),
        "quote.turn_away": _("pembeli ingin menyetujui penawaran %(code)s yang tidak dapat dipenuhi lagi"),
        "order.made": _("pesanan %(code)s, %(name)s: %(pieces)s dari %(of)s sudah jadi"),
        "bill.issue": _("menerbitkan %(paper)s %(number)s untuk pesanan %(code)s"),
    }

    @property
    def fact_words(self) -> dict[str, dict[str, object]]:
        """Words for coded facts, from the tables' own choices."""
        from kendedes.wholesale.models import Enquiry, Paper  # noqa: PLC0415 - apps must be ready

        return {"channel": dict(Enquiry.Source.choices), "paper": dict(Paper.Kind.choices)}
