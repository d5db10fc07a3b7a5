from django.apps import AppConfig


class SettlementConfig(AppConfig):
    name = "kendedes.settlement"
    verbose_name = "Bagi hasil"
