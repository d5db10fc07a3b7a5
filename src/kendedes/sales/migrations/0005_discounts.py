import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone


def copied(apps, _editor):
    """What stood in the rules of tills as a list becomes rows that run from today."""
    now = timezone.now()
    for rules in apps.get_model("sales", "TillRules").objects.exclude(discounts=[]):
        for rule in rules.discounts:
            apps.get_model("sales", "Discount").objects.create(
                association_id=rules.pk, code=rule["code"], name=rule["name"], percent=rule["percent"],
                since=timezone.localdate(now), made_at=now,
            )  # fmt: skip


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0005_receivable'),
        ('network', '0002_lending_between_bodies'),
        ('sales', '0004_sales_guards'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Discount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='kode di struk')),
                ('name', models.CharField(max_length=60, verbose_name='nama')),
                ('percent', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='potongan (%)')),
                ('since', models.DateField(verbose_name='mulai')),
                ('until', models.DateField(blank=True, null=True, verbose_name='sampai dengan')),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('association', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='discounts', to='network.association')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.place', verbose_name='berlaku di')),
            ],
            options={
                'verbose_name': 'aturan potongan',
                'ordering': ['-since', 'code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('percent__gte', 1), ('percent__lte', 100)), name='sales_discount_percent'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='sales_discount_days')],
            },
        ),
        migrations.RunPython(copied, migrations.RunPython.noop),
    ]
