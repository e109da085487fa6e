"""Questions that need several models. Each says how many queries it costs, whatever the number of rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from glossary.models import (
    ConsensusEntry,
    Definition,
    Dissent,
    Explanation,
    Position,
    Round,
    Support,
    Term,
)
from glossary.states import (
    DefinitionOrigin,
    DefinitionState,
    EntryKind,
    ObjectionState,
    RoundState,
    Stance,
    SupportKind,
    TermStatus,
)
from glossary.tally import Outcome, Rules, SeatView, tally
from people.models import Organisation

__all__ = [
    "Standing", "TimelineEvent", "carried_today", "current_dissents", "current_positions", "entry_in_force",
    "explanations_map", "in_force_map", "objection_state", "seat_views", "standing_today", "tally_of",
    "term_status", "term_timeline", "with_status",
]  # fmt: skip


# ---- terms


def with_status(terms: QuerySet[Term], on: date | None = None) -> QuerySet[Term]:
    """Terms with `status` (a TermStatus value), in the same query."""
    on = on or timezone.localdate()
    newest = ConsensusEntry.objects.filter(term=OuterRef("pk"), valid_from__lte=on).order_by("-number")
    dissents = _not_withdrawn(Dissent.objects.filter(entry=OuterRef("_entry")))
    proposed = Definition.objects.filter(term=OuterRef("pk"), state=DefinitionState.PROPOSED)
    negotiated = proposed.exclude(origin=DefinitionOrigin.SOURCE)
    asked = Round.objects.filter(term=OuterRef("pk"), state=RoundState.ANNOUNCED)
    in_force = Q(_entry__isnull=False) & ~Q(_kind=EntryKind.REVOKED)
    return terms.annotate(  # type: ignore[no-redef]  # declared on Term for those who read it
        _entry=Subquery(newest.values("pk")[:1]),
        _kind=Subquery(newest.values("kind")[:1]),
        status=Case(
            When(retired_on__lte=on, then=Value(TermStatus.RETIRED)),
            When(in_force & Exists(dissents), then=Value(TermStatus.AGREED_WITH_DISSENT)),
            When(in_force, then=Value(TermStatus.AGREED)),
            When(Exists(negotiated) | Exists(asked), then=Value(TermStatus.IN_NEGOTIATION)),
            default=Value(TermStatus.COLLECTED),
            output_field=CharField(),
        ),
    )


def term_status(term: Term, on: date | None = None) -> TermStatus:
    """Status of one term; one query."""
    found = with_status(Term.objects.filter(pk=term.pk), on).get()
    return TermStatus(found.status)


def entry_in_force(term: Term, on: date | None = None) -> ConsensusEntry | None:
    """The highest number with valid from ≤ that day; None if it is revoked or there is none. One query."""
    return in_force_map([term.pk], on).get(term.pk)


def in_force_map(term_ids: Iterable[int], on: date | None = None) -> dict[int, ConsensusEntry]:
    """Entries in force by term, with their wordings; one query."""
    on = on or timezone.localdate()
    later = ConsensusEntry.objects.filter(
        term=OuterRef("term"), number__gt=OuterRef("number"), valid_from__lte=on
    )
    found = (
        ConsensusEntry.objects.filter(~Exists(later), term_id__in=list(term_ids), valid_from__lte=on)
        .exclude(kind=EntryKind.REVOKED)
        .select_related("wording", "term")
    )
    return {entry.term_id: entry for entry in found}


def explanations_map(term_ids: Iterable[int], language: str = "de") -> dict[int, Explanation]:
    """The newest explanation of each term in `language`, else in the language of its negotiation; one query."""
    later = Explanation.objects.filter(
        term=OuterRef("term"), language=OuterRef("language"), number__gt=OuterRef("number")
    )
    rows = Explanation.objects.filter(
        ~Exists(later), Q(language=language) | Q(language=F("term__language")), term_id__in=list(term_ids)
    )
    found: dict[int, Explanation] = {}
    for row in rows:
        if row.term_id not in found or row.language == language:
            found[row.term_id] = row
    return found


# ---- rounds


def current_positions(round: Round) -> dict[int, Position]:
    """The highest number of each seat, with its objection; one query."""
    later = Position.objects.filter(seat=OuterRef("seat"), number__gt=OuterRef("number"))
    found = Position.objects.filter(~Exists(later), seat__round=round).select_related("objection")
    return {position.seat_id: position for position in found}


def seat_views(round: Round) -> list[SeatView]:
    """The seats of a round as the tally sees them; two queries."""
    positions = current_positions(round)
    views = []
    for seat in round.seats.select_related("organisation", "carried_from"):
        position = positions.get(seat.pk)
        views.append(
            SeatView(
                organisation=seat.organisation.key,
                value=position.value if position else None,
                provisional=position is not None and position.provisional_until is not None,
                objections=_objections(round, position),
            )
        )
    return views


def _objections(round: Round, position: Position | None) -> tuple[str, ...]:
    if position is None or position.value != Stance.OBJECTION:
        return ()
    return (objection_state(round, position),)


def objection_state(round: Round, position: Position, *, current: bool = True) -> ObjectionState:
    """State of a position's objection: another position of the seat resolves it, the end of the round lets it stand."""
    if not current:
        return ObjectionState.RESOLVED
    over = round.state == RoundState.CLOSED or timezone.now() >= round.closes_at
    return ObjectionState.STANDS if over else ObjectionState.OPEN


