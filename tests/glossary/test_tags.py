"""How wordings and sources are put on a page."""

from datetime import date

from django.utils import translation

from glossary.phrases import long_day
from glossary.states import Stance
from glossary.templatetags.glossary_tags import (
    SILENT,
    VOICES,
    sources_html,
    voice_groups,
    wording_html,
    wording_parts,
)
from glossary.text.reference import long_date
from glossary.views.sources import bare_line


def test_notes_and_examples_are_not_part_of_the_definition() -> None:
    parts = wording_parts("Ein Ort.\n\nAuch im Netz.\n\nAnmerkung: Auch draußen.\n\nBeispiel: Der Park.")

    assert parts["definition"] == ["Ein Ort.", "Auch im Netz."]
    assert parts["notes"] == [
        {"label": "Anmerkung:", "text": "Auch draußen."},
        {"label": "Beispiel:", "text": "Der Park."},
    ]


def test_numbered_notes_and_what_continues_them_are_notes_as_in_the_export() -> None:
    parts = wording_parts("Ein Ort.\n\nAnmerkung 2 zum Begriff: Draußen.\n\nUnd im Park.")

    assert parts["definition"] == ["Ein Ort."]
    assert parts["notes"] == [
        {"label": "Anmerkung 2 zum Begriff:", "text": "Draußen."},
        {"label": "", "text": "Und im Park."},
    ]


def test_a_wording_is_escaped() -> None:
    assert (
        wording_html("A < B\n\nBeispiel: <b>")
        == '<p>A &lt; B</p><p class="note"><b>Beispiel:</b> &lt;b&gt;</p>'
    )


def test_a_removed_wording_says_so() -> None:
    assert "removed" in wording_html(None) or "entfernt" in wording_html(None)


def test_a_source_is_linked_only_where_a_browser_may_go() -> None:
    good = bare_line({"title": "Ein Buch & mehr", "URL": "https://example.org/?a=1&b=2"}, "S. 3")
    bad = bare_line({"title": "Böse", "URL": "javascript:alert(1)"}, "")

    html = sources_html([good, bad], "")

    assert "Ein Buch &amp; mehr" in html
    assert 'href="https://example.org/?a=1&amp;b=2"' in html
    assert "javascript" not in html


def test_english_days_are_written_as_in_the_references_of_sources() -> None:
    day = date(2026, 5, 4)

    with translation.override("en"):
        english = long_day(day)
    with translation.override("de"):
        german = long_day(day)

    assert (english, german) == (long_date(day, "en"), long_date(day, "de")) == ("4 May 2026", "4. Mai 2026")


def test_voices_are_grouped_in_fixed_order_and_taken_back_is_silent() -> None:
    voices = [{"value": "taken_back"}, {"value": "objection"}, {"value": "consent"}, {"value": ""}]

    groups = [(group["value"], len(group["voices"])) for group in voice_groups(voices)]

    assert groups == [("consent", 1), ("objection", 1), ("silent", 2)]


def test_every_stance_that_speaks_has_a_place_in_the_bar() -> None:
    assert set(VOICES) == set(Stance) - {Stance.TAKEN_BACK} | {SILENT}
