"""Reading the generation and the clock edges; both decide whether a cached page still holds."""

from bisect import bisect_right
from datetime import datetime, time, timedelta
from functools import lru_cache

from django.db import connection
from django.utils import timezone

from glossary.models import Round
from glossary.states import RoundState
from wiki.models import MeetingPage


def current_generation() -> str:
    """The generation as this connection sees it: one query, without the ORM because every cached page pays it.

    Empty where there is no row: nothing is kept then.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT value, token FROM home_generation WHERE id = 1")
        row = cursor.fetchone()
    return f"{row[0]}-{row[1]}" if row else ""


def next_midnight(now: datetime) -> datetime:
    """The next local midnight after `now`: days inside texts ("noch 3 Tage"), valid from and review dates turn then."""
    local = timezone.localtime(now)
    return timezone.make_aware(datetime.combine(local.date() + timedelta(days=1), time.min))


def next_edge(now: datetime, generation: str) -> datetime:
    """The next instant after `now` at which a public page changes although nobody writes.

    Rounds open and end by the clock, meetings begin and end; everything else turns at local midnight.
    """
    edges, midnight = _edges(generation), next_midnight(now)
    following = bisect_right(edges, now)
    return min(edges[following], midnight) if following < len(edges) else midnight


@lru_cache(maxsize=2)
def _edges(generation: str) -> list[datetime]:
    """All instants in the data, in order; kept with the generation they were read in. Two queries."""
    rounds = Round.objects.filter(state=RoundState.ANNOUNCED).values_list("opens_at", "closes_at")
    meetings = MeetingPage.objects.live().values_list("starts_at", "ends_at")
    return sorted(edge for pair in (*rounds, *meetings) for edge in pair if edge is not None)
