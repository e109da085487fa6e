import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("wiki", "0002_site_roles"),
    ]

    operations = [
        migrations.CreateModel(
            name="TextsDue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("page_pk", models.PositiveIntegerField(unique=True)),
                ("marked_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "text to render",
                "verbose_name_plural": "texts to render",
            },
        ),
    ]
