"""The list from A to Z."""

from django.test import Client

from glossary.data import LabelData
from glossary.views.index import shorten, sort_key
from tests.factories.glossary import entry_v1, term_with_labels


def page_of(url="/glossar/"):
    response = Client().get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_terms_are_listed_with_their_status_and_filtered_by_it(cast):
    entry = entry_v1(cast)
    other = term_with_labels(cast, "Leihgerät")

    everything, agreed = page_of(), page_of("/glossar/?status=agreed")

    assert entry.term.get_absolute_url() in everything
    assert other.get_absolute_url() in everything
    assert entry.term.get_absolute_url() in agreed
    assert other.get_absolute_url() not in agreed
    assert "chip--on" in agreed


def test_filtered_list_names_the_whole_list_as_canonical(cast):
    term_with_labels(cast)

    page = page_of("/glossar/?status=collected")

    assert '<link rel="canonical" href="http://testserver/glossar/">' in page


def test_other_words_point_to_their_term(cast):
    term = term_with_labels(cast, "Leihgerät", LabelData(text="Mietgerät", status="deprecated"))

    page = page_of()

    assert "Mietgerät" in page
    assert page.count(f'href="{term.get_absolute_url()}"') == 2


def test_unknown_status_shows_everything(cast):
    term = term_with_labels(cast)

    assert term.get_absolute_url() in page_of("/glossar/?status=quatsch")


def test_empty_status_says_why_and_offers_the_way_out(cast):
    term_with_labels(cast)

    page = page_of("/glossar/?status=agreed")

    assert 'class="empty"' in page


def test_words_are_sorted_by_dictionary_rules():
    words = ["Übung", "Zoom", "Abend", "Ähre", "Ufer", "ß-Frage"]

    assert sorted(words, key=sort_key) == ["Abend", "Ähre", "ß-Frage", "Übung", "Ufer", "Zoom"]


def test_gist_ends_with_a_sentence_where_one_fits():
    assert shorten("Eins ist kurz. " + "Zwei ist sehr lang " * 20, 30) != ""
    assert (
        shorten("Ein erster Satz steht hier. Ein zweiter folgt ihm nach.", 40)
        == "Ein erster Satz steht hier."
    )
    assert shorten("kurz") == "kurz"
