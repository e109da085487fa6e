"""How many queries whole pages cost, few rows or many. The areas count their own parts; here stand the pages as a whole."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from discussion.actions.comments import post_comment
from tests.factories.cast import Cast, make_cast
from tests.factories.glossary import entry_v1, proposed_definition
from tests.home.pagecache_pages import KINDS, list_of, published
from wiki.models import KnowledgePage

GLOSSARY, WAGTAIL, CACHED = 12, 20, 1


def queries(url: str) -> int:
    """What an anonymous reader's request costs; the first one warms what is kept per process."""
    Client().get(url)
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(url).status_code == 200
    return len(captured)


@pytest.mark.django_db
def test_definition_costs_the_same_with_5_and_with_500_comments(cast: Cast) -> None:
    definition = proposed_definition(cast)
    for _ in range(5):
        post_comment(target=definition, by=cast.charlie, text="Warum?")
    few = queries(definition.get_absolute_url())
    for _ in range(495):
        post_comment(target=definition, by=cast.charlie, text="Warum?")

    many = queries(definition.get_absolute_url())

    assert many == few <= GLOSSARY


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_lists_cost_the_same_with_1_and_with_40_pages(kind: type[KnowledgePage], cast: Cast) -> None:
    published(kind, cast)
    few = queries(list_of(kind))
    for number in range(39):
        published(kind, cast, f"Seite {number}")

    many = queries(list_of(kind))

    assert many == few <= WAGTAIL


@pytest.mark.django_db
def test_the_home_page_stays_below_the_limit(cast: Cast) -> None:
    entry_v1(cast)
    for kind in KINDS:
        published(kind, cast)

    assert queries("/") <= WAGTAIL


@pytest.mark.django_db(transaction=True)
def test_every_page_from_the_cache_costs_one_query(settings: Any) -> None:
    settings.PAGE_CACHE_ENABLED = True
    cast = make_cast()
    entry = entry_v1(cast)
    pages = [str(published(kind, cast, kind.__name__).url) for kind in KINDS] + [
        list_of(kind) for kind in KINDS
    ]
    objects = [entry, entry.term, entry.round, entry.round.definition, cast.group, cast.town]

    costs = {
        url: queries(url) for url in [*pages, *(row.get_absolute_url() for row in objects), "/", "/glossar/"]
    }

    assert {url: cost for url, cost in costs.items() if cost > CACHED} == {}
