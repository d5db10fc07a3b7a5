from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "kendedes.demo"
    verbose_name = "Contoh"
