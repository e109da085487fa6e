"""Links the terms of the glossary in a finished text. Pure: takes HTML and a finder, gives HTML and what it found.

Linked is the first occurrence of each term in a page, never inside headings, links, code, quotations and titles of
boxes. What an author linked to a term by hand counts as an occurrence and is marked the same way. A link to a term reads
`href="term:KEY"` until the addresses are filled in.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Protocol

from wiki.text.markup import PLAIN

# A ">" inside a quoted attribute does not end the tag.
_TAG = re.compile(r"""(<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>)""")
_NAME = re.compile(r"</?\s*([a-zA-Z][a-zA-Z0-9]*)")
_HREF = re.compile(r'\shref="([^"]*)"')
_TERM_ADDRESS = re.compile(r"/(?:en/)?glossar/([a-z0-9-]+)/?")
_SKIPPED = frozenset(
    {
        "a",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "code",
        "pre",
        "kbd",
        "samp",
        "blockquote",
        "q",
        "cite",
        "figcaption",
    }
)
_VOID = frozenset({"br", "hr", "img", "embed", "wbr", "source", "input"})


class Found(Protocol):
    """What a finder finds."""

    @property
    def term_key(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class TermFinder(Protocol):
    """glossary.text.finder.Finder, or anything that finds the same way."""

    def find(self, text: str) -> Sequence[Found]:
        """All matches in order, without overlaps."""


@dataclass(slots=True)
class Linker:
    """Works through the parts of one page in order; `counts` holds every occurrence, linked or not."""

    finder: TermFinder
    keys: Mapping[str, str]
    """Address of a term, now or before → term key; for links an author set by hand."""
    counts: Counter[str] = field(default_factory=Counter)
    _linked: set[str] = field(default_factory=set)

    def link(self, html: str) -> str:
        """The HTML with its terms linked. Call once per part, in the order of the page."""
        pieces = _TAG.split(html)
        out: list[str] = []
        inside: list[str] = []
        for number, piece in enumerate(pieces):
            if number % 2:
                out.append(self._tag(piece, inside))
            elif piece and not inside and not piece.isspace():
                out.append(self._text(piece))
            else:
                out.append(piece)
        return "".join(out)

    def _tag(self, tag: str, inside: list[str]) -> str:
        """Keep track of whether we are inside something that is left alone; mark links to terms."""
        match = _NAME.match(tag)
        if not match:
            return tag
        name = match[1].lower()
        if name in _VOID or tag.endswith("/>"):
            return tag
        if tag.startswith("</"):
            if inside and inside[-1] == name:
                inside.pop()
            return tag
        if inside:
            # Only elements of the same name matter: with others open, the end of the outer one is still found.
            if name == inside[-1]:
                inside.append(name)
            return tag
        if name in _SKIPPED or PLAIN in tag:
            inside.append(name)
        return self._marked(tag) if name == "a" else tag

    def _marked(self, tag: str) -> str:
        href = _HREF.search(tag)
        address = href and _TERM_ADDRESS.fullmatch(unescape(href[1]))
        key = self.keys.get(address[1]) if address else None
        if key is None:
            return tag
        self.counts[key] += 1
        self._linked.add(key)
        return self._open(key)

    def _open(self, key: str) -> str:
        return f'<a class="term" href="term:{key}" aria-describedby="begriff-{key}">'

    def _text(self, text: str) -> str:
        plain = unescape(text)
        out: list[str] = []
        done = 0
        for match in self.finder.find(plain):
            key = match.term_key
            self.counts[key] += 1
            if key in self._linked:
                continue
            self._linked.add(key)
            out.append(escape(plain[done : match.start], quote=False))
            out.append(f"{self._open(key)}{escape(plain[match.start : match.end], quote=False)}</a>")
            done = match.end
        if not out:
            return text
        return "".join(out) + escape(plain[done:], quote=False)
