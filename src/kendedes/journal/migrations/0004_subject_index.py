"""An index less to write for each deed: the unique key of subjects begins with the entry.

Dropped by name: altering the field would make the table anew on SQLite, without its triggers.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_epoch")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "DROP INDEX IF EXISTS journal_subject_entry_id_62e913df",
                    "CREATE INDEX journal_subject_entry_id_62e913df ON journal_subject (entry_id)",
                )
            ],
            state_operations=[
                migrations.AlterField(
                    "subject",
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subjects",
                        to="journal.entry",
                    ),
                )
            ],
        )
    ]
