"""Wholesale leaves in parts. What left at once before is one parcel of everything."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q, Sum


def one_parcel(apps: Any, _editor: Any) -> None:
    """An order that left at once. What its buyer has not paid yet keeps it open now."""
    order_, parcel_, line_ = (apps.get_model("orders", name) for name in ("Order", "Parcel", "ParcelLine"))
    for order in order_.objects.filter(kind="wholesale", handed_over__isnull=False).select_related("handed_over__entry"):
        left = order.handed_over.entry.happened_at
        done = order.state == "done"
        parcel = parcel_.objects.create(
            order=order, number=1, posting=order.handed_over, shipping=order.shipping or 0, tracking=order.tracking,
            left_at=left, arrived_at=(order.ended_at or left) if done else None,
        )  # fmt: skip
        line_.objects.bulk_create(line_(parcel=parcel, line=line, pieces=line.quantity) for line in order.lines.all())
        paid = order.moneys.filter(posting__isnull=False).aggregate(n=Sum("amount"))["n"] or 0
        order.handed_over = None
        if done and paid < order.goods + (order.shipping or 0):
            order.state, order.ended_at = "sent", None
        order.save(update_fields=["handed_over", "state", "ended_at"])


def at_once(apps: Any, _editor: Any) -> None:
    """Back to the posting of its only parcel."""
    order_, parcel_ = apps.get_model("orders", "Order"), apps.get_model("orders", "Parcel")
    for parcel in parcel_.objects.filter(number=1):
        order_.objects.filter(pk=parcel.order_id).update(handed_over=parcel.posting_id)


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0005_receivable"),
        ("orders", "0006_waiting_limits"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("order", "called_off", models.PositiveBigIntegerField(default=0)),
        migrations.CreateModel(
            name="Parcel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("shipping", models.BigIntegerField(default=0)),
                ("tracking", models.CharField(blank=True, max_length=40, verbose_name="nomor resi atau pembawa")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="alasan")),
                ("left_at", models.DateTimeField()),
                ("arrived_at", models.DateTimeField(blank=True, null=True)),
                ("by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("order", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="parcels", to="orders.order")),
                ("posting", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="parcel", to="ledger.posting")),
                ("undoes", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="undone", to="orders.parcel")),
            ],
            options={"verbose_name": "kiriman", "ordering": ["order", "number"]},
        ),
        migrations.CreateModel(
            name="ParcelLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pieces", models.IntegerField()),
                ("line", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="parcel_lines", to="orders.orderline")),
                ("parcel", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="orders.parcel")),
            ],
            options={"ordering": ["parcel", "line"]},
        ),
        migrations.CreateModel(
            name="CalledOff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pieces", models.PositiveIntegerField()),
                ("reason", models.CharField(max_length=200, verbose_name="alasan")),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("line", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="called_off", to="orders.orderline")),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.AddConstraint("parcel", models.UniqueConstraint(fields=["order", "number"], name="orders_parcel_once")),
        migrations.AddConstraint(
            "parcel",
            models.CheckConstraint(
                condition=Q(undoes=None, shipping__gte=0) | (Q(undoes__isnull=False, shipping__lte=0) & ~Q(reason="")),
                name="orders_parcel_way",
            ),
        ),
        migrations.AddConstraint("parcelline", models.UniqueConstraint(fields=["parcel", "line"], name="orders_parcel_line_once")),
        migrations.AddConstraint("parcelline", models.CheckConstraint(condition=~Q(pieces=0), name="orders_parcel_line_some")),
        migrations.AddConstraint("calledoff", models.CheckConstraint(condition=Q(pieces__gt=0), name="orders_called_off_some")),
        migrations.RunPython(one_parcel, at_once, elidable=False),
    ]
