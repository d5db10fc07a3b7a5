from django.db import migrations

from kendedes.products.categories import KINDS


def write(apps, schema_editor):
    """The shipped categories; a slug that is there already keeps what its owner made of it."""
    Category = apps.get_model("products", "Category")
    for position, kind in enumerate(KINDS):
        Category.objects.get_or_create(
            slug=kind.slug,
            defaults={
                "name_id": kind.id, "name_en": kind.en, "food": kind.food, "position": position,
                "parent": Category.objects.get(slug=kind.parent) if kind.parent else None,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("products", "0002_guards")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
