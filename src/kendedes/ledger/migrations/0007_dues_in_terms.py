"""Flat dues as part of terms. On SQLite the table is made anew, so its guard is lifted and put back."""

from django.db import migrations, models

from kendedes.journal.guards import append_only, lifted

KEPT = append_only("ledger_terms")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_share_indexes")]
    operations = [
        lifted(KEPT),
        migrations.AddField(
            "terms",
            "dues_month",
            models.PositiveIntegerField(db_default=0, default=0, verbose_name="iuran tetap tiap bulan (Rp)"),
        ),
        KEPT,
    ]
