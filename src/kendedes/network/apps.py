from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "kendedes.network"
    verbose_name = "Jaringan"
