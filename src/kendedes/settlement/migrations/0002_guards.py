"""An approved settlement is frozen, whoever asks; a share line stands on one statement for good."""

from django.db import migrations

from kendedes.journal.guards import append_only, refuse

FROZEN = "EXISTS (SELECT 1 FROM settlement_settlement f WHERE f.id = {row}.settlement_id AND f.state IN ('approved', 'paid'))"
CLAIMED = (
    "EXISTS (SELECT 1 FROM settlement_statement s JOIN settlement_settlement f ON f.id = s.settlement_id "
    "WHERE s.id = {row}.statement_id AND f.state IN ('approved', 'paid'))"
)
# Approved and paid may follow each other (a payout undone); nothing else of the row changes any more.
SETTLED = (
    "OLD.state IN ('approved', 'paid') AND (NEW.state NOT IN ('approved', 'paid') OR NEW.number <> OLD.number "
    "OR NEW.ends_on <> OLD.ends_on OR NEW.digest <> OLD.digest OR NEW.head <> OLD.head OR NEW.watermark <> OLD.watermark "
    "OR NEW.association_id <> OLD.association_id OR NEW.approved_at <> OLD.approved_at "
    "OR COALESCE(NEW.approved_by_id, 0) <> COALESCE(OLD.approved_by_id, 0) "
    "OR COALESCE(NEW.drawn_by_id, 0) <> COALESCE(OLD.drawn_by_id, 0))"
)


class Migration(migrations.Migration):
    dependencies = [("settlement", "0001_initial"), ("ledger", "0002_guards")]
    operations = [
        append_only("settlement_payout"),
        refuse("settlement_settlement", "UPDATE", SETTLED, name="settlement_frozen"),
        refuse("settlement_settlement", "DELETE", "OLD.state IN ('approved', 'paid')", name="settlement_stays"),
        *(
            refuse("settlement_statement", verb, FROZEN.format(row=row), name=f"settlement_statement_{verb.lower()}")
            for verb, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
        ),
        *(
            refuse("settlement_claim", verb, CLAIMED.format(row=row), name=f"settlement_claim_{verb.lower()}")
            for verb, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
        ),
    ]
