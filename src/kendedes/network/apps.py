from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kendedes.ui.nav import NavItem


class NetworkConfig(AppConfig):
    name = "kendedes.network"
    verbose_name = "Jaringan"
    nav = [
        NavItem(_("Beranda"), "network:home", "home", order=10),
        NavItem(_("Asosiasi"), "network:association", "store", right="edit_association", order=48),
        NavItem(_("Unit"), "network:units", "office", right="see_products", order=50),
        NavItem(_("Produsen"), "network:producers", "users", right="see_products", order=52),
        NavItem(_("Orang & peran"), "network:people", "user", right="manage_people", order=60),
        NavItem(_("Izin kelola"), "network:grants", "key", right="manage_people", order=62),
        NavItem(_("Ponsel kantor"), "network:phones", "phone", right="manage_tills", order=64),
        NavItem(_("Riwayat"), "network:diary", "history", right="see_office", order=70),
    ]
    seals = ["kendedes.network.actions.factors.reseal"]
    waiting = ["kendedes.network.queries.waiting.waiting"]
    nouns = {
        "association": _("asosiasi"), "unit": _("unit"), "producer": _("produsen"), "user": _("akun"), "role": _("peran"),
        "invitation": _("undangan"), "grant": _("izin kelola"),
    }  # fmt: skip
    deeds = {
        "home.secret": _("mengganti kunci rumah data: %(sealed)s disegel lagi, %(unreadable)s tidak terbaca"),
        "association.create": _("mendirikan %(name)s"),
        "association.change": _("mengubah keterangan %(name)s"),
        "unit.form_correct": _("memperbaiki catatan bentuk hukum %(name)s"),
        "unit.create": _("menambah %(name)s (kode %(code)s)"),
        "unit.change": _("mengubah keterangan %(name)s"),
        "unit.form": _("mencatat bentuk hukum baru %(name)s sejak %(since)s"),
        "producer.create": _("menambah produsen %(name)s"),
        "producer.change": _("mengubah keterangan %(name)s"),
        "producer.consent": _("mencatat persetujuan kontak %(name)s: %(consent)s"),
        "producer.end": _("menandai %(name)s tidak aktif sejak %(on)s"),
        "producer.resume": _("mengaktifkan lagi %(name)s"),
        "user.create": _("membuat akun %(name)s"),
        "user.change": _("mengubah data akun %(name)s"),
        "user.password": _("mengganti kata sandi %(name)s"),
        "user.password_link": _("membuat tautan sandi baru untuk %(name)s"),
        "user.disable": _("menutup akun %(name)s"),
        "user.enable": _("membuka lagi akun %(name)s"),
        "role.give": _("memberi %(name)s peran %(role)s"),
        "role.end": _("mengakhiri peran %(role)s dari %(name)s"),
        "invitation.send": _("mengundang seseorang sebagai %(role)s"),
        "invitation.revoke": _("membatalkan undangan sebagai %(role)s"),
        "invitation.accept": _("menerima undangan sebagai %(role)s"),
        "grant.give": _("meminjamkan hak “%(right)s” di %(name)s kepada %(receiver)s"),
        "grant.revoke": _("mencabut hak “%(right)s” di %(name)s dari %(receiver)s"),
    }

    @property
    def loops(self) -> list[tuple[str | float, ...]]:
        """What apps do once an hour, first when all has started; the daily backup, where a folder for it is set."""
        hourly = ("kendedes.network.management.hourly.hourly", 3600.0, 60.0)
        backup = ("kendedes.network.management.daily_backup.look", 60.0, 0.0)
        return [hourly, *([backup] if settings.ENV.backup_folder else [])]

    @property
    def fact_words(self) -> dict[str, dict[str, object]]:
        """Words for coded facts, from the tables' own choices."""
        from kendedes.network.models import Grant, LegalKind, Membership, Producer  # noqa: PLC0415 - apps must be ready

        return {
            "role": dict(Membership.Roles.choices),
            "right": dict(Grant.Rights.choices),
            "consent": dict(Producer.Consent.choices),
            "kind": {**dict(LegalKind.choices), **dict(Producer.Kind.choices)},
        }
