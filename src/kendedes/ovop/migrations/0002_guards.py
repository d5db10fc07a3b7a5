from django.db import migrations

from kendedes.journal.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("ovop", "0001_initial")]
    operations = [
        append_only("ovop_submission"),
        append_only("ovop_award"),
        append_only("ovop_gatecheck"),
        append_only("ovop_rubric", when="OLD.in_use_since IS NOT NULL"),
    ]
