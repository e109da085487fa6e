"""Questions that need several models. Each says how many queries it costs, whatever the number of rows."""

from collections.abc import Iterable
from datetime import date

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from glossary.models import (
    ConsensusEntry,
    Definition,
    Dissent,
    Explanation,
    Outcome,
    Position,
    Round,
    Support,
    Term,
)
from glossary.standing import DISSENT, Said, Standing, carriers, standings, status_of
from glossary.states import (
    CARRIED_RESULTS,
    DefinitionOrigin,
    EntryKind,
    ObjectionState,
    RoundState,
    Stance,
    SupportKind,
    TermStage,
    TermStatus,
)
from glossary.tally import Outcome as Tally
from glossary.tally import Rules, SeatView, tally

__all__ = [
    "carried_today", "current_dissents", "current_positions", "entries_in_force", "entry_in_force",
    "explanations_map", "in_force_map", "objection_state", "said_about", "seat_views", "standing_today", "tally_of",
    "term_status", "with_dissents", "with_status",
]  # fmt: skip


# ---- terms


def with_status(terms: QuerySet[Term], on: date | None = None) -> QuerySet[Term]:
    """Terms with `stage` (a TermStage value) in the same query: `standing.stage_of` for those who list and filter."""
    on = on or timezone.localdate()
    proposed = Definition.objects.proposed().filter(term=OuterRef("pk"))
    published = ConsensusEntry.objects.filter(term=OuterRef("pk"), valid_from__gt=on)
    asked = Round.objects.announced().filter(term=OuterRef("pk"))
    joint = Exists(proposed.filter(origin=DefinitionOrigin.JOINT_DRAFT))
    proposal = Exists(proposed.filter(origin=DefinitionOrigin.PROPOSAL))
    in_force, carried = Q(_entry__isnull=False), _carried()
    return terms.annotate(  # type: ignore[no-redef]  # declared on Term for those who read it
        _entry=Subquery(entries_in_force(on).filter(term=OuterRef("pk")).values("pk")[:1]),
        _closed=Subquery(_newest_closed().values("pk")[:1]),
        stage=Case(
            When(retired_on__lte=on, then=Value(TermStage.RETIRED)),
            When(in_force & Exists(_not_withdrawn(Dissent.objects.filter(entry=OuterRef("_entry")))),
                 then=Value(TermStage.AGREED_WITH_DISSENT)),
            When(in_force, then=Value(TermStage.AGREED)),
            When(Exists(published.exclude(kind=EntryKind.REVOKED)), then=Value(TermStage.COMING)),
            When(Exists(asked), then=Value(TermStage.IN_NEGOTIATION)),
            When(carried, then=Value(TermStage.CARRIED)),
            When(joint | (proposal & Q(steward__isnull=False)), then=Value(TermStage.IN_NEGOTIATION)),
            When(proposal, then=Value(TermStage.PROPOSED)),
            default=Value(TermStage.COLLECTED),
            output_field=CharField(),
        ),
    )  # fmt: skip


def _newest_closed() -> QuerySet[Round]:
    closed = Round.objects.consent().filter(term=OuterRef("pk"), state=RoundState.CLOSED)
    return closed.order_by("-closed_at", "-pk")


def _carried() -> Exists:
    """`standing.waits_for_publication`, about the round in `_closed`."""
    unpublished = Outcome.objects.filter(round=OuterRef("_closed"), round__entry=None)
    return Exists(unpublished.filter(result__in=CARRIED_RESULTS))


def term_status(term: Term, on: date | None = None) -> TermStatus:
    """Status of one term; one query."""
    return status_of(with_status(Term.objects.filter(pk=term.pk), on).get().stage)


def entry_in_force(term: Term, on: date | None = None) -> ConsensusEntry | None:
    """The highest number with valid from ≤ that day; None if it is revoked or there is none. One query."""
    return in_force_map([term.pk], on).get(term.pk)


def entries_in_force(on: date | None = None) -> QuerySet[ConsensusEntry]:
    """The entries in force on a day, one per term at most: `standing.in_force` for those who list and filter."""
    on = on or timezone.localdate()
    later = ConsensusEntry.objects.filter(
        term=OuterRef("term"), number__gt=OuterRef("number"), valid_from__lte=on
    )
    found = ConsensusEntry.objects.filter(~Exists(later), valid_from__lte=on)
    return found.exclude(kind=EntryKind.REVOKED)


def in_force_map(term_ids: Iterable[int], on: date | None = None) -> dict[int, ConsensusEntry]:
    """Entries in force by term, with their wordings; one query."""
    found = entries_in_force(on).filter(term_id__in=list(term_ids)).select_related("wording", "term")
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


def tally_of(round: Round) -> Tally:
    """What the round comes to as things are now: the same function for page, close, API and export; two queries."""
    return tally(seat_views(round), Rules.from_json(round.rules))


# ---- what was agreed


def said_about(entry: ConsensusEntry) -> list[Said]:
    """Dissents and supports of an entry in the order they were made; one query."""
    supports = entry.supports.order_by().values_list(
        "organisation__key",
        "organisation_name",
        "kind",
        "made_at",
        Value("", TextField()),
        Value(1, IntegerField()),
        "number",
    )
    filed_late = Case(When(support=None, then=Value(0)), default=Value(1), output_field=IntegerField())
    dissents = entry.dissents.order_by().values_list(
        "organisation__key",
        "organisation_name",
        Value(DISSENT, CharField()),
        "made_at",
        "reason",
        filed_late,
        Value(0, IntegerField()),
    )
    rows = sorted(supports.union(dissents, all=True), key=lambda row: (row[3], row[6]))
    return [
        Said(key=k, name=n, kind=kind, at=at, reason=why, late=bool(late))
        for k, n, kind, at, why, late, _number in rows
    ]


def standing_today(entry: ConsensusEntry) -> dict[str, Standing]:
    """Organisation key → how it stands to the entry, from publication and everything it said since; one query."""
    return standings(entry.carried_by, said_about(entry))


def carried_today(entry: ConsensusEntry) -> list[dict[str, str]]:
    """The organisations that carry the entry today, by name; one query."""
    return carriers(entry.carried_by, said_about(entry))


def with_dissents(entries: QuerySet[ConsensusEntry]) -> QuerySet[ConsensusEntry]:
    """Entries with `dissent_count`, the dissents that were not withdrawn, in the same query."""
    standing = _not_withdrawn(Dissent.objects.filter(entry=OuterRef("pk"))).order_by().values("entry")
    counted = Subquery(standing.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    return entries.annotate(dissent_count=Coalesce(counted, 0))


def current_dissents(entry: ConsensusEntry) -> list[Dissent]:
    """Dissents of an entry that have not been withdrawn; one query."""
    return list(_not_withdrawn(Dissent.objects.filter(entry=entry)).select_related("organisation"))


def _not_withdrawn(dissents: QuerySet[Dissent]) -> QuerySet[Dissent]:
    """`standing.withdrawal_of` for those who list and filter."""
    withdrawn = Support.objects.filter(
        entry=OuterRef("entry"),
        organisation=OuterRef("organisation"),
        kind=SupportKind.WITHDRAWS_DISSENT,
        made_at__gte=OuterRef("made_at"),
    )
    return dissents.filter(~Exists(withdrawn))
