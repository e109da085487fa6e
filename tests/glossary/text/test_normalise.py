import contextlib
import hashlib
import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from glossary.text.normalise import (
    MAX_LENGTH,
    NotAWording,
    definition_part,
    is_normal,
    normalise,
    normalise_line,
    paragraphs,
    wording_hash,
)

ANY_TEXT = st.text()
AWKWARD = st.text(
    st.sampled_from(
        [
            *"aäß\u0308\u0301 \t\n\r\v\f\x85\u2028\u2029\xa0\u202f\xad\u200b\u200c\u200d\u202e\u2066\ufeff\ufe0f"
        ]
        + [*"क\u094dب👩\U000e0061\u034f\uf0b7.<>&;*[]()#1"]
    )
)


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("Bildung", "Bildung"),
        ("Gro\u0308ße", "Größe"),
        ("a\r\nb\rc\x0bd\x0ce\x85f\u2028g", "a\nb\nc\nd\ne\nf\ng"),
        ("a\u2029b", "a\n\nb"),
        ("a\n\n\n\n b", "a\n\nb"),
        ("a\n \t \nb", "a\n\nb"),
        ("\n\n a \n\n", "a"),
        ("a  \n  b\t", "a\nb"),
        ("5\xa0% und\u202f3\u2009Kurse\t hier", "5 % und 3 Kurse hier"),
        ("Bil\xaddung", "Bildung"),
        ("Bil\u200bdung\ufeff", "Bildung"),
        ("\u202egnudliB\u202c", "gnudliB"),
        ("\u2066a\u2069\u200e\u200f\u061c", "a"),
        ("a\x00\x07\x1b[0m", "a[0m"),
        ("Bil\u200cdung \u200d", "Bildung"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\u200cمی", "می"),
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d💻 lernt", "👩\u200d💻 lernt"),
        ("❤\ufe0f ab", "❤ ab"),
        ("a\U000e0041\U000e0042", "a"),
        ("\uf0b7\tPunkt", "• Punkt"),
        ("e\u200b\u0301", "é"),
        ("Schüler*innen, Schüler:innen, Schüler_innen", "Schüler*innen, Schüler:innen, Schüler_innen"),
        ("a < b > c, <3, R&D, 2 * 3 ** 4", "a < b > c, <3, R&D, 2 * 3 ** 4"),
        ("siehe [1] (S. 3)", "siehe [1] (S. 3)"),
        ("AT&T; und Q&A;", "AT&T; und Q&A;"),
        ("- erstens\n- zweitens", "- erstens\n- zweitens"),
    ],
)
def test_a_text_is_brought_into_its_one_form(given_text: str, expected: str) -> None:
    assert normalise(given_text) == expected


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u200b", "…", "— –", "\xad\xa0", "\x00"])
def test_a_text_without_letter_or_digit_is_refused(text: str) -> None:
    with pytest.raises(NotAWording) as refusal:
        normalise(text)

    assert refusal.value.reason == "empty"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ein <b>Wort</b>", "<b>"),
        ("ein Wort</p>", "</p>"),
        ("Zeile<br/>Zeile", "<br/>"),
        ('<a href="https://example.org">x</a>', '<a href="https://example.org">'),
        ("a<!-- b -->", "<!--"),
        ("a <SCRIPT src=x>", "<SCRIPT src=x>"),
        ("a <\u200bb> c", "<b>"),
        ("<my-element>", "<my-element>"),
        ("Bildung&nbsp;heute", "&nbsp;"),
        ("Bildung &amp; Kultur", "&amp;"),
        ("&#8222;Wort&#8220;", "&#8222;"),
        ("&#x1F600; a", "&#x1F600;"),
        ("ein **wichtiges Wort** hier", "**wichtiges Wort**"),
        ("siehe [Seite](https://example.org)", "[Seite](https://example.org)"),
    ],
)
def test_markup_is_refused_and_named(text: str, found: str) -> None:
    with pytest.raises(NotAWording) as refusal:
        normalise(text)

    assert refusal.value.reason == "markup"
    assert refusal.value.found == found


@pytest.mark.parametrize(
    "character", ["\ue000", "\U000f0000", "\ufffd", "\ufffc", "\u0378", chr(0xD800), "\uffff"]
)
def test_a_character_nobody_can_name_is_refused_with_its_place(character: str) -> None:
    with pytest.raises(NotAWording) as refusal:
        normalise(f"abc{character}d")

    assert (refusal.value.reason, refusal.value.found, refusal.value.position) == (
        "unknown_character",
        character,
        3,
    )


def test_a_text_beyond_the_limit_is_refused() -> None:
    assert len(normalise("a" * MAX_LENGTH)) == MAX_LENGTH

    with pytest.raises(NotAWording) as refusal:
        normalise("a" * (MAX_LENGTH + 1))

    assert refusal.value.reason == "too_long"


