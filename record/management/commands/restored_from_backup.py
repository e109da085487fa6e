"""`manage.py restored_from_backup`: the first thing after a backup was put back, before anything is started."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from record.models import RecordHead, Restore


class Command(BaseCommand):
    """Nothing is recorded from now on, so nobody acts on what the record no longer knows. Idempotent."""

    help = "Make the site read-only until `manage.py record_restored`. Run it right after restoring a backup."

    def handle(self, *args: Any, **options: Any) -> None:
        """Says which row the backup ends with: to be compared with what was written down after the last backup."""
        Restore.objects.get_or_create(pk=1, defaults={"marked_at": timezone.now()})
        head = RecordHead.objects.get(pk=1)
        self.stdout.write(f"Read-only. The backup ends with row {head.seq}, {head.hash}.")
