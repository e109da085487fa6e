"""How many queries whole pages cost, few rows or many. The areas count their own parts; here stand the pages as a whole."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from discussion.actions import comments
from discussion.actions.comments import post_comment
from glossary.models import Round
from people.models import Organisation, WorkingGroup
from tests.factories.cast import Cast, make_cast
from tests.factories.glossary import entry_v1, open_round, proposed_definition
from tests.factories.many import more_documents, more_groups, more_organisations, more_pages, more_rounds
from tests.home.pagecache_pages import BODY, KINDS, list_of, published, unsaved
from wiki.actions.bodies import body_from
from wiki.actions.pages import create_page
from wiki.actions.vocabularies import ensure_word
from wiki.listing import KINDS as KINDS_OF_LISTS
from wiki.models import FieldOfAction, KnowledgePage, Link, LinkCollectionPage, PracticePage, TargetGroup

GLOSSARY, WAGTAIL, CACHED = 12, 20, 1


def queries(url: str) -> int:
    """What an anonymous reader's request costs; the first one warms what is kept per process."""
    Client().get(url)
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(url).status_code == 200
    return len(captured)


@pytest.mark.django_db
def test_definition_costs_the_same_with_5_and_with_500_comments(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comments, "BURST", 10_000)
    definition = proposed_definition(cast)
    for _ in range(5):
        post_comment(target=definition, by=cast.charlie, text="Warum?")
    few = queries(definition.get_absolute_url())
    for _ in range(495):
        post_comment(target=definition, by=cast.charlie, text="Warum?")

    many = queries(definition.get_absolute_url())

    assert many == few <= GLOSSARY


# Every list of the site but the glossary's, which has its own test: what stands in it, and the limit of its kind.
# Each takes how many entries there are and makes it that many.


def pages_of(kind: type[KnowledgePage]) -> Callable[[Cast, int], str]:
    """Pages of one kind, each with a word of the vocabulary, a picture-less text and what else hangs on it."""

    def make(cast: Cast, count: int) -> str:
        first = kind.objects.first() or rich(kind, cast)
        more_pages(first, count - kind.objects.count())
        return list_of(kind)

    return make


def rich(kind: type[KnowledgePage], cast: Cast) -> KnowledgePage:
    """A page with whatever a row of its list shows."""
    page = unsaved(kind, cast)
    if kind is LinkCollectionPage:
        page.links = [Link(title=f"Link {n}", url=f"https://link{n}.example/") for n in range(3)]
    if kind is PracticePage:
        page.target_groups = [ensure_word(kind=TargetGroup, name="Kinder", by=cast.dora)]
    field = ensure_word(kind=FieldOfAction, name="Ganztag", by=cast.dora)
    return create_page(page=page, by=cast.dora, body=body_from(BODY), fields_of_action=[field])


def organisations(cast: Cast, count: int) -> str:
    more_organisations(cast, count - Organisation.objects.count())
    return reverse("people:organisations")


def groups(cast: Cast, count: int) -> str:
    more_groups(cast, count - WorkingGroup.objects.count())
    return reverse("people:groups")


def rounds(cast: Cast, count: int) -> str:
    running = Round.objects.first() or open_round(cast)
    more_rounds(cast, running, count - Round.objects.count())
    return reverse("glossary:rounds")


def found(cast: Cast, count: int) -> str:
    more_documents(count)
    return f"{reverse('search:index')}?q=Lernort"


LISTS: dict[str, tuple[Callable[[Cast, int], str], int]] = {
    **{kind.__name__: (pages_of(kind), WAGTAIL) for kind in KINDS},
    "organisations": (organisations, GLOSSARY),
    "working groups": (groups, GLOSSARY),
    "rounds": (rounds, GLOSSARY),
    "search results": (found, GLOSSARY),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", LISTS)
def test_lists_cost_the_same_with_10_and_with_1000_entries(name: str, cast: Cast) -> None:
    make, limit = LISTS[name]
    few = queries(make(cast, 10))

    many = queries(make(cast, 1000))

    assert many == few <= limit


@pytest.mark.django_db
def test_a_list_that_asks_once_per_entry_is_noticed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the same lists without what fetches their rows' links in one go."""
    make, _limit = LISTS["LinkCollectionPage"]
    monkeypatch.setitem(
        KINDS_OF_LISTS, "LinkIndexPage", replace(KINDS_OF_LISTS["LinkIndexPage"], prefetch=())
    )
    one = queries(make(cast, 1))

    assert queries(make(cast, 10)) > one


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
