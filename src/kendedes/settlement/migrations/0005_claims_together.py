"""Claims are looked at together on PostgreSQL: a settlement brings a quarter of a million in one statement."""

from django.db import migrations

from kendedes.journal.guards import lifted, refuse, refuse_together

# As in 0002_guards.
CLAIMED = (
    "EXISTS (SELECT 1 FROM settlement_statement s JOIN settlement_settlement f ON f.id = s.settlement_id "
    "WHERE s.id = NEW.statement_id AND f.state IN ('approved', 'paid'))"
)
NAME = "settlement_claim_insert"


class Migration(migrations.Migration):
    dependencies = [("settlement", "0004_dues_in_terms")]
    operations = [
        lifted(refuse("settlement_claim", "INSERT", CLAIMED, name=NAME)),
        refuse_together("settlement_claim", CLAIMED, name=NAME),
    ]
