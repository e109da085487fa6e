"""What waits for a person (Für Sie zu tun): read from rounds, statements, drafts and review dates, never stored.

Each source is one query for all organisations and groups of the person; the list is sorted by due date.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from glossary.models import Position, Round, Seat
from glossary.states import Stance
from glossary.waiting import waiting_rounds
from people.models import Mandate, User
from people.models.mandate import SPEAKING_ROLES
from people.naming import waiting_proposals
from people.queries import valid_mandates


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing to do: what, for whom, until when, and the one button."""

    title: str
    why: str | Promise
    button: str | Promise
    url: str
    due: datetime | None = None
    organisation: str = ""
    overdue: bool = False


def waiting_for(user: User, *, organisation_id: int | None = None) -> list[Waiting]:
    """Everything that waits for `user`, the most urgent first; `organisation_id` narrows to one organisation."""
    now = timezone.now()
    mandates = [m for m in valid_mandates(user) if organisation_id in (None, m.organisation_id)]
    found: list[Waiting] = [*_answers(mandates, now), *_reserves(mandates, now)]
    if organisation_id is None:
        found += [*_next_steps(user, now), *_proposals(user)]
    return sorted(found, key=lambda item: (item.due is None, item.due or now, item.title))


def speaking_seats(mandates: Sequence[Mandate]) -> Q:
    """Seats these mandates may answer for: the organisation's, in the mandate's group or in all."""
    condition = Q(pk__in=[])
    for mandate in mandates:
        if mandate.role in SPEAKING_ROLES:
            seat = Q(organisation_id=mandate.organisation_id)
            condition |= seat & Q(round__group_id=mandate.group_id) if mandate.group_id else seat
    return condition


def _current_position() -> Subquery:
    newest = Position.objects.filter(seat=OuterRef("pk")).order_by("-number")
    return Subquery(newest.values("value")[:1])


def _answers(mandates: Sequence[Mandate], now: datetime) -> Iterator[Waiting]:
    seats = (
        Seat.objects.filter(speaking_seats(mandates), round__in=Round.objects.open_at(now))
        .annotate(value=_current_position())
        .filter(Q(value=None) | Q(value=Stance.TAKEN_BACK))
        .select_related("round", "organisation")
    )
    for seat in seats:
        yield Waiting(
            title=seat.round.question,
            why=_("No answer yet"),
            button=_("Give an answer"),
            url=f"{reverse('glossary:round_answer', args=[seat.round.key])}?fuer={seat.organisation.key}",
            due=seat.round.closes_at,
            organisation=seat.organisation_name,
        )


def _reserves(mandates: Sequence[Mandate], now: datetime) -> Iterator[Waiting]:
    """Answers subject to a committee's decision whose day has passed while the round still runs."""
    later = Position.objects.filter(seat=OuterRef("seat"), number__gt=OuterRef("number"))
    positions = (
        Position.objects.filter(
            seat__in=Seat.objects.filter(speaking_seats(mandates)),
            seat__round__in=Round.objects.open_at(now),
            provisional_until__lt=timezone.localdate(now),
        )
        .filter(~Exists(later))
        .select_related("seat__round", "seat__organisation")
    )
    for position in positions:
        yield Waiting(
            title=position.seat.round.question,
            why=_("The committee should have decided by now"),
            button=_("Update the answer"),
            url=f"{reverse('glossary:round_answer', args=[position.seat.round.key])}?fuer={position.seat.organisation.key}",
            due=position.seat.round.closes_at,
            organisation=position.seat.organisation_name,
            overdue=True,
        )


def _next_steps(user: User, now: datetime) -> Iterator[Waiting]:
    """What the person may do next with rounds: announce, close, state, publish."""
    for step in waiting_rounds(user, now):
        if step.mine:
            overdue = step.since <= now
            yield Waiting(
                title=step.title,
                why=step.who,
                button=step.what,
                url=step.url,
                due=step.since,
                overdue=overdue,
            )


def _proposals(user: User) -> Iterator[Waiting]:
    """People an organisation has named and nobody has confirmed or refused yet."""
    for proposal in waiting_proposals(user):
        yield Waiting(
            title=f"{proposal.shown_name}: {proposal.get_role_display()}",
            why=_("Proposed by the organisation"),
            button=_("Look at the proposal"),
            url=proposal.get_absolute_url(),
            due=proposal.proposed_at,
            organisation=proposal.organisation.name,
            overdue=True,
        )
