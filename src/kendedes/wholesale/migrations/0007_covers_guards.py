from django.db import migrations

from kendedes.journal.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("wholesale", "0006_covers")]
    operations = [append_only("wholesale_covers"), append_only("wholesale_paidfor")]
