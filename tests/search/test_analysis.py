"""What is shown of a text that was found, and what titles are suggested by."""

import pytest

from search.analysis import SNIPPET_WORDS, parse, snippet, title_key
from search.port import Query


def query(text: str) -> Query:
    return parse(text, wider=lambda part: [])


def filler(count: int) -> list[str]:
    return [f"wort{number}" for number in range(count)]


def shown(words: list[str], wanted: str = "Bücherei") -> str:
    return "".join(f"[{x.text}]" if x.hit else x.text for x in snippet(" ".join(words), query(wanted)))


def test_a_hit_has_words_before_and_behind_it() -> None:
    text = shown([*filler(60), "Bücherei", *filler(60)])

    before, after = text.split("[Bücherei]")
    assert len(before.split()) > 5
    assert len(after.split()) > 5
    assert text.startswith("… ")
    assert text.endswith(" …")


def test_the_stretch_with_most_hits_is_shown() -> None:
    text = shown(["Bücherei", *filler(50), "Bücherei", "und", "Büchereien", *filler(50)])

    assert text.count("[") == 2
    assert "[Büchereien]" in text


def test_hits_as_far_apart_as_a_stretch_is_long_are_both_shown() -> None:
    text = shown([*filler(40), "Bücherei", *filler(SNIPPET_WORDS - 2), "Bücherei", *filler(40)])

    assert text.count("[Bücherei]") == 2


def test_a_hit_at_the_very_end_is_shown_with_what_stands_before() -> None:
    text = shown([*filler(60), "Bücherei"])

    assert text.endswith("[Bücherei]")
    assert len(text.split()) == SNIPPET_WORDS + 1


def test_a_hit_soon_after_the_beginning_is_shown_from_the_beginning() -> None:
    assert shown([*filler(15), "Bücherei", *filler(60)]).startswith("wort0 ")


def test_without_a_hit_the_beginning_is_shown() -> None:
    assert shown(filler(60)).startswith("wort0 wort1 ")


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_a_text_without_words_shows_nothing(text: str) -> None:
    assert snippet(text, query("Bücherei")) == []


@pytest.mark.parametrize(
    ("title", "beginning"),
    [("Unter „digitaler Bildung“", "digi"), ("Medien-Entwicklung", "entw"), ("Übung", "ueb")],
)
def test_every_word_of_a_title_is_found_by_its_beginning(title: str, beginning: str) -> None:
    assert f" {beginning}" in title_key(title)


def test_the_middle_of_a_word_is_no_beginning() -> None:
    assert " bildung" not in title_key("Medienbildung")
