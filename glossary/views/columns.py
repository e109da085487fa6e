"""Definitions side by side: each as a column with everything a reader needs to weigh it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from glossary.models import ConsensusEntry, Definition, Term
from glossary.phrases import long_day
from glossary.states import DefinitionOrigin, DefinitionState
from glossary.views.compare import comparisons_of
from glossary.views.sources import SourceLine
from record.crockford import KEY_LENGTH

# The joint draft first, then proposals, then what others wrote.
_RANK = {DefinitionOrigin.JOINT_DRAFT: 0, DefinitionOrigin.PROPOSAL: 1, DefinitionOrigin.SOURCE: 2}
_COLUMNS = (
    "key", "title", "origin", "state", "state_reason", "proposed_at", "organisation__name", "group__name",
    "wording_id", "wording__key", "wording__text", "wording__scope", "wording__language", "wording__made_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DefinitionRow:
    """A definition with its current wording and its owner's name: one row instead of four objects."""

    key: str
    title: str
    origin: str
    state: str
    state_reason: str
    proposed_at: datetime
    organisation: str | None
    group: str | None
    wording_id: int
    wording_key: str
    text: str | None
    scope: str | None
    language: str
    made_at: datetime

    @property
    def is_proposed(self) -> bool:
        """It is on the table."""
        return self.state == DefinitionState.PROPOSED

    @property
    def is_joint_draft(self) -> bool:
        """The working group wrote it together."""
        return self.origin == DefinitionOrigin.JOINT_DRAFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One definition as a column of the comparison; `compare_url` is empty where it is the measure itself."""

    title: str
    url: str
    brought_in: str
    text: str | None
    scope: str | None
    language: str
    sources: Sequence[SourceLine]
    adopted_in: Sequence[int]
    look: str
    compare_url: str


def definition_rows(term: Term) -> list[DefinitionRow]:
    """All definitions of a term in any state, oldest first; one query."""
    rows = Definition.objects.filter(term=term).order_by("proposed_at", "pk").values_list(*_COLUMNS)
    return [DefinitionRow(*row) for row in rows]


def columns(
    term: Term,
    definitions: Iterable[DefinitionRow],
    sources: Mapping[int, Sequence[SourceLine]],
    entries: Iterable[ConsensusEntry],
    measure: str,
) -> list[Column]:
    """The definitions on the table as columns. `measure` is the key of the wording each can be compared with."""
    adopted = _adopted(entries)
    compared = comparisons_of(term)
    pages = _pages(term)
    return [
        Column(
            title=row.title,
            url=pages(row),
            brought_in=brought_in(row, row.organisation or row.group, row.made_at),
            text=row.text,
            scope=row.scope,
            language=row.language,
            sources=sources.get(row.wording_id, ()),
            adopted_in=adopted.get(row.wording_id, ()),
            look=_look(row, adopted),
            compare_url="" if measure in {"", row.wording_key} else compared(measure, row.wording_key),
        )
        for row in sorted(definitions, key=lambda row: _RANK[DefinitionOrigin(row.origin)])
        if row.is_proposed
    ]


def resting(term: Term, definitions: Iterable[DefinitionRow]) -> list[dict[str, str]]:
    """Definitions that were withdrawn or set aside, with the reason."""
    pages = _pages(term)
    return [
        {
            "title": row.title,
            "url": pages(row),
            "state": str(DefinitionState(row.state).label),
            "reason": row.state_reason,
        }
        for row in definitions
        if not row.is_proposed
    ]


def measure_of(entry: ConsensusEntry | None, definitions: Iterable[DefinitionRow]) -> tuple[str, str]:
    """What every definition is compared with, as key and in words: the wording in force, else the joint draft."""
    if entry is not None and entry.wording is not None:
        return entry.wording.key, _("Compare with version %(number)s") % {"number": entry.number}
    joint = next((row for row in definitions if row.is_joint_draft and row.is_proposed), None)
    return (joint.wording_key, _("Compare with the joint draft")) if joint else ("", "")


def brought_in(row: DefinitionRow | Definition, who: object, made_at: datetime) -> str:
    """Who put a definition on the table. The day is that of the wording shown; a quotation's, when it was brought in."""
    facts = {"day": long_day(made_at), "who": str(who or "")}
    if row.origin == DefinitionOrigin.JOINT_DRAFT:
        return _("Joint draft of %(day)s, %(who)s") % facts
    if row.origin == DefinitionOrigin.PROPOSAL:
        return _("Proposal of %(day)s by %(who)s") % facts
    facts["day"] = long_day(row.proposed_at)
    if facts["who"]:
        return _("From literature, brought in by %(who)s on %(day)s") % facts
    return _("From literature, brought in on %(day)s") % facts


def _pages(term: Term) -> Callable[[DefinitionRow], str]:
    """The page of each definition of a term. The address is worked out once: reversing dozens costs more than the rows."""
    some = "0" * KEY_LENGTH
    address = reverse("glossary:definition", kwargs={"slug": term.slug, "key": some})
    before, after = address.rsplit(some, 1)
    return lambda row: f"{before}{row.key}{after}"


def _adopted(entries: Iterable[ConsensusEntry]) -> dict[int, list[int]]:
    adopted: dict[int, list[int]] = {}
    for entry in sorted(entries, key=lambda e: e.number):
        if entry.wording_id:
            adopted.setdefault(entry.wording_id, []).append(entry.number)
    return adopted


def _look(row: DefinitionRow, adopted: Mapping[int, Sequence[int]]) -> str:
    """The class of its column: agreed wordings and the joint draft stand out."""
    if row.wording_id in adopted:
        return "column column--agreed"
    return "column column--joint" if row.is_joint_draft else "column"
