"""What is German about searching, the same for every engine: stems, parts of compounds, snippets."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from glossary.text.stemming import fold, is_stop_word, stem, stems
from glossary.text.tokens import words, words_alone
from search.port import Query, Word

# A part of a compound must be this long: "Bild" must not find "Bildung", "Bildung" finds "Bildungslandschaft".
SHORTEST_PART = 5
MOST_WORDS = 12
MOST_WIDER = 40
LONGEST_QUERY = 200
LONGEST_WORD = 80
SNIPPET_WORDS = 28
# Of these so many stand before the first hit, where the text has them: a hit at the end would say nothing.
WORDS_BEFORE = 7


def stem_text(text: str) -> str:
    """The stems of a text, separated by blanks: what engines index."""
    return " ".join(_plain(item) for item in stems(text))


def stem_of(word: str) -> str:
    """What a word stands as in the index."""
    return _plain(stem(word))


@lru_cache(maxsize=32_768)
def _stems_in(chunk: str) -> tuple[str, ...]:
    """What the words of a piece of text between two blanks stand as in the index; mostly it is one."""
    return tuple(stem_of(word) for word in words_alone(chunk))


def title_key(text: str) -> str:
    """The words of a title, folded, each after a blank: a beginning of any of them is found by one comparison."""
    return "".join(f" {fold(word)}" for word in words_alone(text.replace("-", " ")))


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
        base = stem_of(word)
        if base and all(base != other.stem for other in found):
            found.append(Word(base, _longer(fold(word), base, wider)))
    return Query(tuple(found))


def _longer(word: str, base: str, wider: Callable[[str], list[str]]) -> tuple[str, ...]:
    """Stems of longer words this one is a part of: as it was typed anywhere, else as their last part.

    "Büchereien" is no part of "Stadtbücherei", but both end in the same stem. Inside a word a stem would say too little:
    "kommun" stands in "Kommunikation".
    """
    found = wider(word) if len(word) >= SHORTEST_PART else []
    if base != word and len(base) >= SHORTEST_PART:
        found = [*found, *(stem for stem in wider(base) if stem.endswith(base))]
    return tuple(longer for longer in dict.fromkeys(found) if longer != base)


def _plain(value: str) -> str:
    """Letters and digits only: engines cut at everything else."""
    if value.isalnum():
        return value[:LONGEST_WORD]
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
    """The stretch of text with most words of the query, these marked; its beginning when none occurs.

    The text is cut at blanks, which is cheap, and each different piece is looked at once. Only the stretch is taken apart.
    """
    chunks, wanted = text.split(), query.stems()
    hits = {chunk for chunk in set(chunks) if not wanted.isdisjoint(_stems_in(chunk))}
    first = _best_stretch([place for place, chunk in enumerate(chunks) if chunk in hits], len(chunks))
    pieces = highlight(" ".join(chunks[first : first + SNIPPET_WORDS]), query)
    if first > 0:
        pieces.insert(0, Piece("… ", hit=False))
    if first + SNIPPET_WORDS < len(chunks):
        pieces.append(Piece(" …", hit=False))
    return pieces


def _best_stretch(places: list[int], length: int) -> int:
    """Which word of a text of that length to begin at: most of the places are seen, the first not at the edge.

    At the beginning of the text where they are all seen from there.
    """
    most = first = last = end = 0
    for begin, place in enumerate(places):
        while end < len(places) and places[end] < place + SNIPPET_WORDS:
            end += 1
        if end - begin > most:
            most, first, last = end - begin, place, places[end - 1]
    if last < SNIPPET_WORDS - WORDS_BEFORE:
        return 0
    start = max(first - WORDS_BEFORE, last - SNIPPET_WORDS + 1)
    return max(0, min(start, length - SNIPPET_WORDS))
