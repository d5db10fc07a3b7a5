from django.apps import AppConfig


class OvopConfig(AppConfig):
    name = "kendedes.ovop"
    verbose_name = "OVOP"
