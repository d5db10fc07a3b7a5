from django.db import migrations

from kendedes.journal.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("orders", "0003_handed")]
    operations = [append_only("orders_handed")]
