from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "kendedes.catalogue"
    verbose_name = "Katalog"
