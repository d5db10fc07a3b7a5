"""What left, came back or was called off is never changed; together never more than was agreed."""

from django.db import migrations

from kendedes.journal.guards import append_only, keep_whole, refuse

SENT = "COALESCE((SELECT SUM(p.pieces) FROM orders_parcelline p WHERE p.line_id = NEW.line_id), 0)"
OFF = "COALESCE((SELECT SUM(c.pieces) FROM orders_calledoff c WHERE c.line_id = NEW.line_id), 0)"
AGREED = "(SELECT l.quantity FROM orders_orderline l WHERE l.id = NEW.line_id)"
BORNE = "COALESCE((SELECT SUM(p.shipping) FROM orders_parcel p WHERE p.order_id = NEW.order_id), 0) + NEW.shipping"
SHIPPING = "(SELECT COALESCE(o.shipping, 0) FROM orders_order o WHERE o.id = NEW.order_id)"
CHANGED = (
    "OLD.arrived_at IS NOT NULL OR NEW.arrived_at IS NULL OR NEW.order_id <> OLD.order_id OR NEW.number <> OLD.number OR "
    "NEW.posting_id <> OLD.posting_id OR COALESCE(NEW.undoes_id, 0) <> COALESCE(OLD.undoes_id, 0) OR NEW.shipping <> OLD.shipping "
    "OR NEW.tracking <> OLD.tracking OR NEW.reason <> OLD.reason OR NEW.left_at <> OLD.left_at"
)


class Migration(migrations.Migration):
    dependencies = [("orders", "0007_parcels")]
    operations = [
        append_only("orders_parcelline"),
        append_only("orders_calledoff"),
        refuse("orders_parcel", "UPDATE", CHANGED, name="orders_parcel_kept"),
        refuse("orders_parcel", "DELETE", "OLD.id IS NOT NULL", name="orders_parcel_stays"),
        keep_whole("orders_parcel"),
        refuse(
            "orders_parcelline", "INSERT",
            f"{SENT} + NEW.pieces < 0 OR {SENT} + NEW.pieces + {OFF} > {AGREED}", name="orders_parcel_agreed",
        ),
        refuse(
            "orders_calledoff", "INSERT", f"{SENT} + {OFF} + NEW.pieces > {AGREED}", name="orders_called_off_agreed"
        ),
        refuse(
            "orders_parcel", "INSERT", f"{BORNE} < 0 OR {BORNE} > {SHIPPING}", name="orders_parcel_shipping"
        ),
    ]
