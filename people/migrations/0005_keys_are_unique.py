"""Every mandate, proposal and invitation has its key now."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0004_public_keys")]

    operations = [
        *(
            migrations.AlterField(
                name, "key", models.CharField(max_length=8, unique=True, blank=True, editable=False)
            )
            for name in ("Mandate", "MandateProposal", "Invitation")
        ),
        migrations.AlterField(
            "Invitation",
            "email",
            models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
        ),
    ]
