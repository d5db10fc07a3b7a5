"""Secrets of webhooks are sealed at rest. What stood there in the open is sealed and goes."""

from django.conf import settings
from django.db import migrations, models

from kendedes.base.vault import seal, unseal


def _seal(apps, schema_editor):
    for row in apps.get_model("api", "Hook").objects.all():
        about = f"hook:{row.association_id}:{row.url}"
        row.sealed = seal(row.secret, secret=settings.SECRET_KEY, about=about)
        row.save(update_fields=["sealed"])


def _open(apps, schema_editor):
    for row in apps.get_model("api", "Hook").objects.all():
        about = f"hook:{row.association_id}:{row.url}"
        row.secret = unseal(bytes(row.sealed), secret=settings.SECRET_KEY, about=about) or ""
        row.save(update_fields=["secret"])


class Migration(migrations.Migration):

    dependencies = [
        ('api', '0002_hooks'),
    ]

    operations = [
        migrations.AddField(model_name='hook', name='sealed', field=models.BinaryField(default=b''), preserve_default=False),
        migrations.AlterField(model_name='hook', name='secret', field=models.CharField(default='', max_length=80)),
        migrations.RunPython(_seal, _open),
        migrations.RemoveField(model_name='hook', name='secret'),
    ]
