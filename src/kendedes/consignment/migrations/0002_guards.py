"""A paper that is done or thrown away is not changed any more, nor its lines."""

from django.db import migrations

from kendedes.journal.guards import append_only, keep_whole, refuse

OVER = "EXISTS (SELECT 1 FROM consignment_paper p WHERE p.id = {row}.paper_id AND p.state IN ('done', 'cancelled'))"


class Migration(migrations.Migration):
    dependencies = [("consignment", "0001_initial"), ("ledger", "0002_guards")]
    operations = [
        append_only("consignment_paper", when="OLD.state IN ('done', 'cancelled')"),
        refuse("consignment_line", "UPDATE", OVER.format(row="OLD"), name="consignment_line_over"),
        refuse("consignment_line", "DELETE", OVER.format(row="OLD"), name="consignment_line_stays"),
        refuse("consignment_line", "INSERT", OVER.format(row="NEW"), name="consignment_line_late"),
        keep_whole("consignment_line"),
    ]
