from django.apps import AppConfig


class WholesaleConfig(AppConfig):
    name = "kendedes.wholesale"
    verbose_name = "Grosir"
