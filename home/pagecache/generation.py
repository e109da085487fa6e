"""Reading the generation and the clock edges; both decide whether a cached page still holds."""

from datetime import datetime, time, timedelta

from django.db import connection
from django.db.models import Min, Q
from django.utils import timezone

from glossary.models import Round
from glossary.states import RoundState


def current_generation() -> int:
    """The generation as this connection sees it: one query, without the ORM because every cached page pays it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM home_generation WHERE id = 1")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def next_midnight(now: datetime) -> datetime:
    """The next local midnight after `now`: days inside texts ("noch 3 Tage"), valid from and review dates turn then."""
    local = timezone.localtime(now)
    return timezone.make_aware(datetime.combine(local.date() + timedelta(days=1), time.min))


def next_edge(now: datetime) -> datetime:
    """The next instant after `now` at which a public page changes although nobody writes.

    Rounds open and end by the clock; everything else turns at local midnight.
    """
    edges = Round.objects.filter(state=RoundState.ANNOUNCED).aggregate(
        opens=Min("opens_at", filter=Q(opens_at__gt=now)),
        closes=Min("closes_at", filter=Q(closes_at__gt=now)),
    )
    times = [edge for edge in edges.values() if edge is not None]
    return min([*times, next_midnight(now)])