def tally_of(round: Round) -> Outcome:
    """What the round comes to as things are now: the same function for page, close, API and export; two queries."""
    return tally(seat_views(round), Rules.from_json(round.rules))


# ---- what was agreed


@dataclass(frozen=True, slots=True)
class Standing:
    """How an organisation stands to an entry today."""

    carries: bool
    dissents: bool
    since: datetime


def standing_today(entry: ConsensusEntry) -> dict[int, Standing]:
    """Organisation id → how it stands to the entry, from publication and everything it said since; three queries."""
    keys = [row["key"] for row in entry.carried_by]
    carriers = Organisation.objects.filter(key__in=keys).values_list("pk", flat=True)
    found = {pk: Standing(True, False, entry.published_at) for pk in carriers}
    for dissent in entry.dissents.filter(support=None):
        # Who consents and dissents at once is not possible; a dissent carried over may meet neither.
        found[dissent.organisation_id] = Standing(False, True, dissent.made_at)
    for support in entry.supports.order_by("made_at", "organisation_id", "number"):
        found[support.organisation_id] = Standing(
            carries=support.kind in {SupportKind.JOINS, SupportKind.CONFIRMS},
            dissents=support.kind == SupportKind.DISSENTS,
            since=support.made_at,
        )
    return found


def carried_today(entry: ConsensusEntry) -> list[Organisation]:
    """The organisations that carry the entry today, by name; four queries."""
    carriers = [pk for pk, standing in standing_today(entry).items() if standing.carries]
    return list(Organisation.objects.filter(pk__in=carriers).order_by("name"))


def current_dissents(entry: ConsensusEntry) -> list[Dissent]:
    """Dissents of an entry that have not been withdrawn; one query."""
    return list(_not_withdrawn(Dissent.objects.filter(entry=entry)).select_related("organisation"))


def _not_withdrawn(dissents: QuerySet[Dissent]) -> QuerySet[Dissent]:
    withdrawn = Support.objects.filter(
        entry=OuterRef("entry"),
        organisation=OuterRef("organisation"),
        kind=SupportKind.WITHDRAWS_DISSENT,
        made_at__gte=OuterRef("made_at"),
    )
    return dissents.filter(~Exists(withdrawn))


# ---- history


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One thing that happened to a term. `kind` names it, `obj` is the row it is about."""

    at: datetime
    kind: str
    obj: Any


def term_timeline(term: Term) -> list[TimelineEvent]:
    """Everything public that happened to a term, oldest first; a constant number of queries.

    Kinds: collected · explanation · definition · joint_draft · revision · round_announced · round_cancelled ·
    round_closed · outcome_stated · entry · support.
    """
    events = [TimelineEvent(term.created_at, "collected", term)]
    events += [TimelineEvent(row.made_at, "explanation", row) for row in term.explanations.all()]
    definitions = term.definitions.select_related("wording", "organisation", "group", "term")
    for definition in definitions.prefetch_related("revisions__wording"):
        joint = definition.origin == DefinitionOrigin.JOINT_DRAFT
        kind = "joint_draft" if joint else "definition"
        events.append(TimelineEvent(definition.proposed_at, kind, definition))
        events += [
            TimelineEvent(row.made_at, "revision", row)
            for row in definition.revisions.all()
            if row.number > 1
        ]
    rounds = term.rounds.public().select_related("outcome", "statement", "wording", "group", "term")
    for round in rounds.prefetch_related("seats"):
        events += _round_events(round)
    for entry in term.entries.select_related("wording", "round", "term").prefetch_related(
        "dissents", "supports"
    ):
        events.append(TimelineEvent(entry.published_at, "entry", entry))
        events += [TimelineEvent(row.made_at, "support", row) for row in entry.supports.all()]
    return sorted(events, key=lambda event: event.at)


def _round_events(round: Round) -> list[TimelineEvent]:
    moments = [(round.announced_at, "round_announced"), (round.cancelled_at, "round_cancelled")]
    if hasattr(round, "outcome"):
        moments.append((round.closed_at, "round_closed"))
    if hasattr(round, "statement"):
        moments.append((round.statement.made_at, "outcome_stated"))
    return [TimelineEvent(at, kind, round) for at, kind in moments if at is not None]
