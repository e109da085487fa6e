"""What a reader gets: language marks, tooltips without a query per term, a constant number of queries."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from glossary.models import Term
from tests.factories.cast import Cast
from tests.factories.glossary import term_with_labels
from tests.wiki.conftest import make_guide, make_practice
from wiki.actions.pages import create_page
from wiki.models import Link, LinkCollectionPage, MeetingPage, TopicPage

LIMIT = 20


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_a_term_is_a_link_described_by_its_tooltip(cast: Cast, term: Term, client: Client) -> None:
    page = make_guide(cast, html="<p>Zur digitalen Bildung.</p>")

    html = client.get(page.url).content.decode()

    assert f'<a class="term" href="/glossar/{term.slug}/" aria-describedby="begriff-{term.key}">' in html
    assert f'id="begriff-{term.key}"' in html
    assert "csrf" not in html


def test_german_text_on_an_english_page_says_so(cast: Cast, client: Client) -> None:
    page = make_guide(cast, title="Auftrag")

    html = client.get("/en" + page.url).content.decode()

    assert '<html lang="en"' in html
    assert '<span lang="de">Auftrag</span>' in html
    assert '<link rel="canonical" href="http://testserver/leitfaeden/auftrag/">' in html


def test_an_english_page_has_its_address_under_en_and_names_its_original(cast: Cast, client: Client) -> None:
    original = make_guide(cast, title="Auftrag")
    make_guide(cast, title="Mandate", language="en", twin=original.knowledgepage_ptr)

    html = client.get("/leitfaeden/mandate/").content.decode()
    german = client.get("/leitfaeden/auftrag/").content.decode()

    assert '<link rel="canonical" href="http://testserver/en/leitfaeden/mandate/">' in html
    assert 'hreflang="de" href="http://testserver/leitfaeden/auftrag/"' in html
    assert 'hreflang="en" href="http://testserver/en/leitfaeden/mandate/"' in german


@pytest.mark.parametrize("kind", ["link", "topic", "meeting", "practice"])
def test_every_kind_of_page_is_shown_in_few_queries(
    cast: Cast, term: Term, client: Client, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = MAKERS[kind](cast, term)

    assert queries(client, address) <= LIMIT


def _links(cast: Cast, term: Term) -> str:
    page = LinkCollectionPage(title="Links", gist="g", contributor=cast.town)
    page.links = [
        Link(title=f"L{n}", url="https://a.example/", kind="Portal", provider="public", contributor=org)
        for n, org in enumerate([cast.town, cast.district, cast.youth])
    ]
    return str(create_page(page=page, by=cast.dora, tags=["a"]).url)


def _topic(cast: Cast, term: Term) -> str:
    page = TopicPage(title="Frage", gist="g", contributor=cast.town, why="digitale Bildung")
    return str(create_page(page=page, by=cast.dora, terms=[term], tags=["a"]).url)


def _meeting(cast: Cast, term: Term) -> str:
    page = MeetingPage(
        title="Treffen", gist="g", contributor=cast.town, starts_at=timezone.now(), group=cast.group
    )
    page.organisations = [cast.town, cast.district]
    return str(create_page(page=page, by=cast.dora, terms=[term], tags=["a"]).url)


def _practice(cast: Cast, term: Term) -> str:
    return str(make_practice(cast, results="Zur digitalen Bildung.").url)


MAKERS: dict[str, Callable[[Cast, Term], str]] = {
    "link": _links,
    "topic": _topic,
    "meeting": _meeting,
    "practice": _practice,
}


def test_a_guide_costs_the_same_with_1_and_with_200_occurrences(cast: Cast, client: Client) -> None:
    names = [f"Begriff{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(40)]
    for name in names:
        term_with_labels(cast, name)
    one = make_guide(cast, title="Eins", html=f"<p>{names[0]}</p>")
    many = make_guide(cast, title="Viele", html="".join(f"<p>{' und '.join(names)}</p>" for _ in range(5)))

    few, lots = queries(client, str(one.url)), queries(client, str(many.url))

    assert client.get(many.url).content.decode().count('role="tooltip"') == 40
    assert few == lots
    assert lots <= LIMIT


@pytest.mark.parametrize("address", ["/leitfaeden/", "/praxis/"])
def test_lists_cost_the_same_with_2_and_with_30_entries(cast: Cast, client: Client, address: str) -> None:
    make = make_guide if address == "/leitfaeden/" else make_practice
    for number in range(2):
        make(cast, f"Seite {number}")
    few = queries(client, address)

    for number in range(2, 30):
        make(cast, f"Seite {number}")

    assert queries(client, address) == few <= LIMIT


def test_no_cookie_and_no_token_for_who_only_reads(cast: Cast, client: Client) -> None:
    page = make_guide(cast)

    response = client.get(page.url)

    assert not response.cookies
    assert b"csrfmiddlewaretoken" not in response.content
