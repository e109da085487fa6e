"""Loading a history: actions read the time from `timezone.now()`, so the demo sets what it answers.

Only `load_demo` uses this, in its own process and inside one transaction.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone


@contextmanager
def clock_at(instant: datetime) -> Iterator[None]:
    """Everything inside happens at `instant`."""
    real = timezone.now
    timezone.now = lambda: instant
    try:
        yield
    finally:
        timezone.now = real


@dataclass(slots=True)
class History:
    """What happened when. Files tell it by subject; it is replayed in the order of time, as the record demands."""

    events: list[tuple[datetime, int, Callable[[], object]]] = field(default_factory=list)

    def at(self, instant: datetime, event: Callable[[], object]) -> None:
        """Remember an event; two of the same instant keep the order in which they were told."""
        self.events.append((instant, len(self.events), event))

    def replay(self, *, until: datetime) -> int:
        """Let everything up to `until` happen; answers how much that was."""
        due = sorted((event for event in self.events if event[0] <= until), key=lambda event: event[:2])
        for instant, _number, event in due:
            with clock_at(instant):
                event()
        return len(due)
