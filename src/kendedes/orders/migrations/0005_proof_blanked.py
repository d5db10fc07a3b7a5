"""A transfer photo stays as it was sent, but its picture can be taken away when a buyer asks to be forgotten."""

from django.db import migrations

from kendedes.journal.guards import append_only, keep_whole, lifted, refuse

BEFORE = append_only("orders_proof")
OTHER = (
    "NEW.order_id <> OLD.order_id OR NEW.sha256 <> OLD.sha256 OR NEW.sent_at <> OLD.sent_at OR length(NEW.image) > 0"
)


class Migration(migrations.Migration):
    dependencies = [("orders", "0004_handed_guard")]
    operations = [
        lifted(BEFORE),
        refuse("orders_proof", "UPDATE", OTHER, name="orders_proof_only_blanked"),
        refuse("orders_proof", "DELETE", "1 = 1", name="orders_proof_stays"),
        keep_whole("orders_proof"),
    ]
