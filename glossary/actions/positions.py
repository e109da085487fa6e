"""Answering for an organisation. Lock order: mandate → round → seat → head."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from glossary import mails
from glossary.actions.guard import (
    acting_mandate,
    at_most,
    lock,
    record_row,
    refuse_if_over,
    says,
    store,
    tell,
)
from glossary.errors import ReasonRequired, RoundNotOpen, StalePosition
from glossary.models import Draft, Objection, Position, Round, Seat
from glossary.passages import exact_place_of
from glossary.policy import require
from glossary.states import REASON_REQUIRED, ROUND_ACTS, DraftKind, RoundPhase, Stance
from people.models import MandateRole, User
from record.acting import action
from record.errors import Invalid, Stale

__all__ = ["take_position"]

BODY_LENGTH = 160


@action
def take_position(
    *,
    seat: Seat,
    by: User,
    value: str,
    replaces: int,
    reason: str = "",
    provisional_until: date | None = None,
    provisional_body: str = "",
    passage: str = "",
    passage_start: int | None = None,
    passage_end: int | None = None,
    change_wanted: str = "",
    no_change_helps: bool = False,
    submission_key: str | None = None,
) -> Position:
    """An organisation answers, or replaces its answer. `replaces` is the number the form was made against (0: none).

    Sent twice with one key, it is stored once; another answer under that key is refused, never dropped. The lock on the round keeps the close out, so an answer is either before
    the end and counted, or refused. Raises NotAllowed, RoundNotOpen, StalePosition, ReasonRequired, Invalid.
    Effects: position (and objection), its record, the organisation's unsent draft deleted, a deputy's speaker told.
    """
    require(by, "take_position", seat)
    organisation = seat.organisation
    mandate = acting_mandate(
        by=by, act="take_position", obj=seat, organisation=organisation, now=timezone.now()
    )
    round = lock(seat.round)
    seat = lock(seat)
    now = timezone.now()
    refuse_if_over(mandate, now)
    reason = reason.strip()
    provisional_body = at_most(provisional_body, BODY_LENGTH, field="provisional_body")
    known = _already_sent(submission_key, seat, by)
    wanted = (
        ("", "", False) if value != Stance.OBJECTION else _wanted(passage, change_wanted, no_change_helps)
    )
    if known and _is_the_same(known, value, reason, provisional_until, provisional_body, wanted):
        return known
    _refuse_unless_open(round, now)
    current = seat.positions.order_by("-number").first()
    if known or (current.number if current else 0) != replaces:
        raise StalePosition(current=current)
    _check(value, current, reason)
    position = Position(
        seat=seat,
        number=replaces + 1,
        wording=round.wording,
        value=value,
        reason=reason,
        provisional_until=provisional_until,
        provisional_body=provisional_body,
        taken_at=now,
        actor_key=by.key,
        mandate=mandate,
        role=mandate.role,
        submission_key=submission_key or None,
    )
    objection = _objection(position, passage, passage_start, passage_end, change_wanted, no_change_helps)
    return _stored(position, objection, by=by)


def _stored(position: Position, objection: Objection | None, *, by: User) -> Position:
    """Store the answer with what it objects to, clear the draft, tell and record."""
    seat, now = position.seat, position.taken_at
    organisation = seat.organisation
    store(position)
    if objection is not None:
        objection.position = position
        store(objection)
    Draft.objects.filter(kind=DraftKind.POSITION, round=seat.round, organisation=organisation).delete()
    tell(seat.round.term)
    facts = {"number": position.number, "replaces": position.number - 1}
    record_row("take_position", position, by=by, at=now, organisation=organisation, facts=facts)
    if objection is not None:
        record_row("raise_objection", objection, by=by, at=now, organisation=organisation)
    if position.role == MandateRole.DEPUTY:
        mails.deputy_answered(position)
    return position


def _already_sent(submission_key: str | None, seat: Seat, by: User) -> Position | None:
    """The position sent under this key already. Raises Stale for a key that belongs to something else."""
    if not submission_key:
        return None
    known = Position.objects.filter(submission_key=submission_key).first()
    if known and (known.seat_id, known.actor_key) != (seat.pk, by.key):
        raise Stale(current=known)
    return known


def _wanted(passage: str, change_wanted: str, no_change_helps: bool) -> tuple[str, str, bool]:
    """What an objection asks for, as it is stored."""
    return passage.strip(), "" if no_change_helps else change_wanted.strip(), no_change_helps


def _is_the_same(
    known: Position,
    value: str,
    reason: str,
    until: date | None,
    body: str,
    wanted: tuple[str, str, bool],
) -> bool:
    """Whether this is the same answer sent again, and not another one typed into the same form."""
    same = says(known, value=value, reason=reason, provisional_until=until, provisional_body=body)
    if not same or value != Stance.OBJECTION:
        return same
    passage, change_wanted, no_change_helps = wanted
    return says(
        known.objection, passage=passage, change_wanted=change_wanted, no_change_helps=no_change_helps
    )


def _refuse_unless_open(round: Round, now: datetime) -> None:
    phase = round.phase(now)
    if phase in ROUND_ACTS["take_position"]:
        return
    messages = {
        RoundPhase.UPCOMING: _("This round has not begun yet."),
        RoundPhase.CLOSING: _("The time for answers is over. Your answer was not stored."),
        RoundPhase.CLOSED: _("This round has been closed. Your answer was not stored."),
        RoundPhase.CANCELLED: _("This round was called off. Your answer was not stored."),
    }
    raise RoundNotOpen(messages.get(phase))


def _check(value: str, current: Position | None, reason: str) -> None:
    if value not in Stance.values:
        raise Invalid(_("Please choose one of the answers."), field="value")
    if value == Stance.TAKEN_BACK and (current is None or current.value == Stance.TAKEN_BACK):
        raise Invalid(_("There is no answer to take back."), field="value")
    if value in REASON_REQUIRED and not reason:
        raise ReasonRequired


def _objection(
    position: Position,
    passage: str,
    start: int | None,
    end: int | None,
    change_wanted: str,
    no_change_helps: bool,
) -> Objection | None:
    """What an objection asks for; None for every other answer. Raises Invalid."""
    if position.value != Stance.OBJECTION:
        return None
    passage, change_wanted, no_change_helps = _wanted(passage, change_wanted, no_change_helps)
    if not change_wanted and not no_change_helps:
        message = _("Please say what would have to change, or that no change would help.")
        raise Invalid(message, field="change_wanted")
    start, end = _place(position.wording.text or "", passage, start, end)
    return Objection(
        passage=passage,
        passage_start=start,
        passage_end=end,
        change_wanted=change_wanted,
        no_change_helps=no_change_helps,
    )


def _place(text: str, passage: str, start: int | None, end: int | None) -> tuple[int | None, int | None]:
    """Where the passage stands in the wording, in code points; nowhere for the whole text. Raises Invalid.

    Offsets that fit decide; without them the words have to stand there exactly once.
    """
    passage = passage.strip()
    if not passage:
        return None, None
    if start is not None and end is not None and text[start:end].strip() == passage:
        start += len(text[start:end]) - len(text[start:end].lstrip())
        return start, start + len(passage)
    return exact_place_of(text, passage)
