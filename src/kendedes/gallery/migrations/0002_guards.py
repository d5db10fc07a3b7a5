"""A kuitansi is never changed: what was received in error is paid back by another posting."""

from django.db import migrations

from kendedes.journal.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("gallery", "0001_initial"), ("ledger", "0002_guards")]
    operations = [append_only("gallery_receipt")]
