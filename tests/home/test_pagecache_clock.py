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
from people.models import Mandate, Organisation, WorkingGroup
from tests.factories.cast import Cast, make_cast
from tests.factories.clock import at
from tests.factories.glossary import announced_round, entry_v1, entry_v2, open_round
from tests.home.pagecache_pages import published
from wiki.models import GuidePage, KnowledgePage, MeetingPage

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


def a_meeting_that_is_over(cast: Cast) -> tuple[str, datetime]:
    page = published(MeetingPage, cast)
    begins = timezone.now() - timedelta(hours=1)
    MeetingPage.objects.filter(pk=page.pk).update(
        starts_at=begins, ends_at=begins + timedelta(hours=2), join_url="https://treffen.example/"
    )
    return page.url, begins + timedelta(hours=2)


def a_round_that_closes_on_its_terms_page(cast: Cast) -> tuple[str, datetime]:
    round = open_round(cast)
    return round.term.get_absolute_url(), round.closes_at


def a_round_that_closes_in_the_list_of_rounds(cast: Cast) -> tuple[str, datetime]:
    return "/glossar/runden/", open_round(cast).closes_at


def a_round_that_closes_on_the_home_page(cast: Cast) -> tuple[str, datetime]:
    return "/", open_round(cast).closes_at


def a_round_that_closes_on_the_groups_page(cast: Cast) -> tuple[str, datetime]:
    return cast.group.get_absolute_url(), open_round(cast).closes_at


def days_left_of_a_round(cast: Cast) -> tuple[str, datetime]:
    return open_round(cast).get_absolute_url(), next_midnight(timezone.now())


def a_mandate_that_ends_today(cast: Cast) -> tuple[str, datetime]:
    Mandate.objects.filter(user=cast.erik).update(valid_until=timezone.localdate())
    return cast.town.get_absolute_url(), next_midnight(timezone.now())


def an_organisation_that_ends_today(cast: Cast) -> tuple[str, datetime]:
    Organisation.objects.filter(pk=cast.outside.pk).update(ended_on=timezone.localdate())
    return "/organisationen/", next_midnight(timezone.now())


def a_group_that_ends_today(cast: Cast) -> tuple[str, datetime]:
    WorkingGroup.objects.filter(pk=cast.group.pk).update(ended_on=timezone.localdate())
    return "/arbeitsgruppen/", next_midnight(timezone.now())


def a_guide_valid_until_today(cast: Cast) -> tuple[str, datetime]:
    page = published(GuidePage, cast)
    KnowledgePage.objects.filter(pk=page.pk).update(valid_until=timezone.localdate())
    return page.url, next_midnight(timezone.now())


def a_guide_to_be_checked_tomorrow(cast: Cast) -> tuple[str, datetime]:
    page = published(GuidePage, cast)
    KnowledgePage.objects.filter(pk=page.pk).update(review_on=timezone.localdate() + timedelta(days=1))
    return page.url, next_midnight(timezone.now())


def a_guide_archived_from_tomorrow(cast: Cast) -> tuple[str, datetime]:
    page = published(GuidePage, cast)
    KnowledgePage.objects.filter(pk=page.pk).update(archived_on=timezone.localdate() + timedelta(days=1))
    return page.url, next_midnight(timezone.now())


def an_older_version_on_its_last_day(cast: Cast) -> tuple[str, datetime]:
    url, moment = an_entry_valid_from_tomorrow(cast)
    return f"{url}v1/", moment


EDGES: list[Callable[[Cast], tuple[str, datetime]]] = [
    a_round_that_opens,
    a_round_that_closes,
    an_entry_valid_from_tomorrow,
    a_meeting_that_begins,
    a_membership_that_ends_today,
    a_meeting_that_is_over,
    a_round_that_closes_on_its_terms_page,
    a_round_that_closes_in_the_list_of_rounds,
    a_round_that_closes_on_the_home_page,
    a_round_that_closes_on_the_groups_page,
    days_left_of_a_round,
    a_mandate_that_ends_today,
    an_organisation_that_ends_today,
    a_group_that_ends_today,
    a_guide_valid_until_today,
    a_guide_to_be_checked_tomorrow,
    a_guide_archived_from_tomorrow,
    an_older_version_on_its_last_day,
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
