from django.db import migrations

from kendedes.journal.guards import refuse

CHANGED = (
    "OLD.sent_at IS NOT NULL AND (COALESCE(NEW.second_by_id, 0) <> COALESCE(OLD.second_by_id, 0) OR "
    "(OLD.second_at IS NULL) <> (NEW.second_at IS NULL) OR NEW.second_at <> OLD.second_at)"
)


class Migration(migrations.Migration):
    dependencies = [("wholesale", "0008_second_person")]
    operations = [refuse("wholesale_quote", "UPDATE", CHANGED, name="wholesale_quote_second")]
