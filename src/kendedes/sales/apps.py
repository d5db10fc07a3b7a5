from django.apps import AppConfig


class SalesConfig(AppConfig):
    name = "kendedes.sales"
    verbose_name = "Penjualan"
