from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.text.reference import issued, long_date, names, reference


def people(*pairs: str) -> list[dict[str, str]]:
    return [dict(zip(("family", "given"), pair.split(", "), strict=False)) for pair in pairs]


def on(*parts: int) -> dict[str, list[list[int]]]:
    return {"date-parts": [list(parts)]}


BAACKE = {
    "type": "book", "author": people("Baacke, Dieter"), "title": "Medienpädagogik", "publisher": "Niemeyer",
    "publisher-place": "Tübingen", "issued": on(1997),
}  # fmt: skip
FRANKFURT = {
    "type": "article-journal", "author": people("Brinda, Torsten", "Brüggen, Niels", "Diethelm, Ira", "Knaus, Thomas"),
    "title": "Frankfurt-Dreieck zur Bildung in der digital vernetzten Welt", "container-title": "merz", "volume": "63",
    "issue": "4", "page": "69-75", "issued": on(2019, 8),
}  # fmt: skip
DAGSTUHL = {
    "type": "webpage", "author": [{"literal": "Gesellschaft für Informatik"}], "title": "Dagstuhl-Erklärung",
    "URL": "https://dagstuhl.gi.de/", "issued": on(2016, 3),
}  # fmt: skip
UNESCO = {
    "type": "report", "author": [{"literal": "UNESCO"}], "title": "A Global Framework of Reference on Digital Literacy Skills",
    "genre": "Information Paper", "number": "51", "issued": on(2018, 6),
}  # fmt: skip
COUNCIL = {
    "type": "legislation", "author": [{"literal": "Rat der Europäischen Union"}],
    "title": "Empfehlung zu Schlüsselkompetenzen für lebenslanges Lernen", "container-title": "ABl. C", "number": "189",
    "page": "1-13", "issued": on(2018, 5, 22),
}  # fmt: skip
CHAPTER = {
    "type": "chapter", "author": people("Meier, Eva"), "title": "Lernorte", "editor": people("Kurz, Jo", "Lang, Al"),
    "container-title": "Handbuch", "publisher": "Verlag", "publisher-place": "Bonn", "issued": on(2020), "page": "10-20",
}  # fmt: skip
NEWSPAPER = {
    "type": "article-newspaper",
    "title": "Schulen warten",
    "container-title": "Tagblatt",
    "issued": on(2020, 5, 3),
}


@pytest.mark.parametrize(
    ("csl", "passage", "line"),
    [
        (BAACKE, "", "Baacke, Dieter: Medienpädagogik. Tübingen: Niemeyer 1997"),
        (BAACKE, "98", "Baacke, Dieter: Medienpädagogik. Tübingen: Niemeyer 1997, S. 98"),
        (BAACKE, "98-99", "Baacke, Dieter: Medienpädagogik. Tübingen: Niemeyer 1997, S. 98–99"),
        (BAACKE, "98 ff.", "Baacke, Dieter: Medienpädagogik. Tübingen: Niemeyer 1997, S. 98 ff."),
        (
            BAACKE,
            "Stichwort Kritik",
            "Baacke, Dieter: Medienpädagogik. Tübingen: Niemeyer 1997, Stichwort Kritik",
        ),
        (BAACKE | {"edition": "2"}, "", "Baacke, Dieter: Medienpädagogik. 2. Aufl. Tübingen: Niemeyer 1997"),
        (
            BAACKE | {"edition": "erweiterte Ausgabe"},
            "",
            "Baacke, Dieter: Medienpädagogik. erweiterte Ausgabe. Tübingen: Niemeyer 1997",
        ),
        (BAACKE | {"issued": {}}, "", "Baacke, Dieter: Medienpädagogik. Tübingen: Niemeyer o. J."),
        (
            BAACKE | {"title": "Was ist Bildung?"},
            "",
            "Baacke, Dieter: Was ist Bildung? Tübingen: Niemeyer 1997",
        ),
        (
            FRANKFURT,
            "71",
            "Brinda, Torsten u. a.: Frankfurt-Dreieck zur Bildung in der digital vernetzten Welt. "
            "In: merz 63 (2019), Nr. 4, S. 69–75, hier S. 71",
        ),
        (DAGSTUHL, "", "Gesellschaft für Informatik: Dagstuhl-Erklärung, März 2016, https://dagstuhl.gi.de/"),
        (
            UNESCO,
            "6",
            "UNESCO: A Global Framework of Reference on Digital Literacy Skills. Information Paper 51, Juni 2018, S. 6",
        ),
        (
            COUNCIL,
            "",
            "Rat der Europäischen Union: Empfehlung zu Schlüsselkompetenzen für lebenslanges Lernen, 22. Mai 2018, "
            "ABl. C 189, S. 1–13",
        ),
        (COUNCIL | {"page": ""}, "Anhang, Nummer 4", None),
        (
            CHAPTER,
            "",
            "Meier, Eva: Lernorte. In: Kurz, Jo; Lang, Al (Hg.): Handbuch. Bonn: Verlag 2020, S. 10–20",
        ),
        (NEWSPAPER, "", "Schulen warten. In: Tagblatt, 3. Mai 2020"),
        (
            {"type": "book", "editor": people("Kurz, Jo"), "title": "Buch", "issued": on(2020)},
            "",
            "Kurz, Jo (Hg.): Buch, 2020",
        ),
        ({"title": "<i>Kursiv</i>es Wort"}, "", "Kursives Wort, o. J."),
        ({}, "", "ohne Titel, o. J."),
    ],
)
def test_a_source_reads_like_an_entry_in_a_bibliography(
    csl: dict[str, Any], passage: str, line: str | None
) -> None:
    assert reference(csl, passage) == (line or "Rat der Europäischen Union: Empfehlung zu Schlüsselkompetenzen für "
        "lebenslanges Lernen, 22. Mai 2018, ABl. C 189, Anhang, Nummer 4")  # fmt: skip


