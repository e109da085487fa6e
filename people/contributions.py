"""What other rooms of the house show on the page of an organisation or a working group.

People knows neither terms nor pages: whoever has something to show registers a provider in its AppConfig.ready().
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from people.models import Organisation, WorkingGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a list; the fields are those of components/entry.html."""

    title: str
    url: str
    kind: str = ""
    kicker: str = ""
    text: str = ""
    meta: str = ""
    status: str = ""
    tone: str = ""
    icon: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One list below a heading. Without items it is shown only if it says why it is empty."""

    title: str
    anchor: str
    items: Sequence[Item] = field(default_factory=tuple)
    more_url: str = ""
    empty: str = ""


Provider = Callable[[Any], Sequence[Section]]
_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """`provider(organisation_or_group)` gives the sections for its page, in a constant number of queries."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def sections_for(subject: Organisation | WorkingGroup) -> list[Section]:
    """All sections, in the order of registration."""
    found = [section for provider in _providers for section in provider(subject)]
    return [section for section in found if section.items or section.empty]
