"""Publishing what was agreed. Lock order: term → round → entry before → head."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from glossary import mails
from glossary.actions.guard import lock, record_row, required, says, store, tell
from glossary.errors import RoundNotCarried
from glossary.models import ConsensusEntry, Dissent, Position, Round, Seat, Term
from glossary.policy import require
from glossary.queries import current_dissents, current_positions
from glossary.signals import entry_published
from glossary.states import CARRIED_RESULTS, CARRYING, ROUND_ACTS, ChangeClass, EntryKind, Stance
from people.models import User
from record.acting import action
from record.errors import Invalid, Stale, WrongState

__all__ = ["publish_entry"]

SPOKEN_FOR_ITSELF = CARRYING | {Stance.OBJECTION}


@action
def publish_entry(
    *,
    round: Round,
    by: User,
    valid_from: date,
    change_class: str = "",
    change_reason: str = "",
    review_on: date | None = None,
    submission_key: str | None = None,
) -> ConsensusEntry:
    """An editor publishes the wording a round agreed on, as the next number of its term. Sent twice, published once.

    Dissents of the entry: one for each standing objection, and those of the entry before that were not withdrawn and
    whose organisation neither consented nor objected this time. Raises NotAllowed, WrongState, RoundNotCarried, Invalid.
    """
    require(by, "publish_entry", round)
    term = lock(round.term)
    round = lock(round)
    now = timezone.now()
    if known := _already_sent(submission_key, round, by):
        return _the_same(known, valid_from, change_class, change_reason, review_on)
    _refuse_unpublishable(round, now)
    predecessor = term.entries.order_by("-number").first()
    if predecessor is not None:
        # A dissent declared or withdrawn in this moment is either seen here or comes too late for this entry.
        predecessor = lock(predecessor)
    _check_days(valid_from, review_on, predecessor, timezone.localdate(now))
    _check_change(predecessor, change_class, change_reason)
    seats = list(round.seats.select_related("organisation"))
    positions = current_positions(round)
    entry = ConsensusEntry(
        term=term,
        change_class=change_class if predecessor else "",
        change_reason=change_reason.strip() if predecessor else "",
        valid_from=valid_from,
        review_on=review_on,
        published_at=now,
        actor_key=by.key,
        submission_key=submission_key or None,
        **_agreed(term, round, seats, positions),
    )
    store(entry)
    dissents = [*_objecting(entry, seats, positions), *_carried_over(entry, predecessor, seats, positions)]
    for dissent in dissents:
        store(dissent)
    tell(term)
    mails.entry_published(entry)
    _write_record(entry, dissents, by, now)
    transaction.on_commit(lambda: entry_published.send(sender=ConsensusEntry, entry=entry))
    return entry


def _agreed(term: Term, round: Round, seats: list[Seat], positions: dict[int, Position]) -> dict[str, Any]:
    """What an entry takes from its term and its round."""
    number = (term.entries.aggregate(Max("number"))["number__max"] or 0) + 1
    carrying = [seat for seat in seats if seat.pk in positions and positions[seat.pk].value in CARRYING]
    return {
        "number": number,
        "kind": EntryKind.AGREED,
        "wording": round.wording,
        "round": round,
        "statement": round.statement,
        "preferred_label": term.name,
        "carried_by": [_named(seat) for seat in carrying],
        "asked": [_named(seat) for seat in seats],
    }


def _the_same(
    known: ConsensusEntry, valid_from: date, change_class: str, change_reason: str, review_on: date | None
) -> ConsensusEntry:
    """The entry that was published with this form, if the form says the same. Raises Stale."""
    change = ("", "") if known.number == 1 else (change_class, change_reason.strip())
    days = {"valid_from": valid_from, "review_on": review_on}
    if says(known, change_class=change[0], change_reason=change[1], **days):
        return known
    raise Stale(_("This wording has been published already, with other details."), current=known)


def _already_sent(submission_key: str | None, round: Round, by: User) -> ConsensusEntry | None:
    if not submission_key:
        return None
    return ConsensusEntry.objects.filter(submission_key=submission_key, round=round, actor_key=by.key).first()


def _refuse_unpublishable(round: Round, now: datetime) -> None:
    """Raises WrongState unless this is the newest closed round, carried, stated and not published yet."""
    if round.phase(now) not in ROUND_ACTS["publish_entry"]:
        raise WrongState(_("A wording can be published when its round has been closed."))
    if hasattr(round, "entry"):
        raise WrongState(_("This wording has been published already."))
    if round.outcome.result not in CARRIED_RESULTS:
        raise RoundNotCarried
    if not hasattr(round, "statement"):
        raise WrongState(_("Before publishing, the facilitator states the outcome."))
    if not round.is_newest_closed():
        raise WrongState(
            _("A later round about this term has been closed. Only the newest one can be published.")
        )


def _check_days(
    valid_from: date, review_on: date | None, predecessor: ConsensusEntry | None, today: date
) -> None:
    if valid_from < today:
        raise Invalid(_("A wording is not valid before the day it is published."), field="valid_from")
    if predecessor and valid_from < predecessor.valid_from:
        raise Invalid(_("This day is before the previous wording becomes valid."), field="valid_from")
    if review_on is not None and review_on <= valid_from:
        raise Invalid(_("The review comes after the day the wording becomes valid."), field="review_on")


def _check_change(predecessor: ConsensusEntry | None, change_class: str, change_reason: str) -> None:
    if predecessor is None:
        return
    if change_class not in ChangeClass.values:
        raise Invalid(_("Please say how much this wording changes."), field="change_class")
    required(change_reason, field="change_reason")


def _named(seat: Seat) -> dict[str, str]:
    """An organisation as it is called in the round."""
    return {
        "key": seat.organisation.key,
        "name": seat.organisation_name,
        "short_name": seat.organisation_short_name,
    }


def _objecting(entry: ConsensusEntry, seats: list[Seat], positions: dict[int, Position]) -> list[Dissent]:
    """A dissent for each objection that stands."""
    return [
        Dissent(
            entry=entry,
            organisation=seat.organisation,
            organisation_name=seat.organisation_name,
            # A reason that was redacted meanwhile is not there any more; the dissent is.
            reason=position.reason or "",
            passage=(position.objection.passage or "") if hasattr(position, "objection") else "",
            alternative=(position.objection.change_wanted or "") if hasattr(position, "objection") else "",
            position=position,
            made_at=position.taken_at,
            actor_key=position.actor_key,
        )
        for seat in seats
        if (position := positions.get(seat.pk)) and position.value == Stance.OBJECTION
    ]


def _carried_over(
    entry: ConsensusEntry,
    predecessor: ConsensusEntry | None,
    seats: list[Seat],
    positions: dict[int, Position],
) -> list[Dissent]:
    """The predecessor's dissents that stand, unless their organisation decided about this wording itself."""
    if predecessor is None:
        return []
    values = {seat.organisation_id: positions[seat.pk].value for seat in seats if seat.pk in positions}
    return [
        Dissent(
            entry=entry,
            organisation=dissent.organisation,
            organisation_name=dissent.organisation_name,
            reason=dissent.reason or "",
            passage=dissent.passage or "",
            alternative=dissent.alternative or "",
            carried_from=dissent,
            made_at=dissent.made_at,
            actor_key=dissent.actor_key,
        )
        for dissent in current_dissents(predecessor)
        if values.get(dissent.organisation_id) not in SPOKEN_FOR_ITSELF
    ]


def _write_record(entry: ConsensusEntry, dissents: list[Dissent], by: User, now: datetime) -> None:
    record_row(
        "publish_entry", entry, by=by, at=now, facts={"number": entry.number, "dissents": len(dissents)}
    )
    for dissent in dissents:
        act = "carry_over_dissent" if dissent.carried_from else "publish_dissent"
        record_row(act, dissent, by=by, at=now, organisation=dissent.organisation)
