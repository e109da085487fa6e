"""Pages change by the clock alone, and the cache with them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home.pagecache import middleware
from home.pagecache.generation import next_midnight
from tests.factories.cast import Cast, make_cast
from tests.factories.clock import at
from tests.factories.glossary import announced_round, entry_v1, entry_v2, open_round
from tests.home.pagecache_pages import published
from wiki.models import MeetingPage

pytestmark = pytest.mark.django_db(transaction=True)

NOON = datetime(2026, 5, 5, 10, 0, tzinfo=timezone.get_fixed_timezone(0))
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _cached(settings: Any) -> None:
    settings.PAGE_CACHE_ENABLED = True


def a_round_that_opens(cast: Cast) -> tuple[str, datetime]:
    round = announced_round(cast)
    return round.get_absolute_url(), round.opens_at


def a_round_that_closes(cast: Cast) -> tuple[str, datetime]:
    round = open_round(cast)
    return round.get_absolute_url(), round.closes_at


def an_entry_valid_from_tomorrow(cast: Cast) -> tuple[str, datetime]:
    first = entry_v1(cast)
    second = entry_v2(cast, first, valid_from=timezone.localdate() + timedelta(days=1))
    return second.term.get_absolute_url(), next_midnight(timezone.now())


def a_meeting_that_begins(cast: Cast) -> tuple[str, datetime]:
    page = published(MeetingPage, cast)
    MeetingPage.objects.filter(pk=page.pk).update(starts_at=timezone.now() + timedelta(hours=3), ends_at=None)
    return "/", MeetingPage.objects.get(pk=page.pk).starts_at


def a_membership_that_ends_today(cast: Cast) -> tuple[str, datetime]:
    cast.group.memberships.filter(organisation=cast.youth).update(valid_until=timezone.localdate())
    return cast.group.get_absolute_url(), next_midnight(timezone.now())


EDGES: list[Callable[[Cast], tuple[str, datetime]]] = [
    a_round_that_opens,
    a_round_that_closes,
    an_entry_valid_from_tomorrow,
    a_meeting_that_begins,
    a_membership_that_ends_today,
]


def hit(url: str) -> bytes:
    """The page, which must come from the cache."""
    with CaptureQueriesContext(connection) as queries:
        content = Client().get(url).content
    assert len(queries) == 1
    return content


@pytest.mark.parametrize("edge", EDGES)
def test_a_page_turns_with_the_clock(edge: Callable[[Cast], tuple[str, datetime]]) -> None:
    with time_machine.travel(NOON, tick=False):
        url, moment = edge(make_cast())
    with at(moment - SECOND):
        before = Client().get(url).content
        assert hit(url) == before

    with at(moment):
        after = Client().get(url).content

    assert after != before


def test_without_its_edges_a_page_would_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "next_edge", lambda now, generation: now + timedelta(days=30))
    with time_machine.travel(NOON, tick=False):
        url, moment = a_round_that_closes(make_cast())
    with at(moment - SECOND):
        before = Client().get(url).content

    with at(moment):
        after = Client().get(url).content

    assert after == before


@pytest.mark.parametrize(
    ("now", "midnight"),
    [
        ("2026-05-05T21:59:59+00:00", "2026-05-05T22:00:00+00:00"),
        ("2026-05-05T22:00:00+00:00", "2026-05-06T22:00:00+00:00"),
        # The days on which the clocks are put forward and back have 23 and 25 hours.
        ("2026-03-28T23:30:00+00:00", "2026-03-29T22:00:00+00:00"),
        ("2026-10-24T22:30:00+00:00", "2026-10-25T23:00:00+00:00"),
    ],
)
def test_midnight_is_the_one_people_live_by(now: str, midnight: str) -> None:
    assert next_midnight(datetime.fromisoformat(now)) == datetime.fromisoformat(midnight)