@settings(max_examples=600)
@given(ANY_TEXT | AWKWARD)
@example("e\u200b\u0301")
@example("ب\u200d\u200dب")
@example("ب\u200c\xadب")
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    try:
        once = normalise(text)
    except NotAWording:
        return

    assert normalise(once) == once
    assert is_normal(once)


@settings(max_examples=400)
@given(ANY_TEXT | AWKWARD)
def test_the_form_holds_what_it_promises(text: str) -> None:
    try:
        normal = normalise(text)
    except NotAWording:
        return

    assert unicodedata.is_normalized("NFC", normal)
    assert "\n\n\n" not in normal
    assert "  " not in normal
    assert all(line == line.strip(" ") for line in normal.split("\n"))
    assert normal == normal.strip()
    assert all(c == "\n" or unicodedata.category(c) not in {"Cc", "Zl", "Zp"} for c in normal)
    assert all(c == " " or unicodedata.category(c) != "Zs" for c in normal)
    assert not set(normal) & set(
        "\xad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
    )


@given(ANY_TEXT | AWKWARD)
def test_a_line_is_one_line_and_stays_as_it_is(text: str) -> None:
    try:
        line = normalise_line(text)
    except NotAWording:
        return

    assert "\n" not in line
    assert normalise_line(line) == line


def test_a_scope_may_be_empty() -> None:
    assert normalise_line(" \n ") == ""
    assert normalise_line("Kommunen\nund  Kreise ") == "Kommunen und Kreise"


def test_every_invisible_format_character_is_dealt_with() -> None:
    """Negative control for the literal list: what Unicode calls a format character and we let through is visible."""
    visible = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
    through = {
        chr(code)
        for code in range(0x110000)
        if unicodedata.category(chr(code)) in {"Cf", "Cc"}
        and normalise(f"a{chr(code)}b") not in {"ab", "a b", "a\nb"}
    }

    assert through - {chr(c) for c in range(0x13430, 0x13440)} == set(visible)


def test_the_hash_of_a_text_alone_is_sha256_of_its_utf8() -> None:
    assert wording_hash("Größe") == hashlib.sha256("Größe".encode()).hexdigest()


def test_the_scope_is_hashed_after_a_nul_byte() -> None:
    assert wording_hash("a", "b") == hashlib.sha256(b"a\0b").hexdigest()


def test_text_and_scope_cannot_be_confused() -> None:
    assert (
        len({wording_hash("ab", ""), wording_hash("a", "b"), wording_hash("b", "a"), wording_hash("a\n\nb")})
        == 4
    )


@pytest.mark.parametrize(("text", "scope"), [("a\0b", ""), ("a", "\0"), ("a\u0308", ""), ("a", "u\u0308")])
def test_only_a_normalised_wording_is_hashed(text: str, scope: str) -> None:
    with pytest.raises(ValueError, match="normalised"):
        wording_hash(text, scope)


TEXT = (
    "Digitale Bildung ist mehr als Gerätekunde.\n\nSie gilt\nüberall.\n\nAnmerkung: Geräte gehören dazu.\n\n"
    "Auch geliehene.\n\nBeispiel 1: Ein Tabletkurs.\n\nBeispiele: keine.\n\nAnmerkungen zum Begriff: alt."
)


def test_notes_and_examples_are_told_from_the_definition() -> None:
    kinds = [paragraph.kind for paragraph in paragraphs(TEXT)]

    assert kinds == ["definition", "definition", "note", "note", "example", "example", "note"]


@given(
    st.lists(
        st.sampled_from(["a", "b\nc", "Anmerkung: x", "Beispiel: ü😀", "Note 2: y", "anmerkung ohne"]),
        min_size=1,
    )
)
def test_offsets_of_paragraphs_are_code_points_of_the_wording(parts: list[str]) -> None:
    text = "\n\n".join(parts)

    found = paragraphs(text)

    assert [text[p.start : p.end] for p in found] == [p.text for p in found] == parts


def test_the_definition_part_leaves_notes_and_examples_out() -> None:
    assert definition_part(TEXT) == "Digitale Bildung ist mehr als Gerätekunde.\n\nSie gilt\nüberall."
    assert definition_part("Nur ein Satz.") == "Nur ein Satz."


def test_the_definition_part_is_never_empty() -> None:
    assert definition_part("Anmerkung: nur das.") == "Anmerkung: nur das."


@pytest.mark.parametrize(
    "text", ["Anmerkung zu etwas: nein.", "Beispielhaft: nein.", "Die Anmerkung: nein.", "Notenschluss: x"]
)
def test_what_only_resembles_a_note_is_definition(text: str) -> None:
    assert [p.kind for p in paragraphs(text)] == ["definition"]


@pytest.mark.parametrize(
    "nasty", ["<a " * 15_000, "**a" * 15_000, "[" * 50_000, "&a" * 25_000, " \n" * 25_000 + "a"]
)
def test_hostile_texts_take_no_longer_than_others(nasty: str) -> None:
    begun = time.process_time()

    with contextlib.suppress(NotAWording):
        normalise(nasty)

    assert time.process_time() - begun < 0.5
