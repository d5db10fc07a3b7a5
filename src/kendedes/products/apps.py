from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kendedes.ui.nav import NavItem


class ProductsConfig(AppConfig):
    name = "kendedes.products"
    verbose_name = "Produk"
    ships = ["kendedes.products.actions.ensure_categories"]
    nav = [
        NavItem(_("Produk"), "products:list", "box", right="see_products", order=20),
        NavItem(_("Impor"), "intake:list", "upload", right="see_personal", order=25),
        NavItem(_("Kurasi"), "products:curation", "check-circle", right="curate", order=22),
        NavItem(_("Izin"), "products:permits", "file-check", right="see_products", order=24),
    ]
    waiting = ["kendedes.products.waiting.waiting", "kendedes.products.intake.waiting.waiting"]
    hourly = ["kendedes.products.intake.actions.forget_old", "kendedes.products.photos.sweep.sweep"]
    deeds: dict[str, object] = {}
    nouns: dict[str, object] = {}

    def ready(self) -> None:
        from kendedes.products.words import DEEDS, NOUNS  # noqa: PLC0415 - models are loaded by now

        self.deeds, self.nouns = DEEDS, NOUNS
