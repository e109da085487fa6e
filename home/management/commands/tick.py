"""`manage.py tick`: everything that is due by time. Idempotent; correctness never depends on it."""

from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from glossary.actions.closing import close_due
from glossary.actions.turning import tell_turned
from home.ticking import only_one
from people.actions.invitations import forget_invited
from people.actions.outbox import send_due
from record.models import Restore
from wiki.actions.texts import rerender_what_is_due

TEXTS_SECONDS = 20
# What waits while a restored backup is not confirmed: the record takes nothing, and mails may have been sent already.
WAITING_JOBS = frozenset({"rounds", "mails"})


class Command(BaseCommand):
    """Runs once a minute beside the server."""

    help = "Closes rounds whose time is over, publishes scheduled pages, sends mails. Run it once a minute."

    def handle(self, *args: Any, **options: Any) -> None:
        """Each job on its own: one that fails does not keep the others from running, but the exit code tells."""
        with only_one() as mine:
            if not mine:
                self.stdout.write("Another tick is running.")
                return
            waiting = WAITING_JOBS if Restore.objects.exists() else frozenset()
            jobs = [(name, job) for name, job in self.jobs() if name not in waiting]
            failed = [name for name, job in jobs if not self.run_job(name, job)]
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}.")

    def jobs(self) -> list[tuple[str, Callable[[], object]]]:
        """Rounds first: what they store is what the mails tell."""
        now = timezone.now()
        return [
            ("rounds", lambda: close_due(now)),
            ("wordings", lambda: tell_turned(today=timezone.localdate(now))),
            ("pages", lambda: call_command("publish_scheduled", verbosity=0)),
            ("mails", lambda: send_due(timezone.now())),
            ("invitations", lambda: forget_invited(now=now)),
            # What somebody was signed in with and is over: nobody else throws it away.
            ("sessions", lambda: call_command("clearsessions")),
            # Last, and for so long only: texts are right without it, they only cost less to read.
            ("texts", lambda: rerender_what_is_due(seconds=TEXTS_SECONDS)),
        ]

    def run_job(self, name: str, job: Callable[[], object]) -> bool:
        """True when it ended well."""
        try:
            job()
        except Exception as error:
            self.stderr.write(f"{name}: {error!r}")
            return False
        return True
