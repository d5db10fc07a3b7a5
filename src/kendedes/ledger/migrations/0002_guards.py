"""What the database itself refuses, whoever asks. Tested by raw SQL in ``tests/test_guards.py``."""

from django.db import migrations

from kendedes.journal.guards import append_only, refuse

APPEND_ONLY = [
    "ledger_terms", "ledger_lot", "ledger_lotprice", "ledger_posting", "ledger_goodsmove", "ledger_moneymove",
    "ledger_shareline", "ledger_period",
]  # fmt: skip

# A posting belongs to no closed day. FOR SHARE is not needed: closing and posting take the same lock.
CLOSED = (
    "EXISTS (SELECT 1 FROM ledger_period c WHERE c.association_id = NEW.association_id AND c.ends_on >= NEW.booked_on)"
)
# The chain has no gaps: a posting follows the newest one, or is the first.
CHAIN = (
    "NOT (NEW.number = 1 AND NOT EXISTS (SELECT 1 FROM ledger_posting p WHERE p.association_id = NEW.association_id)) "
    "AND NOT EXISTS (SELECT 1 FROM ledger_posting p WHERE p.association_id = NEW.association_id "
    "AND p.number = NEW.number - 1 AND p.digest = NEW.previous)"
)
# Rows join the newest posting only: once another follows, it is whole.
SEALED = (
    "EXISTS (SELECT 1 FROM ledger_posting p JOIN ledger_posting q ON q.association_id = p.association_id "
    "AND q.number = p.number + 1 WHERE p.entry_id = NEW.posting_id)"
)
BELOW_ZERO = (
    "EXISTS (SELECT 1 FROM ledger_place w WHERE w.id = NEW.source_id AND w.physical) AND "
    "COALESCE((SELECT SUM(g.quantity) FROM ledger_goodsmove g WHERE g.target_id = NEW.source_id AND g.lot_id = NEW.lot_id), 0) - "
    "COALESCE((SELECT SUM(g.quantity) FROM ledger_goodsmove g WHERE g.source_id = NEW.source_id AND g.lot_id = NEW.lot_id), 0) "
    "< NEW.quantity"
)
# Nobody brings back more pieces of a line than were sold on it.
OVER_RETURNED = (
    "NEW.reverses_id IS NOT NULL AND (SELECT s.quantity FROM ledger_shareline s WHERE s.id = NEW.reverses_id) "
    "+ COALESCE((SELECT SUM(r.quantity) FROM ledger_shareline r WHERE r.reverses_id = NEW.reverses_id), 0) + NEW.quantity < 0"
)
# Places and accounts keep what they mean; only their names may change.
PLACE = "NEW.association_id <> OLD.association_id OR NEW.kind <> OLD.kind OR NEW.key <> OLD.key OR NEW.physical <> OLD.physical"
ACCOUNT = (
    "NEW.association_id <> OLD.association_id OR NEW.kind <> OLD.kind OR NEW.key <> OLD.key "
    "OR COALESCE(NEW.producer_id, 0) <> COALESCE(OLD.producer_id, 0) OR COALESCE(NEW.unit_id, 0) <> COALESCE(OLD.unit_id, 0)"
)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("journal", "0002_guards")]
    operations = [
        *(append_only(table) for table in APPEND_ONLY),
        refuse("ledger_posting", "INSERT", CLOSED, name="ledger_posting_closed"),
        refuse("ledger_posting", "INSERT", CHAIN, name="ledger_posting_chain"),
        refuse("ledger_goodsmove", "INSERT", SEALED, name="ledger_goods_sealed"),
        refuse("ledger_moneymove", "INSERT", SEALED, name="ledger_money_sealed"),
        refuse("ledger_shareline", "INSERT", SEALED, name="ledger_share_sealed"),
        refuse("ledger_lot", "INSERT", SEALED, name="ledger_lot_sealed"),
        refuse("ledger_goodsmove", "INSERT", BELOW_ZERO, name="ledger_goods_below_zero"),
        refuse("ledger_shareline", "INSERT", OVER_RETURNED, name="ledger_share_over_returned"),
        refuse("ledger_place", "UPDATE", PLACE, name="ledger_place_meaning"),
        refuse("ledger_account", "UPDATE", ACCOUNT, name="ledger_account_meaning"),
        refuse("ledger_place", "DELETE", "1 = 1", name="ledger_place_stays"),
        refuse("ledger_account", "DELETE", "1 = 1", name="ledger_account_stays"),
        refuse("ledger_oddity", "DELETE", "1 = 1", name="ledger_oddity_stays"),
    ]
