"""What an organisation has said, owns and owes: the own area and the handover page read from here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.functional import Promise

from glossary.models import Definition, Dissent, Draft, Position, Round, Seat, Support
from glossary.states import RoundState, Stance
from people.models import Mandate, Organisation, User
from people.models.mandate import DRAFTING_ROLES
from people.queries import valid_mandates


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatLine:
    """One round as the organisation sees it: what it was asked and what its current answer is."""

    round: Round
    phase: str | Promise
    answer: str | Promise | None
    taken_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One organisation as its own people see it."""

    organisation: Organisation
    my_mandates: Sequence[Mandate]
    mandates: Sequence[Mandate] = field(default_factory=list)
    seats: Sequence[SeatLine] = field(default_factory=list)
    definitions: Sequence[Definition] = field(default_factory=list)
    drafts: Sequence[Draft] = field(default_factory=list)
    dissents: Sequence[Dissent] = field(default_factory=list)
    supports: Sequence[Support] = field(default_factory=list)


def own_organisations(user: User) -> dict[int, list[Mandate]]:
    """Organisations the person holds a mandate of today, with these mandates, in order of name."""
    found: dict[int, list[Mandate]] = {}
    for mandate in valid_mandates(user):
        found.setdefault(mandate.organisation_id, []).append(mandate)
    return found


def dossier(organisation: Organisation, my_mandates: Sequence[Mandate]) -> Dossier:
    """Everything of one organisation, in a constant number of queries. Drafts only for those who may write them."""
    may_draft = any(mandate.role in DRAFTING_ROLES for mandate in my_mandates)
    return Dossier(
        organisation=organisation,
        my_mandates=my_mandates,
        mandates=list(
            Mandate.objects.valid_on(timezone.localdate())
            .filter(organisation=organisation)
            .select_related("user", "group", "organisation")
        ),
        seats=[_line(seat) for seat in _seats(organisation)],
        definitions=list(organisation.definitions.select_related("term").prefetch_related("term__labels")),
        drafts=list(_drafts(organisation)) if may_draft else [],
        dissents=list(organisation.dissents.select_related("entry__term")),
        supports=list(organisation.supports.select_related("entry__term")),
    )


def _line(seat: Seat) -> SeatLine:
    value: str | None = getattr(seat, "value", None)
    spoken = value is not None and value != Stance.TAKEN_BACK
    return SeatLine(
        round=seat.round,
        phase=seat.round.phase().label,
        answer=Stance(value).label if value and spoken else None,
        taken_at=getattr(seat, "taken_at", None),
    )


def _seats(organisation: Organisation) -> QuerySet[Seat]:
    """Its seats in rounds everybody knows of, newest first, each with the current answer's value and time."""
    newest = Position.objects.filter(seat=OuterRef("pk")).order_by("-number")
    return (
        Seat.objects.filter(organisation=organisation)
        .exclude(round__state=RoundState.PLANNED)
        .annotate(
            value=Subquery(newest.values("value")[:1]), taken_at=Subquery(newest.values("taken_at")[:1])
        )
        .select_related("round__term", "round__outcome")
        .order_by("-round__opens_at")
    )


def _drafts(organisation: Organisation) -> QuerySet[Draft]:
    return organisation.drafts.select_related("term", "definition", "round", "updated_by").prefetch_related(
        "term__labels"
    )
