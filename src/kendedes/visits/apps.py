from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kendedes.ui.nav import NavItem


class VisitsConfig(AppConfig):
    name = "kendedes.visits"
    verbose_name = "Pengunjung"
    nav = [NavItem(_("Pengunjung"), "visits:looked", "eye", right="curate", order=45)]
    loops = [("kendedes.visits.actions.gather", 30.0)]
    nouns = {"synonyms": _("padanan kata"), "missed": _("kata yang tidak ditemukan")}
    deeds = {
        "synonyms.add": _("menambah padanan kata: %(words)s"),
        "synonyms.remove": _("menghapus padanan kata: %(words)s"),
        "missed.settle": _("menyelesaikan satu kata yang dicari tetapi tidak ada"),
    }
