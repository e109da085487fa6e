"""What is German about searching, the same for every engine: stems, parts of compounds, snippets."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from glossary.text.stemming import fold, is_stop_word, stem, stems
from glossary.text.tokens import words
from search.port import Query, Word

# A part of a compound must be this long: "Bild" must not find "Bildung", "Bildung" finds "Bildungslandschaft".
SHORTEST_PART = 5
MOST_WORDS = 12
MOST_WIDER = 40
LONGEST_QUERY = 200
LONGEST_WORD = 80
SNIPPET_WORDS = 28


def stem_text(text: str) -> str:
    """The stems of a text, separated by blanks: what engines index."""
    return " ".join(_plain(item) for item in stems(text))


def distinct_words(text: str) -> dict[str, str]:
    """Each folded word of a text with its stem."""
    found = {fold(word): stem_of(word) for word, _start, _end in words(text) if not is_stop_word(word)}
    return {word: value for word, value in found.items() if 3 <= len(word) <= LONGEST_WORD}


def parse(text: str, *, wider: Callable[[str], list[str]]) -> Query:
    """A query from what somebody typed. `wider` answers the stems of indexed words that contain a folded part.

    Only stop words left: they are searched for after all. Never raises, whatever was typed.
    """
    typed = [word for word, _start, _end in words(text[:LONGEST_QUERY])][:MOST_WORDS]
    chosen = [word for word in typed if not is_stop_word(word)] or typed
    found: list[Word] = []
    for word in chosen:
        base, part = stem_of(word), fold(word)
        longer = [x for x in wider(part) if x != base] if len(part) >= SHORTEST_PART else []
        if base and all(base != other.stem for other in found):
            found.append(Word(base, tuple(dict.fromkeys(longer))))
    return Query(tuple(found))


@lru_cache(maxsize=65_536)
def stem_of(word: str) -> str:
    """The stem of a word as engines index it. Texts repeat their words: each is worked out once."""
    return _plain(stem(word))


def _plain(value: str) -> str:
    """Letters and digits only: engines cut at everything else."""
    return "".join(character for character in value if character.isalnum())[:LONGEST_WORD]


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a snippet; `hit` words are marked."""

    text: str
    hit: bool


def highlight(text: str, query: Query) -> list[Piece]:
    """The whole text with the words of the query marked."""
    wanted, pieces, at = query.stems(), [], 0
    for word, start, end in words(text):
        if stem_of(word) in wanted:
            if start > at:
                pieces.append(Piece(text[at:start], hit=False))
            pieces.append(Piece(text[start:end], hit=True))
            at = end
    if at < len(text):
        pieces.append(Piece(text[at:], hit=False))
    return pieces


def snippet(text: str, query: Query) -> list[Piece]:
    """The stretch of text with most words of the query, these marked; its beginning when none occurs."""
    spans = words(text)
    if not spans:
        return []
    wanted = query.stems()
    marks = [stem_of(word) in wanted for word, _start, _end in spans]
    first = _best_window(marks)
    last = min(first + SNIPPET_WORDS, len(spans)) - 1
    start, end = spans[first][1], spans[last][2]
    pieces = highlight(text[start:end], query)
    if first > 0:
        pieces.insert(0, Piece("… ", hit=False))
    if last < len(spans) - 1:
        pieces.append(Piece(" …", hit=False))
    return pieces


def _best_window(marks: list[bool]) -> int:
    """Index of the first word of the window with most hits, a few words before its first hit."""
    count = best = sum(marks[:SNIPPET_WORDS])
    first = 0
    for start in range(1, max(1, len(marks) - SNIPPET_WORDS + 1)):
        count += marks[start + SNIPPET_WORDS - 1] - marks[start - 1]
        if count > best:
            best, first = count, start
    return first
