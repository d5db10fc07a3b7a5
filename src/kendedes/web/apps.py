from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kendedes.ui.nav import NavItem


class WebConfig(AppConfig):
    name = "kendedes.web"
    verbose_name = "Situs publik"
    nav = [NavItem(_("Poster QR"), "web-office:papers", "qr", right="see_products", order=46)]
    before_serving = ["kendedes.web.actions.catch_up"]
    loops = [("kendedes.web.actions.catch_up", 2.0)]  # a look that finds nothing costs two small reads
    site_frame = "kendedes.web.queries.pages.frame"
    searched = "kendedes.web.queries.findable.findable"
