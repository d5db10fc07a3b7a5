from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "kendedes.journal"
    verbose_name = "Buku harian"

    def ready(self) -> None:
        """Register the checks of the database."""
        from kendedes.journal import checks  # noqa: F401, PLC0415 - importing registers them
