from django.db import migrations

from kendedes.journal.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("sales", "0001_initial")]
    operations = [append_only(f"sales_{name}") for name in ("rawevent", "handling", "recovered", "backupmark")]
