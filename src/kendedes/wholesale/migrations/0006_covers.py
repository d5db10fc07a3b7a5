"""Which parcels stand on which paper. Papers that were issued before stand for the one parcel their order left in."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def one_each(apps: Any, _editor: Any) -> None:
    """Every order that left at once has one parcel; its papers cover it."""
    paper_, covers_ = apps.get_model("wholesale", "Paper"), apps.get_model("wholesale", "Covers")
    parcels = dict(apps.get_model("orders", "Parcel").objects.filter(number=1).values_list("order", "pk"))
    covers_.objects.bulk_create(
        covers_(paper_id=pk, parcel_id=parcels[order], kind=kind)
        for pk, order, kind in paper_.objects.values_list("pk", "order", "kind")
        if order in parcels
    )


def nothing(_apps: Any, _editor: Any) -> None:
    """The rows go with their table."""


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0008_parcel_guards'),
        ('wholesale', '0005_letters'),
    ]

    operations = [
        migrations.AlterField(
            model_name='paper',
            name='kind',
            field=models.CharField(choices=[('note', 'surat jalan'), ('invoice', 'faktur'), ('credit', 'nota kredit')], max_length=8),
        ),
        migrations.CreateModel(
            name='PaidFor',
            fields=[
                ('money', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='paid_for', serialize=False, to='orders.money')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moneys', to='wholesale.paper')),
            ],
        ),
        migrations.CreateModel(
            name='Covers',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('note', 'surat jalan'), ('invoice', 'faktur'), ('credit', 'nota kredit')], max_length=8)),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='covers', to='wholesale.paper')),
                ('parcel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='covered', to='orders.parcel')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('parcel', 'kind'), name='wholesale_covers_once')],
            },
        ),
        migrations.RunPython(one_each, nothing, elidable=False),
    ]
