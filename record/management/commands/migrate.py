"""`manage.py migrate`: Django's, and guards that were taken away for it come back also when it fails."""

from typing import Any

from django.core.management.commands import migrate
from django.db.utils import Error as DatabaseError

from record.triggers import create_triggers, missing_triggers


class Command(migrate.Command):
    """After a failure the tables are guarded as far as they exist; the failure is told as usual."""

    def handle(self, *args: Any, **options: Any) -> None:
        """A process that is killed cannot tidy up: `/readyz` says so, and the next `migrate` does it."""
        try:
            super().handle(*args, **options)
        except BaseException:
            self._guard_again(options["database"])
            raise

    def _guard_again(self, using: str) -> None:
        try:
            create_triggers(using=using)
            missing = missing_triggers(using)
        except DatabaseError as error:
            missing = [repr(error)]
        if missing:
            self.stderr.write(f"Database guards are missing: {', '.join(missing)}")
