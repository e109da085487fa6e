"""The port every engine fits into. What is German (stems, compounds, snippets) is shared and lives outside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from search.documents import Document


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a query: its stem, and the stems of longer words it is a part of ("Entwicklungsplan")."""

    stem: str
    wider: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for. A document matches when it has every word, or a wider one in its place; `some`: any of them."""

    words: tuple[Word, ...]
    some: bool = False

    def __bool__(self) -> bool:
        return bool(self.words)

    def stems(self) -> frozenset[str]:
        """Every stem that counts as found, for highlighting."""
        return frozenset(stem for word in self.words for stem in (word.stem, *word.wider))


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found, best first."""

    key: str
    kind: str
    title: str
    lead: str
    body: str
    url: str
    language: str
    status: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of hits. `counts` holds all kinds of the query, whatever kind is chosen."""

    hits: Sequence[Hit]
    total: int
    counts: dict[str, int] = field(default_factory=dict)


class SearchEngine(Protocol):
    """What an engine can do."""

    def put(self, documents: Iterable[Document]) -> None:
        """Store or replace documents."""

    def remove(self, keys: Iterable[str]) -> None:
        """Forget documents; unknown keys are ignored."""

    def clear(self) -> None:
        """Forget everything."""

    def search(self, query: Query, *, kind: str = "", start: int = 0, size: int = 20) -> Page:
        """Documents with every word of the query, best first."""

    def words_containing(self, part: str, *, limit: int) -> list[str]:
        """Stems of indexed words that contain this folded part."""

    def suggest(self, prefix: str, *, limit: int) -> list[tuple[str, str, str]]:
        """(title, url, kind) of documents with a word in the title that begins with this folded prefix."""
