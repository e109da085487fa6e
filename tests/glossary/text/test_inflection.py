import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.text.inflection import WordClass, comparable, is_form, proposed_stems
from glossary.text.stemming import stem

NOUNS = """
Plan Plans Planes Plane Pläne Plänen
Haus Hauses Häuser Häusern
Kind Kindes Kinder Kindern
Bild Bildes Bilder Bildern
Wort Wortes Wörter Wörtern
Amt Amtes Ämter Ämtern
Baum Baumes Bäume Bäumen
Stadt Städte Städten
Schule Schulen
Idee Ideen
Name Namen Namens
Bürger Bürgers Bürgern
Garten Gartens Gärten
Mutter Mütter Müttern
Laden Ladens Läden
Schülerin Schülerinnen
Verein Vereins Vereine Vereinen
Termin Termine Terminen Termins
Verzeichnis Verzeichnisse Verzeichnissen Verzeichnisses
Bus Busses Busse Bussen
Kurs Kurses Kurse Kursen
Prozess Prozesses Prozesse Prozessen
Medium Mediums Medien
Museum Museums Museen
Zentrum Zentren
Curriculum Curricula
Thema Themen Themas
Praktikum Praktika
Virus Viren
Basis Basen
Konto Konten Kontos
Stadion Stadien
Workshop Workshops
Laptop Laptops
Handy Handys Handies
Café Cafés
App Apps
Team Teams
Bildung Bildungen
Wissenschaft Wissenschaften
Kompetenz Kompetenzen
Universität Universitäten
Mensch Menschen
Gespräch Gespräche Gesprächen Gesprächs
Gebühr Gebühren
Behörde Behörden
Maßnahme Maßnahmen
Jugendlicher Jugendliche Jugendlichen Jugendlichem
Studierende Studierenden Studierender
""".strip().splitlines()
ADJECTIVES = """
digital digitale digitalen digitalem digitaler digitales
digitale digital digitalen
flexibel flexible flexiblen
offen offene offenes
freie frei freien freier
neue neuen neues
dritter dritte dritten
leichte leichter leichten
""".strip().splitlines()
ENGLISH = """
resource resources
community communities
city cities citys
process processes
teacher teachers teacher's
""".strip().splitlines()

TABLE: list[tuple[WordClass, str]] = (
    [("noun", row) for row in NOUNS]
    + [("adjective", row) for row in ADJECTIVES]
    + [("english", row) for row in ENGLISH]
)


@pytest.mark.parametrize(("word_class", "row"), TABLE)
def test_every_form_is_recognised_and_proposed_by_its_stem(word_class: WordClass, row: str) -> None:
    word, *forms = map(comparable, row.split())

    for form in forms:
        assert is_form(word, form, word_class), form
        assert stem(form) in proposed_stems(word, word_class), form


@pytest.mark.parametrize(
    "row", [row for row in NOUNS if row.split()[0] in {"Plan", "Haus", "Stadt", "Schule", "Kurs", "Baum"}]
)
def test_a_noun_given_in_the_plural_is_recognised_in_the_singular(row: str) -> None:
    singular, *forms = map(comparable, row.split())

    assert all(is_form(form, singular, "noun") for form in forms)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("Bild", "Bildung"), ("Bildung", "Bild"), ("Bild", "Bilden"), ("Bild", "Bildner"),
        ("Bürger", "Burg"), ("Burg", "Bürger"), ("Bürger", "Bürgerin"), ("Schüler", "Schule"), ("Schule", "Schüler"),
        ("Spiel", "Spieler"), ("Lehre", "Lehrer"), ("Förderung", "Forderung"), ("Träger", "Trage"),
        ("Plan", "Planung"), ("Plan", "Planer"), ("Wahl", "Wähler"), ("Jugend", "Jugendliche"),
        ("Kunst", "Künstler"), ("Zeuge", "Zeugnis"), ("Stadt", "Stadtteil"), ("Haus", "Hausen"), ("Musik", "Musiker"),
        ("Schule", "Schulung"), ("Schülerin", "Schüler*innen"), ("Rat", "Rad"),
    ],
)  # fmt: skip
def test_another_word_is_no_form(word: str, other: str) -> None:
    assert not is_form(comparable(word), comparable(other), "noun")


def test_half_a_compound_is_no_form_when_looking_forward_only() -> None:
    assert is_form("schule", "schul", "noun")
    assert not is_form("schule", "schul", "noun", backwards=False)


def test_comparable_drops_case_and_hyphens_and_keeps_umlauts() -> None:
    assert comparable("Medien-Entwick\u00adlungsplan") == "medienentwicklungsplan"
    assert comparable("GROẞ Straße A\u0308mter") == "gross strasse ämter"
    assert comparable("Schüler:innen") == comparable("Schüler_innen") == "schüler*innen"


@given(st.text(max_size=12), st.text(max_size=12), st.sampled_from(["noun", "adjective", "english", "fixed"]))
def test_any_two_strings_get_an_answer(word: str, form: str, word_class: WordClass) -> None:
    assert is_form(word, form, word_class) in {True, False}
    assert is_form(word, word, word_class)
    assert stem(word) in proposed_stems(word, word_class)
