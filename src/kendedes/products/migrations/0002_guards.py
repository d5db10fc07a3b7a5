from django.db import migrations

from kendedes.journal.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("products", "0001_initial")]
    operations = [append_only("products_price"), append_only("products_release")]
