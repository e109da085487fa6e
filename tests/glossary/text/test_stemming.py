import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.text import stemming
from glossary.text.stemming import STOP_WORDS, fold, is_stop_word, stem, stems

GERMAN = st.text("abdeghilmnorstuäöüßAÄÖÜSEN", min_size=1, max_size=14)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("BÜRGER", "buerger"),
        ("Buerger", "buerger"),
        ("Burger", "burger"),
        ("Straße STRASSE STRAẞE", "strasse strasse strasse"),
        ("O\u0308ffnung", "oeffnung"),
        ("Café, Ça va, Łódź, Ærø", "cafe, ca va, lodz, aeroe"),
        ("", ""),
    ],
)
def test_spellings_of_a_word_fold_to_one(text: str, folded: str) -> None:
    assert fold(text) == folded


@settings(max_examples=400)
@given(st.text() | GERMAN)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(GERMAN)
def test_folding_does_not_care_for_case(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower()) == fold(text)


@pytest.mark.parametrize(
    "forms",
    [
        "Plan Pläne Plänen Plans Planes PLÄNE Plaene",
        "Haus Häuser Häusern Hauses",
        "Land Länder Ländern",
        "Stadt Städte Städten",
        "Rat Räte Räten",
        "Raum Räume Räumen",
        "Verband Verbände Verbänden",
        "Schulamt Schulämter Schulämtern",
        "Bürger Bürgern Bürgers Buerger",
        "Schüler Schülern Schülers",
        "Schülerin SCHÜLERIN Schuelerin",
        "Mutter Mütter Müttern",
        "Mangel Mängel Mängeln",
        "Bildung Bildungen",
        "Lehrkraft Lehrkräfte Lehrkräften",
        "Ausschuss Ausschüsse Ausschuß",
        "digital digitale digitaler digitales digitalen digitalem",
        "aktuell aktuelle aktuellen",
        "individuell individuelle",
        "neu neue neuen",
        "Steuer Steuern",
        "Gespräch Gespräche Gesprächen Gesprächs",
        "Gebühr Gebühren",
        "Universität Universitäten",
        "Behörde Behörden",
        "schön schöne schönen schöner schönes schönem",
        "sekundär sekundäre sekundärer",
        "spät späte später",
        "öffentlich öffentliche öffentlicher",
        "Café Cafés Cafes",
        "Medien-Entwicklungsplan Medienentwicklungsplan Medienentwicklungspläne Medienentwicklungsplans",
        "Schüler*innen Schüler:innen Schüler_innen Schülerinnen",
    ],
)
def test_forms_of_one_word_have_one_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bürger", "Burg"),
        ("Bürger", "Burgen"),
        ("Schüler", "Schule"),
        ("Förderung", "Forderung"),
        ("fördern", "fordern"),
        ("Bild", "Bildung"),
        ("Bilder", "Bildung"),
        ("Händler", "Handel"),
        ("Wert", "Wort"),
        ("Wähler", "Wahl"),
        ("Träger", "Tragen"),
    ],
)
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@settings(max_examples=500)
@given(GERMAN | st.text(min_size=1))
def test_a_stem_is_never_empty_and_never_longer_than_the_folded_word(word: str) -> None:
    if fold(word):
        assert stem(word)
        assert len(stem(word)) <= len(fold(word)) + 2


@given(GERMAN)
def test_stems_do_not_care_for_case(word: str) -> None:
    assert stem(word.upper()) == stem(word.lower())


def test_the_stems_of_a_text_leave_stop_words_out() -> None:
    assert stems("Die Pläne der Bürger für über 5 Häuser") == ["plan", "buerg", "5", "haus"]


def test_stop_words_are_folded_and_say_nothing() -> None:
    assert all(fold(word) == word for word in STOP_WORDS)
    assert is_stop_word("Für")
    assert is_stop_word("ÜBER")
    assert not is_stop_word("Bildung")


def test_many_threads_get_the_same_stems() -> None:
    uncached = stemming._stem.__wrapped__
    heads, tails = ("Plan", "Bürg", "Schül", "Häus", "Bild"), ("ern", "ung", "en", "es", "er")
    vocabulary = [head + tail for head in heads for tail in tails]
    alone = [uncached(word) for word in vocabulary]
    seen: list[list[str]] = []

    def work() -> None:
        for _ in range(50):
            seen.append([uncached(word) for word in vocabulary])

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert seen == [alone] * 400


def test_a_thousand_words_are_stemmed_in_milliseconds() -> None:
    vocabulary = [f"bildungswort{number}en" for number in range(1000)]
    begun = time.process_time()

    for word in vocabulary:
        stem(word)

    assert time.process_time() - begun < 0.1
