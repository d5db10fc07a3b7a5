from django.db import migrations

from kendedes.journal.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial")]
    operations = [append_only("orders_progress"), append_only("orders_proof")]
