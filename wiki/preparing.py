"""Texts of pages outside the knowledge base that go through its pipeline; their rooms name them here."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from wagtail.models import Page

from wiki.text.source import TextSource


class Prepared(NamedTuple):
    """A text, and the pictures it shows."""

    source: TextSource
    pictures: Sequence[int]


_texts: dict[type[Page], Callable[[Page], Sequence[Prepared]]] = {}


def register(model: type[Page], texts: Callable[[Page], Sequence[Prepared]]) -> None:
    """Pages of this kind have these texts. Registering again replaces."""
    _texts[model] = texts


def kinds() -> list[type[Page]]:
    """The kinds that were registered."""
    return list(_texts)


def texts_of(page: Page) -> Sequence[Prepared]:
    """The texts of a specific page of a registered kind; none of any other."""
    found = _texts.get(type(page))
    return found(page) if found else []
