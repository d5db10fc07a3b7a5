"""Indexes less to write for each sale: the unique key of share lines begins with the posting, and few lines reverse one.

Dropped by name: altering the fields would make the table anew on SQLite, without its triggers.
"""

import django.db.models.deletion
from django.db import migrations, models


def dropped(name: str, column: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"DROP INDEX IF EXISTS {name}", f"CREATE INDEX {name} ON ledger_shareline ({column})"
    )


class Migration(migrations.Migration):
    dependencies = [("ledger", "0005_receivable")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                dropped("ledger_shareline_posting_id_2c80688c", "posting_id"),
                dropped("ledger_shareline_reverses_id_359b222c", "reverses_id"),
            ],
            state_operations=[
                migrations.AlterField(
                    "shareline",
                    "posting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares",
                        to="ledger.posting",
                    ),
                ),
                migrations.AlterField(
                    "shareline",
                    "reverses",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversals",
                        to="ledger.shareline",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            "shareline",
            models.Index(
                fields=["reverses"], condition=models.Q(reverses__isnull=False), name="ledger_share_reversals"
            ),
        ),
    ]
