"""Shares of units in the rotation; the file of a mandate."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('gallery', '0002_guards'),
        ('network', '0002_lending_between_bodies'),
    ]

    operations = [
        migrations.AddField(
            model_name='mandate',
            name='file',
            field=models.CharField(blank=True, db_default='', help_text='below MEDIA_ROOT, named by its SHA-256', max_length=120),
        ),
        migrations.CreateModel(
            name='Quota',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weight', models.PositiveSmallIntegerField(verbose_name='bobot')),
                ('unit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='quota', to='network.unit')),
            ],
            options={
                'verbose_name': 'bagian muka rak',
                'ordering': ['unit'],
                'constraints': [models.CheckConstraint(condition=models.Q(('weight__lte', 9)), name='gallery_quota_most')],
            },
        ),
    ]
