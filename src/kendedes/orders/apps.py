from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kendedes.ui.nav import NavItem


class OrdersConfig(AppConfig):
    name = "kendedes.orders"
    verbose_name = "Pesanan"
    nav = [
        NavItem(_("Pesanan"), "orders:list", "basket", right="handle_orders", order=29),
        NavItem(_("Garapan"), "orders:office-work", "hand", right="see_stock", order=34),
    ]
    exports = ["kendedes.orders.queries.files.EXPORTS"]
    waiting = ["kendedes.orders.waiting.waiting"]
    hourly = [
        "kendedes.orders.actions.ending.expire_orders", "kendedes.orders.actions.shortage.look_for_shortages",
        "kendedes.orders.actions.posting.send_waiting",
    ]  # fmt: skip
    verifies = ["kendedes.orders.verify.orders"]
    nouns = {"order": _("pesanan"), "shop": _("toko")}
    deeds = {
        "order.place": _("memesan %(pieces)s barang (%(code)s) seharga Rp%(amount)s"),
        "order.expire": _("mengakhiri pesanan %(code)s: lewat batas waktu"),
        "order.say_paid": _("memberi tahu pembayaran pesanan %(code)s Rp%(amount)s"),
        "order.proof": _("mengirim bukti bayar pesanan %(code)s"),
        "order.pay": _("menerima pembayaran pesanan %(code)s Rp%(amount)s"),
        "order.not_paid": _("tidak menemukan pembayaran pesanan %(code)s"),
        "order.give_back": _("mengembalikan uang pesanan %(code)s Rp%(amount)s"),
        "order.ready": _("menyiapkan pesanan %(code)s"),
        "order.arrive": _("mencatat pesanan %(code)s sampai"),
        "order.parcel_arrive": _("mencatat kiriman %(parcel)s pesanan %(code)s sampai"),
        "order.call_off": _("membatalkan sisa pesanan %(code)s: %(pieces)s buah, Rp%(amount)s"),
        "order.cancel": _("membatalkan pesanan %(code)s"),
        "order.progress": _("menjawab pesanan %(code)s: %(step)s, %(name)s"),
        "order.date": _("memindahkan tanggal jadi pesanan %(code)s ke %(on)s: %(name)s"),
        "order.shipping": _("menulis ongkos kirim pesanan %(code)s Rp%(amount)s"),
        "order.told": _("mengabari pembeli pesanan %(code)s"),
        "order.mail_again": _("mengirim lagi surel pesanan %(code)s"),
        "shop.change": _("mengubah aturan toko"),
        "shop.quota": _("mengubah kuota situs %(name)s"),
        "shop.rate": _("mengubah ongkos kirim %(courier)s ke %(regency)s"),
        "shop.wording": _("mengubah teks pesan “%(key)s”"),
    }

    @property
    def fact_words(self) -> dict[str, dict[str, object]]:
        """Words for coded facts, as the office's pages say them."""
        from kendedes.orders.models import Progress  # noqa: PLC0415 - apps must be ready
        from kendedes.orders.queries.office import TELLINGS  # noqa: PLC0415

        return {"step": dict(Progress.Step.choices), "key": dict(TELLINGS)}
