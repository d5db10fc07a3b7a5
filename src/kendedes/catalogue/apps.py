from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kendedes.ui.nav import NavItem


class CatalogueConfig(AppConfig):
    name = "kendedes.catalogue"
    verbose_name = "Katalog"
    nav = [NavItem(_("Edisi katalog"), "catalogue:list", "book", right="see_products", order=40)]
    waiting = ["kendedes.catalogue.waiting.waiting"]
    loops = [("kendedes.catalogue.actions.revive", 2.0)]
    hourly = ["kendedes.catalogue.actions.files.sweep"]
    nouns = {"edition": _("edisi katalog")}
    deeds = {
        "edition.open": _("membuka %(name)s untuk periode %(period)s"),
        "edition.change": _("mengubah sampul atau pengantar %(name)s"),
        "edition.choose": _("memilih %(products)s produk untuk %(name)s"),
        "edition.proof": _("menjadikan %(name)s cetak coba"),
        "edition.back": _("mengembalikan %(name)s menjadi draf: %(reason)s"),
        "edition.lock": _("mengunci %(name)s dengan %(products)s produk"),
        "edition.compose": _("menyusun %(name)s dari %(chapters)s edisi kecamatan"),
        "edition.publish": _("menerbitkan %(name)s"),
        "edition.erratum": _("mencatat ralat nomor %(number)s pada %(name)s: %(field)s"),
        "edition.print": _("meminta cetakan %(paper)s dari %(name)s"),
        "edition.print_resume": _("melanjutkan cetakan %(name)s"),
        "edition.file": _("membuat berkas %(name)s"),
        "edition.file_differs": _("PERHATIAN: berkas %(name)s berbeda dari yang pertama"),
    }
