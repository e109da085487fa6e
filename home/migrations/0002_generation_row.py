"""The one row of the generation."""

from django.db import migrations


def create_row(apps, schema_editor):
    """Start at one."""
    apps.get_model("home", "Generation").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("home", "0001_initial")]

    operations = [migrations.RunPython(create_row, migrations.RunPython.noop)]
