from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "kendedes.ui"
    verbose_name = "Tampilan"
