"""The chain begins: its first row names this installation."""

from django.conf import settings
from django.db import migrations
from django.utils import timezone

from record.canonical import canonical_json, instant, sha256_hex
from record.crockford import random_key

ACT = "installation_started"


def start(apps, schema_editor):
    """Row 1, in the form of body format 1 (record.chain.body_of), written out so that this migration never changes."""
    head_model, row_model = apps.get_model("record", "RecordHead"), apps.get_model("record", "RecordRow")
    if head_model.objects.exists():
        return
    now = timezone.now()
    key = random_key()
    apps.get_model("record", "Key").objects.create(value=key, kind="installation")
    body = canonical_json(
        {
            "act": ACT, "actor": None, "digest": None, "facts": {"identifiers": settings.IDENTIFIER_BASE},
            "format": 1, "kind": "installation", "object": key, "organisation": None,
            "prev": "", "seq": 1, "time": instant(now),
        }
    ).decode()  # fmt: skip
    digest = sha256_hex(body.encode())
    row_model.objects.create(
        seq=1, prev="", body=body, hash=digest, time=now, act=ACT, object_kind="installation", object_key=key
    )
    head_model.objects.create(id=1, seq=1, hash=digest)


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial")]

    operations = [migrations.RunPython(start, migrations.RunPython.noop)]
