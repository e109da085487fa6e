"""Sources as readers see them: one line, its address, when somebody looked."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from glossary.citation import reference, safe_url
from glossary.models import Source
from glossary.phrases import long_day
from glossary.states import SourceRelation


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """One source of a wording: how the wording relates to it, the reference, the address a browser may be sent to."""

    relation: str
    text: str
    url: str
    accessed: str


def source_line(source: Source) -> SourceLine:
    """A source in the reader's language."""
    if source.redacted_at is not None:
        return SourceLine(relation=_relation(source), text=_("This source was removed."), url="", accessed="")
    return SourceLine(
        relation=_relation(source),
        text=reference(source.csl, source.passage),
        url=safe_url(source.csl),
        accessed=_("accessed on %(day)s") % {"day": long_day(source.accessed_on)}
        if source.accessed_on
        else "",
    )


def _relation(source: Source) -> str:
    return str(SourceRelation(source.relation).label)


def bare_line(csl: dict[str, Any], passage: str) -> SourceLine:
    """What an explanation by the editors cites."""
    return SourceLine(relation=_("Source"), text=reference(csl, passage), url=safe_url(csl), accessed="")


def sources_by_wording(wording_ids: Iterable[int | None]) -> dict[int, list[SourceLine]]:
    """The sources of many wordings in one query."""
    found: dict[int, list[SourceLine]] = {}
    wanted = {pk for pk in wording_ids if pk}
    for source in Source.objects.filter(wording_id__in=wanted).order_by("wording_id", "position"):
        found.setdefault(source.wording_id, []).append(source_line(source))
    return found
