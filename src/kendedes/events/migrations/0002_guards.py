from django.db import migrations

from kendedes.journal.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]
    operations = [append_only("events_trip")]
