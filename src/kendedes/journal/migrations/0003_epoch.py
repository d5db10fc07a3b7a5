import uuid

from django.db import migrations, models
from django.utils import timezone

from kendedes.journal.guards import append_only


def begin(apps, _editor):
    """A database that never had one gets its first epoch."""
    epoch = apps.get_model("journal", "Epoch")
    if not epoch.objects.exists():
        epoch.objects.create(uuid=uuid.uuid4(), began_at=timezone.now(), why="founded")


class Migration(migrations.Migration):

    dependencies = [("journal", "0002_guards")]

    operations = [
        migrations.CreateModel(
            name="Epoch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("began_at", models.DateTimeField()),
                (
                    "why",
                    models.CharField(
                        choices=[("founded", "didirikan"), ("restored", "dipulihkan")], max_length=20
                    ),
                ),
            ],
            options={"ordering": ["-id"]},
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
        append_only("journal_epoch"),
    ]
