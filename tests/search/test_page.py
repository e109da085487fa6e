"""The search page."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from search.documents import Document, Kind
from search.engine import engine

pytestmark = pytest.mark.django_db


def put(count: int = 1, title: str = "Ganztag an der Grundschule") -> None:
    engine().put(
        Document(
            kind=Kind.GUIDE,
            key=f"k{number}",
            title=title,
            lead="Wie es <b>geht</b>",
            body="",
            url=f"/k{number}/",
        )
        for number in range(count)
    )


def test_hits_are_listed_with_their_words_marked(client: Client) -> None:
    put()

    page = client.get("/suche/", {"q": "ganztag"}).content.decode()

    assert "<mark>Ganztag</mark> an der Grundschule" in page
    assert "<b>geht</b>" not in page


def test_english_results_lead_to_english_addresses(client: Client) -> None:
    put()

    page = client.get("/en/suche/", {"q": "ganztag"}).content.decode()

    assert 'href="/en/k0/"' in page


def test_nothing_found_offers_next_steps(client: Client) -> None:
    page = client.get("/suche/", {"q": "gibtesnicht"}).content.decode()

    assert "/glossar/" in page
    assert "gibtesnicht" in page


@pytest.mark.parametrize(
    "query",
    ["q=%00", "q=" + "x" * 20_000, "page=-1&q=a", "page=abc&q=a", "kind=nope&q=a", "q=%FF", "page=²&q=a"],
)
def test_wrong_input_never_breaks_the_page(client: Client, query: str) -> None:
    assert client.get(f"/suche/?{query}").status_code == 200


def test_the_number_of_queries_does_not_grow(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    put(200)
    client.get("/suche/", {"q": "menu"})  # the navigation is read once per process

    with django_assert_max_num_queries(12):
        client.get("/suche/", {"q": "ganztag"})


def test_suggestions_answer_from_the_second_letter_on(client: Client) -> None:
    put()

    short = client.get("/suche/vorschlaege/", {"q": "g"}).json()
    enough = client.get("/suche/vorschlaege/", {"q": "GA"}).json()

    assert short == {"suggestions": []}
    assert [row["title"] for row in enough["suggestions"]] == ["Ganztag an der Grundschule"]


def test_without_a_text_that_has_all_words_those_with_some_are_shown_and_said_so(client: Client) -> None:
    put()

    page = client.get("/suche/", {"q": "Ganztag Unbekanntes"}).content.decode()

    assert "<mark>Ganztag</mark>" in page
    assert "alert" in page


def test_texts_with_some_words_are_not_mixed_with_those_that_have_all(client: Client) -> None:
    put()
    engine().put(
        [Document(kind=Kind.GUIDE, key="half", title="Ganztag allein", lead="", body="", url="/half/")]
    )

    assert "/half/" not in client.get("/suche/", {"q": "Ganztag Grundschule"}).content.decode()
