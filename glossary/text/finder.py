"""Finds the glossary's labels in running German text, so that the site can link them by itself.

What is found
-------------
- A label in any inflected form ("der digitalen Bildung", "Medienentwicklungspläne"), of several words too. Stems propose,
  `inflection` decides: no derivation and no look-alike ("Bild" – "Bildung", "Bürger" – "Burg") is ever a match.
- Spellings with hyphen, space or in one word, as far as the label's own parts allow: "Medien-Entwicklungsplan" for
  "Medienentwicklungsplan", "Smart-City" for "Smart City".
- A label that is a part of a hyphenated compound: "DigitalPakt" in "DigitalPakt-Mittel". Compounds written in one word
  are words of their own: "Jugendmedienbildung" is not "Medienbildung". The first half of a pair ("Bildungs- und
  Teilhabepaket") is none either, nor is a part that is no word by itself ("Schul-Cloud" is not "Schule").
- Abbreviations, and words of two to five capitals, only exactly as written: "OER", never "oer" or "Oer".
- Nouns only with a capital: "Plan" is not in "wir planen". Adjectives in either case.

Words of one label are separated by blanks, at most one line end, or a hyphen; never by punctuation. Nothing is found in
web and mail addresses or hashtags. The longest match wins, from left to right, without overlaps.

A label two terms share is ambiguous: the spelling closest to the text decides, and if that is even, nothing is linked
there, not even a shorter label inside it, unless a qualifier follows ("Kurs (VHS)"). A label may hold its qualifier in
brackets itself; without its brackets it is a label too.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from glossary.text.inflection import WordClass, comparable, is_form, proposed_stems
from glossary.text.stemming import is_stop_word, stem
from glossary.text.tokens import LETTERS

__all__ = ["Finder", "FinderLabel", "Match"]

VERSION: Final = 1  # goes up with every change of what is found, so that stored results expire

_ATOM: Final = re.compile(f"{LETTERS}(?:[\u00ad'\u2019*:·]{LETTERS})*")
_GAP: Final = re.compile(r"[^\S\n]*\n?[^\S\n]*")
_HYPHENS: Final = frozenset("-\u2010\u2011")
_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)[^\s<>\"]+|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,255}"
    r"|(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:de|org|eu|com|net)\b\S*"
)
_MAY_BE_ADDRESS: Final = re.compile(r"://|www\.|@|\.(?:de|org|eu|com|net)\b")
_QUALIFIED: Final = re.compile(r"(?P<name>.*\S)\s*\((?P<qualifier>[^()]+)\)\s*")
_FOLLOWING_QUALIFIER: Final = re.compile(r"\s?\(([^()\n]{1,80})\)")
_ADJECTIVAL: Final = re.compile("(?:e|en|em|er|es)$")
_SHORT_CAPITALS: Final = 5
_LONGEST_RUN: Final = 4


class FinderLabel(NamedTuple):
    """One label of a term. `kind` is the label's type; only "abbreviation" matters. `qualifier` is the term's own."""

    term_key: str
    text: str
    kind: str = "full"
    language: str = "de"
    qualifier: str = ""


class Match(NamedTuple):
    """A term's label found at `text[start:end] == surface`, offsets in code points."""

    term_key: str
    start: int
    end: int
    surface: str


class _Part(NamedTuple):
    """One word of a label. Class "fixed": the same word; `exact`: the same letters in the same case."""

    text: str
    comparable: str
    word_class: WordClass
    exact: bool
    capital: bool


class _Pattern(NamedTuple):
    """A label as the words it consists of."""

    label: FinderLabel
    parts: tuple[_Part, ...]


@dataclass(slots=True)
class _Node:
    """A place in the tree of labels: what may follow, by stem or by exact spelling; and the labels that end here."""

    following: "dict[str, _Node]"
    patterns: list[_Pattern]


