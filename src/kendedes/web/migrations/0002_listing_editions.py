"""Listings know the editions they stand in. The cursor is forgotten: every row is judged again at the next catching up."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def judge_again(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("web", "Cursor").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("web", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="listing",
            name="editions",
            field=models.JSONField(default=list, help_text="published unit editions it stands in: slug, title"),
        ),
        migrations.RunPython(judge_again, migrations.RunPython.noop),
    ]
