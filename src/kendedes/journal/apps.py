from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "kendedes.journal"
    verbose_name = "Buku harian"