class _Word(NamedTuple):
    """A word of the text, or several joined by hyphens; `last` is the number of the last, `bound` if one more follows."""

    text: str
    start: int
    end: int
    last: int
    bound: bool


class Finder:
    """All labels of a glossary, ready to be found. Never changes; can be pickled; safe to share between threads."""

    __slots__ = ("_root", "state")

    def __init__(self, labels: Iterable[FinderLabel | tuple[str, ...]]) -> None:
        """Takes FinderLabels or tuples (term_key, text, kind, language, qualifier); labels without a word are left out."""
        known = sorted({_split_qualifier(FinderLabel(*label)) for label in labels})
        self._root = _Node({}, [])
        for label in known:
            for pattern in _patterns(label):
                _insert(self._root, pattern)
        #: Changes whenever another set of labels, or another version of the rules, could give other matches.
        self.state = hashlib.sha256(json.dumps([VERSION, known]).encode()).hexdigest()

    def find(self, text: str) -> list[Match]:
        """All matches in order, without overlaps."""
        atoms = [(match[0], *match.span()) for match in _ATOM.finditer(text)]
        forbidden = (
            [match.span() for match in _ADDRESS.finditer(text)] if _MAY_BE_ADDRESS.search(text) else []
        )
        following = self._root.following
        found: list[Match] = []
        free = 0
        for number, (word, start, end) in enumerate(atoms):
            if start < free or not _begins_here(following, word, text, end):
                continue
            candidates = [
                c for c in self._candidates(text, atoms, number) if _stands_free(text, start, c[1], forbidden)
            ]
            if not candidates:
                continue
            free = max(end for _, end in candidates)
            match = _decided(text, start, free, [pattern.label for pattern, end in candidates if end == free])
            if match:
                found.append(match)
                free = match.end
        return found

    def _candidates(
        self, text: str, atoms: Sequence[tuple[str, int, int]], number: int
    ) -> Iterator[tuple[_Pattern, int]]:
        """Every label that begins at this word of the text, with the place where it ends."""
        waiting: list[tuple[_Node, int, tuple[_Word, ...]]] = [(self._root, number, ())]
        while waiting:
            node, place, words = waiting.pop()
            for pattern in node.patterns:
                if all(map(_fits, pattern.parts, words)):
                    yield pattern, words[-1].end
            if (
                place < len(atoms)
                and node.following
                and (not words or _connected(text, words[-1].end, atoms[place][1]))
            ):
                for word in _readings(text, atoms, place):
                    for key in (word.text, f"\0{stem(word.text)}"):
                        if child := node.following.get(key):
                            waiting.append((child, word.last + 1, (*words, word)))


def _begins_here(following: dict[str, _Node], word: str, text: str, end: int) -> bool:
    """A quick no for the many words no label begins with."""
    return word in following or f"\0{stem(word)}" in following or text[end : end + 1] in _HYPHENS


def _readings(text: str, atoms: Sequence[tuple[str, int, int]], number: int) -> Iterator[_Word]:
    """The word at this place, and joined with the words that hang on it by hyphens."""
    word, start, end = atoms[number]
    yield _Word(word, start, end, number, text[end : end + 1] in _HYPHENS)
    for last in range(number + 1, min(number + _LONGEST_RUN, len(atoms))):
        part, part_start, part_end = atoms[last]
        if part_start != end + 1 or text[end] not in _HYPHENS:
            return
        word, end = word + part, part_end
        yield _Word(word, start, end, last, text[end : end + 1] in _HYPHENS)


def _connected(text: str, end: int, start: int) -> bool:
    """True when nothing but blanks or one hyphen lies between two words."""
    return (start == end + 1 and text[end] in _HYPHENS) or (
        start > end and _GAP.fullmatch(text, end, start) is not None
    )