def test_the_day_of_access_stands_with_the_address() -> None:
    line = reference(DAGSTUHL, accessed=date(2026, 5, 3))

    assert line.endswith("https://dagstuhl.gi.de/ (abgerufen am 3. Mai 2026)")


def test_without_the_address_the_day_of_access_stands_at_the_end() -> None:
    line = reference(DAGSTUHL, accessed=date(2026, 5, 3), address=False)

    assert line == "Gesellschaft für Informatik: Dagstuhl-Erklärung, März 2016 (abgerufen am 3. Mai 2026)"


def test_the_items_own_day_of_access_is_used_when_no_other_is_known() -> None:
    assert "(abgerufen am 1. Juli 2020)" in reference(DAGSTUHL | {"accessed": on(2020, 7, 1)})


def test_the_english_line_uses_english_words() -> None:
    line = reference(FRANKFURT, "71", language="en")

    assert line.startswith("Brinda, Torsten et al.: ")
    assert line.endswith("In: merz 63 (2019), no. 4, pp. 69–75, here p. 71")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "ftp://example.org", " "]
)
def test_no_address_a_browser_should_not_be_sent_to(url: str) -> None:
    assert reference(DAGSTUHL | {"URL": url}) == "Gesellschaft für Informatik: Dagstuhl-Erklärung, März 2016"


def test_a_doi_serves_as_address() -> None:
    assert reference(FRANKFURT | {"DOI": "10.21240/merz/2019.4.1"}).endswith(
        ", https://doi.org/10.21240/merz/2019.4.1"
    )


def test_an_organisation_that_publishes_itself_is_named_once() -> None:
    csl = UNESCO | {"publisher": "UNESCO", "publisher-place": "Paris"}

    assert reference(csl).endswith("Information Paper 51. Paris, Juni 2018")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (on(2018, 5, 22), "22. Mai 2018"),
        (on(2018, 5), "Mai 2018"),
        (on(2018), "2018"),
        (on(2018, 13), "2018"),
        ({"date-parts": [["2018", "5"]]}, "Mai 2018"),
        ({"date-parts": [[2016], [2018]]}, "2016–2018"),
        ({"raw": "2018-05-22"}, "22. Mai 2018"),
        ({"literal": "um 1900"}, "um 1900"),
        ({"date-parts": []}, ""),
        ({"date-parts": [[]]}, ""),
        (None, ""),
        ("2018", ""),
    ],
)
def test_a_date_is_as_exact_as_known(value: object, text: str) -> None:
    assert issued({"issued": value}) == text


def test_long_dates_read_well_in_both_languages() -> None:
    assert long_date(date(2026, 5, 4)) == "4. Mai 2026"
    assert long_date(date(2026, 5, 4), "en-gb") == "4 May 2026"


def test_names_keep_their_particles() -> None:
    assert (
        names([{"family": "Humboldt", "given": "Wilhelm", "dropping-particle": "von"}])
        == "Humboldt, Wilhelm von"
    )
    assert names([{"non-dropping-particle": "van", "family": "Dyk", "given": "Silke"}]) == "van Dyk, Silke"


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
_FIELDS = "type author editor title container-title publisher publisher-place issued accessed page volume issue number URL DOI edition"
FIELDS = _FIELDS.split()


@settings(max_examples=300)
@given(
    st.dictionaries(st.sampled_from(FIELDS), JUNK), st.text(max_size=20), st.sampled_from(["de", "en", "fr"])
)
def test_malformed_references_give_one_line_and_never_an_error(
    csl: dict[str, Any], passage: str, language: str
) -> None:
    line = reference(csl, passage, language=language)

    assert line
    assert len(line.splitlines()) == 1
