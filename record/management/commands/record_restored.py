"""`manage.py record_restored`: a backup was put back and looked at; the site may be written to again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from record.chain import RESTORED, Act, append
from record.models import RecordHead, Restore
from record.verify import verify


class Command(BaseCommand):
    """Says in the record itself that it goes on from a backup; acts lost since then are done again by people."""

    help = "Name the last row of the restored backup in the record and release the site. Verifies the record first."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Refuses (exit code 1) while the record does not verify."""
        head = RecordHead.objects.select_for_update(no_key=True).get(pk=1)
        seq, last_hash = head.seq, head.hash
        report = verify()
        if not report.ok:
            raise CommandError(
                "The restored record does not verify; see `manage.py verify_record`.", returncode=1
            )
        append(Act(name=RESTORED, at=timezone.now(), facts={"seq": seq, "hash": last_hash}))
        Restore.objects.all().delete()
        self.stdout.write(f"The record goes on after row {seq}.")
