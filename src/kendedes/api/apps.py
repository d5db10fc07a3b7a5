from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kendedes.ui.nav import NavItem


class ApiConfig(AppConfig):
    name = "kendedes.api"
    verbose_name = "API"
    nav = [NavItem(_("Kunci program"), "doors:tokens", "key", right="see_products", order=70)]
    loops = [("kendedes.api.actions.tell", 10.0)]
    seals = ["kendedes.api.actions.hooks.reseal"]
    nouns = {"token": _("kunci program"), "hook": _("kabar ke program")}
    deeds = {
        "token.make": _("membuat kunci program %(name)s"),
        "token.revoke": _("mencabut kunci program %(name)s"),
        "hook.add": _("mendaftarkan %(host)s untuk dikabari"),
        "hook.end": _("berhenti mengabari %(host)s"),
    }
