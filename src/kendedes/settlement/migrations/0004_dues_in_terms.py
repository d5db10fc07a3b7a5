"""Flat dues on statements. On SQLite the table is made anew, so guards on it and those that read it are lifted and put back."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from kendedes.journal.guards import lifted, refuse

# As in 0002_guards.
FROZEN = "EXISTS (SELECT 1 FROM settlement_settlement f WHERE f.id = {row}.settlement_id AND f.state IN ('approved', 'paid'))"
CLAIMED = (
    "EXISTS (SELECT 1 FROM settlement_statement s JOIN settlement_settlement f ON f.id = s.settlement_id "
    "WHERE s.id = {row}.statement_id AND f.state IN ('approved', 'paid'))"
)
GUARDS = [
    refuse(f"settlement_{table}", verb, rule.format(row=row), name=f"settlement_{table}_{verb.lower()}")
    for table, rule in (("statement", FROZEN), ("claim", CLAIMED))
    for verb, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
]
SETTLED = "OLD.state IN ('approved', 'paid') AND COALESCE(NEW.dues_posting_id, 0) <> COALESCE(OLD.dues_posting_id, 0)"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0007_dues_in_terms"), ("settlement", "0003_bank_accounts")]
    operations = [
        *map(lifted, GUARDS),
        migrations.RemoveConstraint("statement", "settlement_statement_adds_up"),
        migrations.AddField(
            "statement", "dues", models.PositiveBigIntegerField(db_default=0, default=0, verbose_name="iuran")
        ),
        migrations.AddConstraint(
            "statement",
            models.CheckConstraint(
                condition=Q(due=F("carried") + F("earned") - F("dues")), name="settlement_statement_adds_up"
            ),
        ),
        *GUARDS,
        migrations.AddField(
            "settlement",
            "dues_posting",
            models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.posting"
            ),
        ),
        refuse("settlement_settlement", "UPDATE", SETTLED, name="settlement_dues_frozen"),
    ]
