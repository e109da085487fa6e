"""Mandates, proposals and invitations get public keys; a proposal says whose place a new speaker takes."""

import django.db.models.deletion
from django.db import migrations, models

from record.crockford import random_key

KINDS = {"Mandate": "mandate", "MandateProposal": "mandate_proposal", "Invitation": "invitation"}


def issue_keys(apps, schema_editor):
    """A key for every row there is; the register decides about collisions, as when a row is stored."""
    register = apps.get_model("record", "Key").objects
    for name, kind in KINDS.items():
        rows = apps.get_model("people", name).objects
        for pk in rows.filter(key=None).values_list("pk", flat=True):
            value = random_key()
            while register.filter(value=value).exists():
                value = random_key()
            register.create(value=value, kind=kind)
            rows.filter(pk=pk).update(key=value)


class Migration(migrations.Migration):
    dependencies = [("people", "0003_mandate_proposal"), ("record", "0001_initial")]

    operations = [
        *(
            migrations.AddField(
                name, "key", models.CharField(max_length=8, null=True, blank=True, editable=False)
            )
            for name in KINDS
        ),
        migrations.AddField(
            "MandateProposal",
            "replaces",
            models.ForeignKey(
                null=True,
                blank=True,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.mandate",
            ),
        ),
        migrations.RunPython(issue_keys, migrations.RunPython.noop),
    ]
