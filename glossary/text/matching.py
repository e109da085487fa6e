"""Which pieces of two sequences belong together: the search behind the word comparison.

Short stretches go to difflib (autojunk off: it would drop the commonest words). Its cost grows with the square of the
commonest piece, so long texts are first fixed at anchors: runs of three, then two, then one piece that occur exactly
once on both sides, in the longest order-preserving choice. A paragraph left alone is full of such runs, so
unchanged and moved-apart paragraphs align without a pass of their own. A long stretch without any anchor has nothing in
common worth showing and is replaced as a whole.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

__all__ = ["Block", "matching_blocks"]

SMALL: Final = 250 * 250
RUNS: Final = (3, 2, 1)


class Block(NamedTuple):
    """`a[left:left+size] == b[right:right+size]`."""

    left: int
    right: int
    size: int


class _Span(NamedTuple):
    """The stretch a[a_low:a_high] against b[b_low:b_high]."""

    a_low: int
    a_high: int
    b_low: int
    b_high: int


def matching_blocks(a: Sequence[str], b: Sequence[str]) -> list[Block]:
    """The common blocks of both sequences, ascending, neither empty nor overlapping nor touching on both sides."""
    found: list[Block] = []
    waiting = [_Span(0, len(a), 0, len(b))]
    while waiting:
        span, ends = _strip(a, b, waiting.pop())
        found += ends
        area = (span.a_high - span.a_low) * (span.b_high - span.b_low)
        if not area:
            continue
        if area <= SMALL:
            found += _difflib(a, b, span)
        else:
            waiting += _gaps(span, _anchors(a, b, span), found)
    return _joined(sorted(found))


def _strip(a: Sequence[str], b: Sequence[str], span: _Span) -> tuple[_Span, list[Block]]:
    """The span without its common beginning and end, and these two as blocks."""
    a_low, a_high, b_low, b_high = span
    while a_low < a_high and b_low < b_high and a[a_low] == b[b_low]:
        a_low, b_low = a_low + 1, b_low + 1
    while a_low < a_high and b_low < b_high and a[a_high - 1] == b[b_high - 1]:
        a_high, b_high = a_high - 1, b_high - 1
    blocks = [Block(span.a_low, span.b_low, a_low - span.a_low), Block(a_high, b_high, span.a_high - a_high)]
    return _Span(a_low, a_high, b_low, b_high), [block for block in blocks if block.size]


def _difflib(a: Sequence[str], b: Sequence[str], span: _Span) -> Iterator[Block]:
    matcher = SequenceMatcher(None, a[span.a_low : span.a_high], b[span.b_low : span.b_high], autojunk=False)
    for left, right, size in matcher.get_matching_blocks():
        if size:
            yield Block(left + span.a_low, right + span.b_low, size)


def _anchors(a: Sequence[str], b: Sequence[str], span: _Span) -> list[Block]:
    """Runs that occur once on both sides, as many as keep their order; the longest kind of run that gives any."""
    for run in RUNS:
        places_a = _unique_runs(a, span.a_low, span.a_high, run)
        places_b = _unique_runs(b, span.b_low, span.b_high, run)
        pairs = [(left, places_b[key]) for key, left in places_a.items() if key in places_b]
        if pairs:
            return [Block(left, right, run) for left, right in _longest_ascending(sorted(pairs))]
    return []


def _unique_runs(items: Sequence[str], low: int, high: int, run: int) -> dict[tuple[str, ...], int]:
    """Every run of that length that occurs exactly once in items[low:high], with its place."""
    stretch = items[low:high]
    places: dict[tuple[str, ...], int] = {}
    repeated: set[tuple[str, ...]] = set()
    for place, key in enumerate(zip(*(stretch[shift:] for shift in range(run)), strict=False), low):
        if key in places:
            repeated.add(key)
        places[key] = place
    for key in repeated:
        del places[key]
    return places


def _longest_ascending(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest choice of pairs (ascending on the left) that ascends on the right too (patience sorting)."""
    tails: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for number, (_, right) in enumerate(pairs):
        pile = bisect_left(tails, right)
        before.append(piles[pile - 1] if pile else -1)
        if pile == len(tails):
            tails.append(right)
            piles.append(number)
        else:
            tails[pile], piles[pile] = right, number
    chain = []
    number = piles[-1]
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _gaps(span: _Span, anchors: list[Block], found: list[Block]) -> Iterator[_Span]:
    """The stretches between the anchors; the anchors themselves go to `found`, cut where two of them overlap."""
    if not anchors:
        return
    a_low, b_low = span.a_low, span.b_low
    for left, right, size in anchors:
        skip = max(0, a_low - left, b_low - right)
        if skip >= size:
            continue
        left, right = left + skip, right + skip
        yield _Span(a_low, left, b_low, right)
        found.append(Block(left, right, size - skip))
        a_low, b_low = left + size - skip, right + size - skip
    yield _Span(a_low, span.a_high, b_low, span.b_high)


def _joined(blocks: list[Block]) -> list[Block]:
    """Touching blocks as one."""
    joined: list[Block] = []
    for block in blocks:
        if (
            joined
            and (last := joined[-1]).left + last.size == block.left
            and last.right + last.size == block.right
        ):
            joined[-1] = Block(last.left, last.right, last.size + block.size)
        else:
            joined.append(block)
    return joined
