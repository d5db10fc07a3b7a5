"""Bank accounts, sealed; photos of signed receipts."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kendedes.journal.guards import append_only, refuse


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0002_lending_between_bodies'),
        ('settlement', '0002_guards'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BankAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bank', models.CharField(max_length=40, verbose_name='bank')),
                ('sealed', models.BinaryField()),
                ('index', models.CharField(db_index=True, max_length=64)),
                ('tail', models.CharField(help_text='what the masked number shows', max_length=4)),
                ('set_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('association', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.association')),
                ('producer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bank_accounts', to='network.producer')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.unit')),
            ],
            options={
                'verbose_name': 'rekening bank',
                'ordering': ['-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('producer__isnull', False), ('unit__isnull', False), _connector='OR'), name='settlement_account_owner'), models.UniqueConstraint(condition=models.Q(('ended_at', None), ('producer__isnull', False)), fields=('producer',), name='settlement_account_producer'), models.UniqueConstraint(condition=models.Q(('ended_at', None), ('producer', None)), fields=('unit',), name='settlement_account_unit')],
            },
        ),
        migrations.CreateModel(
            name='PayoutEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.CharField(max_length=120)),
                ('kept_at', models.DateTimeField()),
                ('kept_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('payout', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='settlement.payout')),
            ],
            options={
                'verbose_name': 'bukti pembayaran',
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('payout', 'file'), name='settlement_evidence_once')],
            },
        ),
        append_only("settlement_payoutevidence"),
        refuse("settlement_bankaccount", "DELETE", "1 = 1", name="settlement_account_stays"),
        # A number may be erased for its owner's sake; who changed an account, and when, stays.
        refuse(
            "settlement_bankaccount",
            "UPDATE",
            "NEW.set_at <> OLD.set_at OR COALESCE(NEW.set_by_id, 0) <> COALESCE(OLD.set_by_id, 0) "
            "OR COALESCE(NEW.producer_id, 0) <> COALESCE(OLD.producer_id, 0) "
            "OR COALESCE(NEW.unit_id, 0) <> COALESCE(OLD.unit_id, 0) OR OLD.ended_at IS NOT NULL AND NEW.ended_at IS NULL",
            name="settlement_account_frozen",
        ),
    ]
