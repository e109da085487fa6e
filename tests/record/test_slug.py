import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from record.slug import german_slug, with_number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("digitale Bildung", "digitale-bildung"),
        ("Kurs (VHS)", "kurs-vhs"),
        ("Größe & Maß", "groesse-und-mass"),
        ("ÄÖÜ äöü ß ẞ", "aeoeue-aeoeue-ss-ss"),
        ("Café à la carte", "cafe-a-la-carte"),
        ("Łódź, Ærø", "lodz-aeroe"),
        ("A\u0308mter", "aemter"),
        ("Schüler*innen, Lehrer:innen", "schuelerinnen-lehrerinnen"),
        ("Schüler_innen", "schueler-innen"),
        ("geht’s, geht's", "gehts-gehts"),
        ("Bil\u00addung", "bildung"),
        ("DigitalPakt Schule 2019–2024", "digitalpakt-schule-2019-2024"),
        ("  --a__b--  ", "a-b"),
        ("C++", "c"),
        ("🙂", "begriff"),
        ("", "begriff"),
        ("—", "begriff"),
        ("Образование", "begriff"),
    ],
)
def test_a_name_becomes_this_address(text: str, expected: str) -> None:
    assert german_slug(text, fallback="begriff") == expected


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("kommunale Koordinierung im Ganztag", 23, "kommunale-koordinierung"),
        ("kommunale Koordinierung im Ganztag", 24, "kommunale-koordinierung"),
        ("kommunale Koordinierung im Ganztag", 26, "kommunale-koordinierung-im"),
        ("Medienentwicklungsplan", 10, "medienentw"),
        ("Medienentwicklungsplan neu", 10, "medienentw"),
        ("kurz", 10, "kurz"),
    ],
)
def test_a_long_name_ends_with_a_whole_word_if_it_can(text: str, limit: int, expected: str) -> None:
    assert german_slug(text, limit=limit) == expected


def test_the_fallback_can_be_chosen() -> None:
    assert german_slug("…", fallback="abschnitt") == "abschnitt"
    assert german_slug("…") == ""


@settings(max_examples=500)
@given(st.text(), st.integers(8, 90))
def test_an_address_is_always_well_formed_and_short_enough(text: str, limit: int) -> None:
    made = german_slug(text, limit=limit, fallback="begriff")

    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", made)
    assert len(made) <= limit
    assert german_slug(made, limit=limit) == made


@given(st.text(max_size=120).map(lambda text: german_slug(text, fallback="begriff")), st.integers(2, 9999))
def test_a_number_fits_into_the_limit(base: str, number: int) -> None:
    numbered = with_number(base, number, limit=20)

    assert numbered.endswith(f"-{number}")
    assert len(numbered) <= 20
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", numbered)
