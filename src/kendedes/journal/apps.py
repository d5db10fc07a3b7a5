from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    name = "kendedes.journal"
    verbose_name = "Buku harian"
    nouns = {"home": _("rumah data")}
    deeds = {
        "home.backup": _("membuat cadangan sampai catatan nomor %(head)s"),
        "home.backup_failed": _("gagal membuat cadangan harian: %(why)s"),
        "home.restore": _("memulihkan rumah data dari cadangan tertanggal %(made_at)s"),
    }

    def ready(self) -> None:
        """Register the checks of the database."""
        from kendedes.journal import checks  # noqa: F401, PLC0415 - importing registers them
