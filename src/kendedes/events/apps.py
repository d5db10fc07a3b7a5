from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kendedes.ui.nav import NavItem


class EventsConfig(AppConfig):
    name = "kendedes.events"
    verbose_name = "Pameran"
    nav = [NavItem(_("Pameran"), "events:list", "flag", right="see_stock", order=35)]
    waiting = ["kendedes.events.waiting.waiting"]
    nouns = {"event": _("pameran")}
    deeds = {
        "event.plan": _("merencanakan pameran %(name)s mulai %(from)s"),
        "event.change": _("mengubah rencana pameran %(name)s"),
        "event.pack": _("menyusun daftar bawaan %(name)s: %(pieces)s buah dari %(lots)s titipan"),
        "event.send_out": _("memberangkatkan barang ke pameran %(name)s"),
        "event.missing": _("mencatat barang hilang di pameran %(name)s"),
        "event.count_back": _("menghitung barang kembali dari pameran %(name)s"),
        "event.lead": _("mencatat peminat di pameran %(name)s"),
        "event.lead_done": _("menandai peminat di pameran %(name)s sudah dijawab"),
    }
