import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.text.tokens import pieces, tokenize, words, words_alone

AWKWARD = st.text(st.sampled_from("aÄß3 \n\t-'’*:_.,…%€°–\u0308\u200dक\u094d😀(Uhr5"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Digitale Bildung.", ["Digitale", " ", "Bildung", "."]),
        ("DigitalPakt-Mittel", ["DigitalPakt-Mittel"]),
        ("Schul- und Stadtbibliothek", ["Schul-", " ", "und", " ", "Stadtbibliothek"]),
        ("Schul-, Jugend-", ["Schul-", ",", " ", "Jugend-"]),
        ("geht's, geht’s", ["geht's", ",", " ", "geht’s"]),
        ("Schüler*innen Schüler:innen", ["Schüler*innen", " ", "Schüler:innen"]),
        ("Hinweis: so", ["Hinweis", ":", " ", "so"]),
        ("'Wort'", ["'", "Wort", "'"]),
        ("„Wort“ – ja", ["„", "Wort", "“", " ", "–", " ", "ja"]),
        ("5 % von 3.000,50 €", ["5 %", " ", "von", " ", "3.000,50 €"]),
        ("20 °C um 10:30 Uhr", ["20 °C", " ", "um", " ", "10:30 Uhr"]),
        ("20 mal", ["20", " ", "mal"]),
        ("3D-Druck, 5a", ["3D-Druck", ",", " ", "5a"]),
        ("2018/C 189/01.", ["2018", "/", "C", " ", "189", "/", "01", "."]),
        ("und so ...", ["und", " ", "so", " ", "..."]),
        ("a\n\nb \n c", ["a", "\n\n", "b", " \n ", "c"]),
        ("क्षमता", ["क्षमता"]),
        ("Gro\u0308ße", ["Gro\u0308ße"]),
        ("😀👍", ["😀", "👍"]),
    ],
)
def test_a_text_is_cut_into_these_tokens(text: str, expected: list[str]) -> None:
    assert [token.text for token in tokenize(text)] == expected


def test_tokens_know_their_kind() -> None:
    kinds = [token.kind for token in tokenize("Etwa 5 % – ja")]

    assert kinds == ["word", "space", "number", "space", "punctuation", "space", "word"]


@settings(max_examples=500)
@given(st.text() | AWKWARD)
def test_no_character_is_lost_and_offsets_fit(text: str) -> None:
    tokens = tokenize(text)

    assert "".join(token.text for token in tokens) == text
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert [token.start for token in tokens[1:]] == [token.end for token in tokens[:-1]]


@settings(max_examples=500)
@given(st.text() | AWKWARD)
def test_pieces_lose_nothing_and_carry_the_blank_before_them(text: str) -> None:
    cut = pieces(text)

    assert "".join(cut) == text
    assert all(piece and (piece.isspace() or piece == piece.rstrip()) for piece in cut[:-1])


@settings(max_examples=300)
@given(st.text() | AWKWARD)
def test_words_are_the_word_and_number_tokens(text: str) -> None:
    tokens = [token for token in tokenize(text) if token.kind in {"word", "number"}]

    assert words(text) == [(token.text, token.start, token.end) for token in tokens]


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=80))
def test_words_alone_are_the_words_without_their_places(text: str) -> None:
    assert words_alone(text) == [word for word, _start, _end in words(text)]
