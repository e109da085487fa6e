"""What every engine must do; the run's database decides which one is tested."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from search.analysis import MOST_WIDER, parse
from search.documents import Document, Kind
from search.engine import engine
from search.port import Page, Query

pytestmark = pytest.mark.django_db


def document(
    key: str, title: str, body: str = "", *, kind: Kind = Kind.GUIDE, boost: float = 1.0
) -> Document:
    return Document(kind=kind, key=key, title=title, lead="", body=body, url=f"/{key}/", boost=boost)


def query(text: str) -> Query:
    found = engine()
    return parse(text, wider=lambda part: found.words_containing(part, limit=MOST_WIDER))


def search(text: str, **options: object) -> Page:
    return engine().search(query(text), **options)  # type: ignore[arg-type]


def keys(text: str) -> list[str]:
    return [hit.key for hit in search(text).hits]


@pytest.fixture
def put() -> Callable[..., None]:
    def _put(*documents: Document) -> None:
        engine().put(documents)

    return _put


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("bildung", "Bildung"),
        ("Schulen", "Schule"),
        ("Haeuser", "Häuser"),
        ("strasse", "Straße"),
        ("Medienentwicklungspläne", "Medienentwicklungsplan"),
        ("Entwicklungsplan", "Medienentwicklungsplan"),
        ("Bildung", "Bildungslandschaft"),
        ("Büchereien", "Stadtbücherei"),
        ("Lehrkräfte", "Fachlehrkraft"),
        ("Schulen", "Grundschule"),
        ("digitaler", "digitale"),
    ],
)
def test_a_word_is_found_in_its_other_forms_and_in_compounds(
    put: Callable[..., None], typed: str, written: str
) -> None:
    put(document("a", f"Über {written} im Alltag"), document("b", "Etwas ganz anderes"))

    assert keys(typed) == ["a"]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Bild", "Bildung"),
        ("Bürger", "Burg"),
        ("Schüler", "Schule"),
        ("Schule", "Schulden"),
        ("Kommunen", "Kommunikation"),
    ],
)
def test_a_word_does_not_find_another_word(put: Callable[..., None], typed: str, written: str) -> None:
    put(document("a", f"Über {written} im Alltag"))

    assert keys(typed) == []


def test_every_word_must_occur(put: Callable[..., None]) -> None:
    put(document("a", "Ganztag", "Ein Plan für die Schule"), document("b", "Ganztag"))

    assert keys("Ganztag Schule") == ["a"]


def test_any_word_is_enough_where_some_are_asked_for(put: Callable[..., None]) -> None:
    put(document("a", "Ganztag"), document("b", "Ferien"), document("c", "Anderes"))

    found = engine().search(replace(query("Ganztag Ferien"), some=True))

    assert sorted(hit.key for hit in found.hits) == ["a", "b"]


def test_the_very_word_comes_before_a_compound(put: Callable[..., None]) -> None:
    put(
        document("compound", "Bildungslandschaft"),
        document("word", "Texte", "Über Bildung wird hier gesprochen."),
    )

    assert keys("Bildung") == ["word", "compound"]


def test_a_word_in_the_title_counts_more_than_in_the_text(put: Callable[..., None]) -> None:
    put(document("text", "Anderes", "Ein Satz über Teilhabe."), document("title", "Teilhabe", "Ein Satz."))

    assert keys("Teilhabe") == ["title", "text"]


def test_kinds_are_counted_whatever_kind_is_chosen(put: Callable[..., None]) -> None:
    put(
        document("a", "Ganztag"),
        document("b", "Ganztag", kind=Kind.TERM),
        document("c", "Ganztag", kind=Kind.TERM),
    )

    page = search("Ganztag", kind=Kind.TERM)

    assert (page.total, page.counts) == (2, {Kind.GUIDE: 1, Kind.TERM: 2})


def test_pages_follow_each_other_without_gap(put: Callable[..., None]) -> None:
    put(*[document(f"d{number}", "Ganztag") for number in range(7)])

    found = [hit.key for start in (0, 3, 6) for hit in search("Ganztag", start=start, size=3).hits]

    assert sorted(found) == [f"d{number}" for number in range(7)]


def test_a_replaced_document_is_found_by_its_new_words_only(put: Callable[..., None]) -> None:
    put(document("a", "Ganztag"))
    put(document("a", "Ferien"))

    assert (keys("Ganztag"), keys("Ferien")) == ([], ["a"])


def test_a_removed_document_is_not_found(put: Callable[..., None]) -> None:
    put(document("a", "Ganztag"))

    engine().remove(["a", "never-there"])

    assert keys("Ganztag") == []


def test_suggestions_begin_with_what_is_typed_in_any_word(put: Callable[..., None]) -> None:
    put(document("a", "Digitale Bildung"), document("b", "Medien"), document("c", "Weiterbildung"))

    assert [title for title, _url, _kind in engine().suggest("bil", limit=5)] == ["Digitale Bildung"]


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        "'",
        "*",
        "NEAR(a b)",
        "a AND",
        ")(",
        "%_",
        "\\",
        "🎓",
        "‮txt",
        "a:b",
        "-",
        "der die das",
        "x" * 5000,
        "' OR 1=1 --",
    ],
)
def test_no_input_breaks_the_search(put: Callable[..., None], typed: str) -> None:
    put(document("a", "Ganztag"))

    search(typed)
    engine().suggest(typed, limit=5)
