from django.apps import AppConfig


class ProductsConfig(AppConfig):
    name = "kendedes.products"
    verbose_name = "Produk"
