"""`manage.py verify_record`: is everything as it was recorded?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from record.verify import verify


class Command(BaseCommand):
    """Exit code 0 when the record proves itself, 1 with the broken rows named."""

    help = (
        "Recompute the record (Chronik) and every immutable row from the tables, and name what was changed."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Write what was found; raise CommandError (exit code 1) for any breach."""
        report = verify()
        for name in report.redacted:
            self.stdout.write(f"redacted: {name}")
        for breach in report.breaches:
            self.stderr.write(f"BROKEN: {breach}")
        counted = f"{report.record_rows} record rows, {report.immutable_rows} immutable rows"
        if not report.ok:
            raise CommandError(f"{counted}: {len(report.breaches)} breaches.", returncode=1)
        self.stdout.write(
            f"{counted}, {len(report.redacted)} of them redacted: everything is as it was recorded."
        )
