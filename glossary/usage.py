"""Where a term is used. The knowledge base stands above the glossary and registers itself here.

A provider gets a term and answers with what uses it, best first, in at most one query.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glossary.models import Term

# How many a term's page names; who wants all of them searches.
SHOWN_USES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedIn:
    """One text that uses a term: `kind` is the word for the badge ("Leitfaden"), `note` e.g. the version written against."""

    title: str
    url: str
    kind: str = ""
    note: str = ""
    language: str = "de"


Provider = Callable[["Term"], Sequence[UsedIn]]

_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Add a provider, once; called from the apps' ready(). Also usable as a decorator."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def unregister(provider: Provider) -> None:
    """Take a provider out again (tests)."""
    _providers.remove(provider)


def used_in(term: "Term") -> list[UsedIn]:
    """Everything that uses the term, provider by provider."""
    return [found for provider in _providers for found in provider(term)]
