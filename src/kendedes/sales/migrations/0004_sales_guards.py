from django.db import migrations

from kendedes.journal.guards import append_only, refuse

TABLES = ["shift", "shiftclose", "sale", "saleline", "refund", "refundline", "payment", "cashmove", "assignment"]
# Nobody brings back more pieces of a line than were sold on it.
OVER = (
    "(SELECT s.quantity FROM sales_saleline s WHERE s.id = NEW.line_id) < NEW.quantity + "
    "COALESCE((SELECT SUM(r.quantity) FROM sales_refundline r WHERE r.line_id = NEW.line_id), 0)"
)


class Migration(migrations.Migration):
    dependencies = [("sales", "0003_sales")]
    operations = [
        *(append_only(f"sales_{name}") for name in TABLES),
        refuse("sales_refundline", "INSERT", OVER, name="sales_refund_over"),
    ]
