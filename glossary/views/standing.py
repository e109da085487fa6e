"""How a term stands, and organisations to its wording, from rows a page has anyway; the rules are those of `queries`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, CharField, IntegerField, TextField, Value, When
from django.utils import timezone

from glossary.models import ConsensusEntry, Round, Term
from glossary.states import DefinitionOrigin, RoundState, SupportKind, TermStatus
from glossary.views.columns import DefinitionRow

DISSENT = "dissent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing an organisation said about an entry: a dissent (`kind` "dissent") or a support."""

    key: str
    name: str
    kind: str
    at: datetime
    reason: str | None
    late: bool


def said_about(entry: ConsensusEntry) -> list[Said]:
    """Dissents and supports of an entry in the order they were made; one query."""
    supports = entry.supports.order_by().values_list(
        "organisation__key",
        "organisation_name",
        "kind",
        "made_at",
        Value("", TextField()),
        Value(1, IntegerField()),
    )
    filed_late = Case(When(support=None, then=Value(0)), default=Value(1), output_field=IntegerField())
    dissents = entry.dissents.order_by().values_list(
        "organisation__key",
        "organisation_name",
        Value("dissent", CharField()),
        "made_at",
        "reason",
        filed_late,
    )
    rows = sorted(supports.union(dissents, all=True), key=lambda row: row[3])
    return [
        Said(key=k, name=n, kind=kind, at=at, reason=why, late=bool(late))
        for k, n, kind, at, why, late in rows
    ]


def carriers_today(entry: ConsensusEntry, said: Iterable[Said]) -> list[dict[str, str]]:
    """Who carries the entry today, by name: the rule of `queries.standing_today`, from one query."""
    carries = {row["key"]: row["name"] for row in entry.carried_by}
    words = list(said)
    for one in words:
        if one.kind == DISSENT and not one.late:
            carries.pop(one.key, None)
    for one in words:
        if one.kind in {SupportKind.JOINS, SupportKind.CONFIRMS}:
            carries[one.key] = one.name
        elif one.kind != DISSENT:
            carries.pop(one.key, None)
    return [{"key": key, "name": name} for key, name in sorted(carries.items(), key=lambda pair: pair[1])]


def standing_dissents(said: Iterable[Said]) -> list[Said]:
    """Dissents that were not withdrawn: the rule of `queries.current_dissents`."""
    words = list(said)
    withdrawn = [one for one in words if one.kind == SupportKind.WITHDRAWS_DISSENT]
    standing = [
        one
        for one in words
        if one.kind == DISSENT and not any(w.key == one.key and w.at >= one.at for w in withdrawn)
    ]
    return sorted(standing, key=lambda one: one.name)


def status_of(
    term: Term,
    entry: ConsensusEntry | None,
    dissents: Iterable[Said],
    definitions: Iterable[DefinitionRow],
    rounds: Iterable[Round],
) -> TermStatus:
    """The status of a term whose entry in force and standing dissents are known: the rule of `queries.with_status`."""
    if term.retired_on is not None and term.retired_on <= timezone.localdate():
        return TermStatus.RETIRED
    if entry is not None:
        return TermStatus.AGREED_WITH_DISSENT if any(dissents) else TermStatus.AGREED
    brought_in = any(row.is_proposed and row.origin != DefinitionOrigin.SOURCE for row in definitions)
    asked = any(row.state == RoundState.ANNOUNCED for row in rounds)
    return TermStatus.IN_NEGOTIATION if brought_in or asked else TermStatus.COLLECTED
