"""Who is told what by mail. Rows of the outbox, written in the transaction of the act they tell of."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import override

from glossary.models import ConsensusEntry, Position, Round, Seat
from glossary.phrases import long_day, long_moment
from glossary.sentences import names_of, outcome_sentences
from glossary.states import RoundKind
from glossary.tally import Outcome as Tally
from people.actions.outbox import enqueue
from people.links import absolute
from people.models import Mandate, MandateRole, Organisation, User
from people.queries import facilitators_of, speakers_of

MAILBOX_LANGUAGE = "de"


def round_announced(round: Round, seats: Iterable[Seat]) -> None:
    """Everybody who may answer, and the mailbox of every organisation asked."""
    event = f"round-announced:{round.key}"
    for seat in seats:
        _to_organisation(event, "round_announced", round, seat)


def end_moved(round: Round, before: datetime, reason: str) -> None:
    """The same people as were asked."""
    event = f"round-moved:{round.key}:{round.version}"
    for seat in round.seats.select_related("organisation"):
        _to_organisation(event, "round_moved", round, seat, before=before, reason=reason)


def round_cancelled(round: Round) -> None:
    """The same people as were asked."""
    event = f"round-cancelled:{round.key}"
    for seat in round.seats.select_related("organisation"):
        _to_organisation(event, "round_cancelled", round, seat, reason=round.cancel_reason)


def round_over(round: Round) -> None:
    """The facilitators: an outcome waits for its statement."""
    for user in facilitators_of(round.group):
        _to_user(f"round-over:{round.key}", "round_over", round, user)


def outcome_stated(round: Round) -> None:
    """Everybody who was asked."""
    event = f"outcome-stated:{round.key}"
    outcome = Tally.from_json(round.outcome.tally)
    for seat in round.seats.select_related("organisation"):
        _to_organisation(event, "outcome_stated", round, seat, outcome=outcome)


def entry_published(entry: ConsensusEntry) -> None:
    """Everybody who was asked in the round it comes from."""
    if entry.round is None:
        return
    event = f"entry-published:{entry.record_key()}"
    for seat in entry.round.seats.select_related("organisation"):
        _to_organisation(event, "entry_published", entry.round, seat, entry=entry)


def deputy_answered(position: Position) -> None:
    """The speaker: a deputy may act at any time, and the speaker is told (domain.md, "Mandate")."""
    seat = position.seat
    held = Mandate.objects.valid_on(localdate(position.taken_at)).filter(
        Q(group=None) | Q(group=seat.round.group),
        organisation=seat.organisation,
        role=MandateRole.SPEAKER,
        user__is_active=True,
    )
    for speaker in {row.user for row in held.select_related("user") if row.user.key != position.actor_key}:
        event = f"deputy-answered:{position.record_key()}"
        _to_user(event, "deputy_answered", seat.round, speaker, seat=seat)


def _to_organisation(event: str, template: str, round: Round, seat: Seat, **more: Any) -> None:
    for user in speakers_of(seat.organisation_id, round.group):
        _to_user(event, template, round, user, seat=seat, **more)
    organisation: Organisation = seat.organisation
    context = _context(round, MAILBOX_LANGUAGE, seat=seat, **more)
    enqueue(
        event=event, template=template, context=context, organisation=organisation, language=MAILBOX_LANGUAGE
    )


def _to_user(event: str, template: str, round: Round, user: User, **more: Any) -> None:
    # A person who answers for two organisations gets one mail for each.
    if seat := more.get("seat"):
        event = f"{event}:{seat.organisation.key}"
    enqueue(event=event, template=template, context=_context(round, user.language, **more), user=user)


def _context(round: Round, language: str, **more: Any) -> dict[str, Any]:
    """Plain values in the reader's language; addresses are absolute."""
    entry: ConsensusEntry | None = more.get("entry")
    seat: Seat | None = more.get("seat")
    before: datetime | None = more.get("before")
    outcome: Tally | None = more.get("outcome")
    with override(language):
        return {
            "term": round.term.display_name,
            "question": round.question,
            "group": round.group.name,
            "organisation_name": seat.organisation_name if seat else "",
            "opens": long_moment(round.opens_at),
            "closes": long_moment(round.closes_at),
            "before": long_moment(before),
            "reason": more.get("reason", ""),
            "result": " ".join(outcome_sentences(outcome, names_of(round), kind=round.kind))
            if outcome
            else "",
            "carried": outcome is not None and round.kind == RoundKind.CONSENT and outcome.is_carried,
            "number": entry.number if entry else 0,
            "valid_from": long_day(entry.valid_from if entry else None),
            "url": absolute((entry or round).get_absolute_url()),
        }
