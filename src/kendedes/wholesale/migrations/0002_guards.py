"""What was offered stays as it was offered; what makers said and papers that went out are never changed."""

from django.db import migrations

from kendedes.journal.guards import append_only, refuse

SENT = "EXISTS (SELECT 1 FROM wholesale_quote q WHERE q.id = {row}.quote_id AND q.sent_at IS NOT NULL)"
# Of a sent quote only its state, its order and the name of who accepted it change, and nothing goes back.
CHANGED = (
    "OLD.sent_at IS NOT NULL AND (NEW.sent_at IS NULL OR NEW.valid_until <> OLD.valid_until OR NEW.shipping <> OLD.shipping "
    "OR NEW.down_percent <> OLD.down_percent OR NEW.way <> OLD.way OR NEW.delivery <> OLD.delivery OR NEW.note <> OLD.note "
    "OR NEW.token <> OLD.token OR NEW.key <> OLD.key OR NEW.version <> OLD.version OR NEW.enquiry_id <> OLD.enquiry_id "
    "OR NEW.missing <> OLD.missing OR (OLD.state = 'accepted' AND NEW.state <> 'accepted') "
    "OR COALESCE(NEW.order_id, 0) <> COALESCE(OLD.order_id, COALESCE(NEW.order_id, 0)))"
)


class Migration(migrations.Migration):
    dependencies = [("wholesale", "0001_initial")]
    operations = [
        append_only("wholesale_made"),
        append_only("wholesale_paper"),
        refuse("wholesale_quote", "UPDATE", CHANGED, name="wholesale_quote_frozen"),
        refuse("wholesale_quote", "DELETE", "OLD.sent_at IS NOT NULL", name="wholesale_quote_stays"),
        *(
            refuse("wholesale_quoteline", verb, SENT.format(row=row), name=f"wholesale_line_{verb.lower()}")
            for verb, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
        ),
    ]
