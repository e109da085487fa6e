"""`manage.py load_demo`: the demo content, replayed through the same actions people use."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation

from home.demo.clock import History, clock_at
from home.demo.glossary import GlossaryDemo
from home.demo.pages import PagesDemo
from home.demo.people import load_people
from home.demo.reading import as_instant
from home.demo.threads import ThreadsDemo
from people.models import Organisation, OutboxMessage
from wiki.actions.texts import rerender_what_is_due

# Accounts, organisations and the group exist before anything is negotiated.
BEFORE_EVERYTHING = {"days": -500, "hour": 9}


class Command(BaseCommand):
    """Loads the demo once; a second call changes nothing."""

    help = "Loads the demo content. Does nothing where there are organisations already."

    def handle(self, *args: Any, **options: Any) -> None:
        """All or nothing, in one transaction."""
        if Organisation.objects.exists():
            self.stdout.write("The demo is loaded already.")
            return
        with translation.override("de"), transaction.atomic():
            happened = load()
        self.stdout.write(f"Loaded the demo: {happened} events.")


def load() -> int:
    """Replay everything up to now; what lies in the future is only planned. Answers the number of events."""
    today, now = timezone.localdate(), timezone.now()
    history = History()
    with clock_at(as_instant(BEFORE_EVERYTHING, today)):
        cast = load_people(today)
        pages = PagesDemo(cast=cast, today=today, history=history)
        pages.plan()
    glossary = GlossaryDemo(cast=cast, today=today, history=history)
    glossary.plan()
    ThreadsDemo(cast=cast, today=today, history=history, glossary=glossary, pages=pages).plan()
    happened = history.replay(until=now)
    pages.relate()
    # Once, with the words of today; nobody reads what came before.
    rerender_what_is_due()
    # These mails went out long ago, when what they tell of happened.
    OutboxMessage.objects.filter(sent_at=None, due_at__lt=now).update(sent_at=F("due_at"))
    return happened
