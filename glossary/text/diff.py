"""Compares two wordings word by word, the way a person would mark the change.

Words, numbers and punctuation are compared, never parts of words. Blanks belong to the word they precede, so a change
of blanks alone shows as what it is. To stay readable:

- Two replacements with no more between them than punctuation or one function word ("und", "der") are one change, but
  never across the border of a paragraph.
- An insertion or removal that could stand in several places stands at the border of a paragraph, a sentence, a clause.
- What both sides of a change begin or end with is left out of it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from glossary.text.matching import matching_blocks
from glossary.text.tokens import pieces, tokenize

__all__ = ["Change", "Op", "Segment", "apply", "changes", "count", "diff", "revert"]

Op = Literal["equal", "insert", "delete"]

CONTEXT_WORDS: Final = 4

_FUNCTION_WORDS: Final = """
als am an auch auf aus bei bis da das dass dem den der des die dies durch ein eine einem einen einer eines er es für
im in ins ist man mit nach nicht noch nur ob oder sein sich sie sind so sowie über um und unter vom von vor war was
wie wird zu zum zur a and as at by for from is it of on or that the to with
"""
FUNCTION_WORDS: Final = frozenset(_FUNCTION_WORDS.split())
_WORD_CHARACTER: Final = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch that stayed, came or went."""

    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change for "Änderungen als Liste": what went, what came (one may be empty), and the words around it."""

    removed: str
    added: str
    before: str
    after: str

    @property
    def context(self) -> str:
        """The words around the change, with […] in its place."""
        return " ".join(part for part in (self.before, "[…]", self.after) if part)

    @property
    def only_blanks(self) -> bool:
        """True when only line ends or blanks changed: "Absatz" instead of an empty quotation."""
        return not (self.removed + self.added).strip()


@dataclass(slots=True)
class _Run:
    """Pieces of both sides; the same on both when `equal`."""

    equal: bool
    left: list[str]
    right: list[str]


def diff(a: str, b: str) -> list[Segment]:
    """How `a` becomes `b`: no two neighbours of the same kind, none empty, what goes before what comes."""
    if a == b:
        return [Segment("equal", a)] if a else []
    runs = _runs(pieces(a), pieces(b))
    return _coalesced(segment for run in _merged(_slid(runs)) for segment in _segments(run))


def apply(segments: Iterable[Segment], a: str) -> str:
    """The text after the change. Raises ValueError when the segments were not made from `a`."""
    return _other_side(list(segments), a, gone="delete", come="insert")


def revert(segments: Iterable[Segment], b: str) -> str:
    """The text before the change. Raises ValueError when the segments do not lead to `b`."""
    return _other_side(list(segments), b, gone="insert", come="delete")


def changes(segments: Sequence[Segment]) -> list[Change]:
    """The changes in order, as text; what went and what came in one place are one change."""
    found: list[Change] = []
    position = 0
    while position < len(segments):
        if segments[position].op == "equal":
            position += 1
            continue
        end = position
        while end < len(segments) and segments[end].op != "equal":
            end += 1
        found.append(_change(segments, position, end))
        position = end
    return found


def count(segments: Sequence[Segment]) -> int:
    """How many changes `changes` lists."""
    return len(changes(segments))


def _other_side(segments: list[Segment], text: str, *, gone: Op, come: Op) -> str:
    if "".join(segment.text for segment in segments if segment.op != come) != text:
        raise ValueError("these segments were made from another text")
    return "".join(segment.text for segment in segments if segment.op != gone)


def _change(segments: Sequence[Segment], start: int, end: int) -> Change:
    middle = segments[start:end]
    before = segments[start - 1].text if start else ""
    after = segments[end].text if end < len(segments) else ""
    return Change(
        removed="".join(segment.text for segment in middle if segment.op == "delete"),
        added="".join(segment.text for segment in middle if segment.op == "insert"),
        before=" ".join(before.rsplit("\n\n", 1)[-1].rsplit(maxsplit=CONTEXT_WORDS)[-CONTEXT_WORDS:]),
        after=" ".join(after.split("\n\n", 1)[0].split(maxsplit=CONTEXT_WORDS)[:CONTEXT_WORDS]),
    )


def _runs(left: list[str], right: list[str]) -> list[_Run]:
    """Both texts as alternating equal and changed runs."""
    runs: list[_Run] = []
    i = j = 0
    for block in matching_blocks(left, right):
        if block.left > i or block.right > j:
            runs.append(_Run(False, left[i : block.left], right[j : block.right]))
        i, j = block.left + block.size, block.right + block.size
        same = left[block.left : i]
        runs.append(_Run(True, same, same))
    if i < len(left) or j < len(right):
        runs.append(_Run(False, left[i:], right[j:]))
    return runs


def _slid(runs: list[_Run]) -> list[_Run]:
    """Every pure insertion or removal between two equal runs, moved to where it reads best."""
    for before, run, after in zip(runs, runs[1:], runs[2:], strict=False):
        if run.equal or (run.left and run.right):
            continue
        moved = run.left or run.right
        whole = before.left + moved + after.left
        start = _best_start(whole, len(before.left), len(moved))
        before.left = before.right = whole[:start]
        moved[:] = whole[start : start + len(moved)]
        after.left = after.right = whole[start + len(moved) :]
    return [run for run in runs if run.left or run.right]


def _best_start(whole: list[str], start: int, size: int) -> int:
    """Where in `whole` a stretch of that size, now at `start`, may begin with the same result and reads best."""
    first = last = start
    while first > 0 and whole[first - 1] == whole[first - 1 + size]:
        first -= 1
    while last + size < len(whole) and whole[last] == whole[last + size]:
        last += 1
    return max(range(first, last + 1), key=lambda place: (_border(whole, place, size), -abs(place - start)))


def _border(whole: list[str], start: int, size: int) -> int:
    """How good a place is to cut: 4 between paragraphs, 3 between lines, 2 between sentences, 1 between clauses."""
    after = whole[start]
    before = whole[start - 1] if start else ""
    if "\n" in after:
        return 4 if "\n\n" in after else 3
    if before in {"", ".", "!", "?"}:
        return 2
    return int(before in {",", ";", ":"} or not _WORD_CHARACTER.search(after))


def _merged(runs: list[_Run]) -> list[_Run]:
    """Replacements with next to nothing between them as one."""
    merged: list[_Run] = []
    for run in runs:
        if len(merged) > 1 and not run.equal and _belong_together(merged[-2], merged[-1], run):
            between = merged.pop()
            merged[-1].left += between.left + run.left
            merged[-1].right += between.right + run.right
        elif merged and merged[-1].equal == run.equal:
            merged[-1].left = merged[-1].left + run.left
            merged[-1].right = merged[-1].right + run.right
        else:
            merged.append(run)
    return merged


def _belong_together(first: _Run, between: _Run, second: _Run) -> bool:
    replaces = (first.left and first.right) or (second.left and second.right)
    if (
        not replaces
        or not between.equal
        or len(between.left) > 2
        or any("\n\n" in piece for piece in between.left)
    ):
        return False
    spoken = [word for piece in between.left if _WORD_CHARACTER.search(word := piece.strip())]
    return len(spoken) <= 1 and all(word.casefold() in FUNCTION_WORDS for word in spoken)


def _segments(run: _Run) -> list[Segment]:
    """A run as segments; a changed one without what both sides begin and end with."""
    if run.equal:
        return [Segment("equal", "".join(run.left))]
    left = [token.text for token in tokenize("".join(run.left))]
    right = [token.text for token in tokenize("".join(run.right))]
    head = _common(left, right)
    tail = _common(left[head:][::-1], right[head:][::-1])
    return [
        Segment("equal", "".join(left[:head])),
        Segment("delete", "".join(left[head : len(left) - tail])),
        Segment("insert", "".join(right[head : len(right) - tail])),
        Segment("equal", "".join(left[len(left) - tail :])),
    ]


def _common(left: list[str], right: list[str]) -> int:
    """How many items both begin with."""
    size = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        size += 1
    return size


def _coalesced(segments: Iterable[Segment]) -> list[Segment]:
    """Without empty ones; neighbours of the same kind as one."""
    joined: list[Segment] = []
    for segment in segments:
        if joined and segment.text and joined[-1].op == segment.op:
            joined[-1] = Segment(segment.op, joined[-1].text + segment.text)
        elif segment.text:
            joined.append(segment)
    return joined
