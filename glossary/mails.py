"""Who is told what by mail. Rows of the outbox, written in the transaction of the act they tell of."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.text import get_text_list
from django.utils.timezone import localdate
from django.utils.translation import gettext, override

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
    _to_organisations(f"round-announced:{round.key}", "round_announced", round, seats)


def end_moved(round: Round, before: datetime, reason: str) -> None:
    """The same people as were asked."""
    event = f"round-moved:{round.key}:{round.version}"
    _to_organisations(event, "round_moved", round, _seats(round), before=before, reason=reason)


def round_cancelled(round: Round) -> None:
    """The same people as were asked."""
    event, reason = f"round-cancelled:{round.key}", round.cancel_reason
    _to_organisations(event, "round_cancelled", round, _seats(round), reason=reason)


def round_over(round: Round) -> None:
    """The facilitators: an outcome waits for its statement."""
    for user in facilitators_of(round.group):
        _to_user(f"round-over:{round.key}", "round_over", round, user)


def outcome_stated(round: Round) -> None:
    """Everybody who was asked."""
    outcome = Tally.from_json(round.outcome.tally)
    event = f"outcome-stated:{round.key}"
    _to_organisations(event, "outcome_stated", round, _seats(round), outcome=outcome)


def entry_published(entry: ConsensusEntry) -> None:
    """Everybody who was asked in the round it comes from."""
    if entry.round is None:
        return
    event = f"entry-published:{entry.record_key()}"
    _to_organisations(event, "entry_published", entry.round, _seats(entry.round), entry=entry)


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
        _to_user(event, "deputy_answered", seat.round, speaker, seats=[seat])


def _seats(round: Round) -> Iterable[Seat]:
    return round.seats.select_related("organisation").order_by("organisation_name")


def _to_organisations(event: str, template: str, round: Round, seats: Iterable[Seat], **more: Any) -> None:
    """Each mailbox, and each person once: who answers for two organisations gets one mail that names both."""
    answers_for: dict[User, list[Seat]] = {}
    for seat in seats:
        for user in speakers_of(seat.organisation_id, round.group):
            answers_for.setdefault(user, []).append(seat)
        organisation: Organisation = seat.organisation
        context = _context(round, MAILBOX_LANGUAGE, seats=[seat], **more)
        enqueue(
            event=event,
            template=template,
            context=context,
            organisation=organisation,
            language=MAILBOX_LANGUAGE,
        )
    for user, own in answers_for.items():
        _to_user(event, template, round, user, seats=own, **more)


def _to_user(event: str, template: str, round: Round, user: User, **more: Any) -> None:
    enqueue(event=event, template=template, context=_context(round, user.language, **more), user=user)


def _context(round: Round, language: str, **more: Any) -> dict[str, Any]:
    """Plain values in the reader's language; addresses are absolute."""
    entry: ConsensusEntry | None = more.get("entry")
    seats: Sequence[Seat] = more.get("seats", ())
    before: datetime | None = more.get("before")
    outcome: Tally | None = more.get("outcome")
    with override(language):
        return {
            "term": round.term.display_name,
            "question": round.question,
            "group": round.group.name,
            "organisation_name": get_text_list([seat.organisation_name for seat in seats], gettext("and")),
            "organisations": len(seats),
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
