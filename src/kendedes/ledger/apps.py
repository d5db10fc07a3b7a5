from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "kendedes.ledger"
    verbose_name = "Buku besar"