def _stands_free(text: str, start: int, end: int, forbidden: Sequence[tuple[int, int]]) -> bool:
    """False for half a word, the first half of a pair, a hashtag, and anything inside an address."""
    if any(low < end and start < high for low, high in forbidden):
        return False
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if before[-1:] in {"#", "@", "_"} or after[:1] == "_":
        return False
    if before[-1:] in _HYPHENS and not before[:-1].isalnum():
        return False
    return not (after[:1] in _HYPHENS and not after[1:].isalnum())


def _decided(text: str, start: int, end: int, labels: list[FinderLabel]) -> Match | None:
    """The one label meant here, or None when two terms claim it equally."""
    surface = text[start:end]
    if len({label.term_key for label in labels}) > 1:
        if qualified := _by_qualifier(text, start, end, labels):
            return qualified
        closeness = [
            (label.text != surface, comparable(label.text) != comparable(surface)) for label in labels
        ]
        labels = [
            label for label, distance in zip(labels, closeness, strict=True) if distance == min(closeness)
        ]
        if len({label.term_key for label in labels}) > 1:
            return None
    return Match(labels[0].term_key, start, end, surface)


def _by_qualifier(text: str, start: int, end: int, labels: list[FinderLabel]) -> Match | None:
    following = _FOLLOWING_QUALIFIER.match(text, end)
    if not following:
        return None
    meant = {
        label.term_key for label in labels if comparable(label.qualifier) == comparable(following[1].strip())
    }
    return (
        Match(meant.pop(), start, following.end(), text[start : following.end()]) if len(meant) == 1 else None
    )


def _split_qualifier(label: FinderLabel) -> FinderLabel:
    """ "Kurs (VHS)" as the label "Kurs" with the qualifier "VHS"."""
    if match := _QUALIFIED.fullmatch(label.text):
        return label._replace(text=match["name"], qualifier=match["qualifier"].strip())
    return label


def _patterns(label: FinderLabel) -> Iterator[_Pattern]:
    """The label as words, and with hyphenated words written in one."""
    words = _ATOM.findall(label.text)
    if not words:
        return
    yield _Pattern(label, tuple(_parts(label, words)))
    joined = [re.sub("[-\u2010\u2011]", "", word) for word in label.text.split()]
    if len(joined) < len(words) and all(_ATOM.fullmatch(word) for word in joined):
        yield _Pattern(label, tuple(_parts(label, joined)))


def _parts(label: FinderLabel, words: list[str]) -> Iterator[_Part]:
    for number, word in enumerate(words):
        exact = label.kind == "abbreviation" or (1 < len(word) <= _SHORT_CAPITALS and word.isupper())
        word_class, capital = _class_of(word, label.language, last=number == len(words) - 1)
        yield _Part(word, comparable(word), word_class, exact, capital)


def _class_of(word: str, language: str, *, last: bool) -> tuple[WordClass, bool]:
    """How the word of a label inflects, and whether it needs a capital in the text."""
    if language.startswith("en"):
        return "english", False
    if word[0].islower():
        return ("fixed" if is_stop_word(word) or len(word) < 3 else "adjective"), False
    if not last and _ADJECTIVAL.search(word):
        return "adjective", False
    return ("noun" if word[0].isalpha() else "fixed"), True


def _insert(root: _Node, pattern: _Pattern) -> None:
    nodes = [root]
    for part in pattern.parts:
        if part.exact:
            keys = {part.text}
        elif part.word_class == "fixed":
            keys = {f"\0{stem(part.comparable)}"}
        else:
            keys = {f"\0{proposed}" for proposed in proposed_stems(part.comparable, part.word_class)}
        nodes = [node.following.setdefault(key, _Node({}, [])) for node in nodes for key in sorted(keys)]
    for node in nodes:
        node.patterns.append(pattern)


def _fits(part: _Part, word: _Word) -> bool:
    """True when the word of the text is a form of this word of the label."""
    if part.exact:
        return word.text == part.text
    if part.capital and word.text[0].islower():
        return False
    return is_form(part.comparable, comparable(word.text), part.word_class, backwards=not word.bound)
