"""Acts on rounds until their end: plan, change the plan, announce, move the end, call off.

Lock order: group → term → definition → round → head. The clock is read after the round is locked.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from glossary import mails
from glossary.actions.guard import (
    at_most,
    expect_version,
    lock,
    record_act,
    required,
    saved,
    says,
)
from glossary.frozen import frozen_hash
from glossary.models import Definition, Round, Seat, Term
from glossary.policy import require
from glossary.procedure import CONSENT_RULES, NOTICE, check_instant, check_period
from glossary.queries import tally_of
from glossary.states import (
    DEFINITION_ACTS,
    ROUND_ACTS,
    DefinitionOrigin,
    RoundKind,
    RoundState,
)
from people.models import GroupMembership, Organisation, User, WorkingGroup
from record.acting import action
from record.canonical import instant
from record.chain import Fact
from record.errors import Invalid, Stale, WrongState
from record.keys import issue_key

__all__ = [
    "announce_round", "cancel_round", "change_round", "move_end", "plan_round",
]  # fmt: skip

QUESTION_LENGTH = 250


@action
def plan_round(
    *,
    definition: Definition,
    by: User,
    question: str,
    opens_at: datetime,
    closes_at: datetime,
    submission_key: str | None = None,
) -> Round:
    """The facilitator prepares a consent round about the current wording of a proposal or the joint draft.

    Seen by members only; nothing is frozen yet. Sent twice with one key, it is planned once.
    Raises NotAllowed, Invalid (question, opens_at, closes_at), WrongState (also when another round of the term is
    planned or announced), Stale (the key planned another round).
    """
    require(by, "plan_round", definition)
    term = lock(definition.term)
    definition = lock(definition)
    now = timezone.now()
    if submission_key and (known := Round.objects.filter(submission_key=submission_key).first()):
        if says(
            known, definition=definition, question=question.strip(), opens_at=opens_at, closes_at=closes_at
        ):
            return known
        raise Stale(
            _("A round has been planned with this form already. Please look at it first."), current=known
        )
    _refuse_unaskable(definition)
    _refuse_second(term)
    check_instant(opens_at, field="opens_at")
    check_instant(closes_at, field="closes_at")
    check_period(opens_at, closes_at)
    group = definition.group or definition.term.steward
    if group is None:
        raise WrongState(_("No working group is in charge of this term yet."))
    planned = Round.objects.create(
        key=issue_key(kind="round"),
        term=definition.term,
        group=group,
        kind=RoundKind.CONSENT,
        definition=definition,
        wording=definition.wording,
        question=at_most(required(question, field="question"), QUESTION_LENGTH, field="question"),
        opens_at=opens_at,
        closes_at=closes_at,
        rules=CONSENT_RULES.as_json(),
        created_at=now,
        submission_key=submission_key or None,
    )
    record_act("plan_round", "round", planned.key, by=by, at=now, facts={"definition": definition.key})
    return planned


@action
def announce_round(*, round: Round, by: User, expected_version: int) -> Round:
    """Freezes wording, rules, basis and electorate, makes the seats and tells everybody who is asked.

    The wording is the definition's current one. A beginning that has passed meanwhile becomes now.
    Raises NotAllowed, Stale, WrongState (nobody to ask, another announced round, definition off the table), Invalid.
    """
    require(by, "announce_round", round)
    group = lock(round.group)
    term = lock(round.term)
    definition = lock(_definition_of(round))
    round, now = _locked(round, "announce_round", expected_version)
    _refuse_unaskable(definition)
    if term.rounds.announced().consent().exists():
        raise WrongState(
            _("Another consent round about this term has been announced and has not been closed yet.")
        )
    round.wording = definition.wording
    round.opens_at = max(round.opens_at, now)
    check_period(round.opens_at, round.closes_at)
    round.basis, round.rules = _basis(group), CONSENT_RULES.as_json()
    seats = _make_seats(round, group, now)
    round.state, round.announced_at, round.announced_by_key = RoundState.ANNOUNCED, now, by.key
    frozen = frozen_hash(round, seats)
    saved(round, "wording", "opens_at", "basis", "rules", "state", "announced_at", "announced_by_key")
    mails.round_announced(round, seats)
    facts: dict[str, Fact] = {"seats": len(seats), "frozen": frozen, "closes": instant(round.closes_at)}
    record_act("announce_round", "round", round.key, by=by, at=now, facts=facts)
    return round


@action
def move_end(*, round: Round, by: User, closes_at: datetime, reason: str, expected_version: int) -> Round:
    """Another end: later before the old one has passed; earlier only when every seat has spoken, and with 24 hours' notice.

    Recorded and mailed with its reason. Raises NotAllowed, Stale, WrongState, Invalid (closes_at, reason).
    """
    require(by, "move_end", round)
    round, now = _locked(round, "move_end", expected_version)
    reason = required(reason, field="reason")
    check_instant(closes_at, field="closes_at")
    check_period(round.opens_at, closes_at)
    if closes_at == round.closes_at:
        raise Invalid(_("This is the end as it is now."), field="closes_at")
    if closes_at < round.closes_at:
        _check_earlier_end(round, closes_at, now)
    before, round.closes_at = round.closes_at, closes_at
    saved(round, "closes_at")
    mails.end_moved(round, before, reason)
    facts: dict[str, Fact] = {"before": instant(before), "after": instant(closes_at)}
    record_act("move_end", "round", round.key, by=by, at=now, facts=facts)
    return round


@action
def cancel_round(*, round: Round, by: User, reason: str, expected_version: int) -> Round:
    """Called off before its end. Answers stay on record and count nowhere.

    Raises NotAllowed, Stale, WrongState, Invalid (reason).
    """
    require(by, "cancel_round", round)
    round, now = _locked(round, "cancel_round", expected_version)
    before = round.state
    round.cancel_reason = required(reason, field="reason")
    round.state, round.cancelled_at = RoundState.CANCELLED, now
    saved(round, "state", "cancelled_at", "cancel_reason")
    if before == RoundState.ANNOUNCED:
        mails.round_cancelled(round)
    facts: dict[str, Fact] = {"before": before, "after": str(RoundState.CANCELLED)}
    record_act("cancel_round", "round", round.key, by=by, at=now, facts=facts)
    return round


@action
def change_round(
    *,
    round: Round,
    by: User,
    definition: Definition,
    question: str,
    opens_at: datetime,
    closes_at: datetime,
    expected_version: int,
) -> Round:
    """Ask something else, about another wording of the term, or at another time, as long as nobody has been asked.

    Raises NotAllowed, Stale, WrongState, Invalid (definition, question, opens_at, closes_at).
    """
    require(by, "change_round", round)
    require(by, "plan_round", definition)
    definition = lock(definition)
    round, now = _locked(round, "change_round", expected_version)
    if definition.term_id != round.term_id:
        raise Invalid(_("This wording belongs to another term."), field="definition")
    _refuse_unaskable(definition)
    check_instant(opens_at, field="opens_at")
    check_instant(closes_at, field="closes_at")
    check_period(opens_at, closes_at)
    question = at_most(required(question, field="question"), QUESTION_LENGTH, field="question")
    wanted = {"definition": definition, "question": question, "opens_at": opens_at, "closes_at": closes_at}
    changed = sorted(name for name, value in wanted.items() if getattr(round, name) != value)
    if not changed:
        return round
    for name in changed:
        setattr(round, name, wanted[name])
    round.wording, round.rules = definition.wording, CONSENT_RULES.as_json()
    saved(round, *changed, "wording", "rules")
    facts: dict[str, Fact] = {"definition": definition.key, "changed": ",".join(changed)}
    record_act("change_round", "round", round.key, by=by, at=now, facts=facts)
    return round


# ---- steps


def _locked(round: Round, act: str, expected_version: int) -> tuple[Round, datetime]:
    """Lock, read the clock, compare the version, check the phase."""
    round = lock(round)
    now = timezone.now()
    expect_version(round, expected_version)
    if round.phase(now) not in ROUND_ACTS[act]:
        raise WrongState(REFUSALS[act])
    return round, now


REFUSALS = {
    "announce_round": _("Only a planned round can be announced."),
    "change_round": _("A round can be changed only before it is announced."),
    "move_end": _("The end can be moved only after announcing and before it has passed."),
    "cancel_round": _("A round can be called off only before its end."),
}


def _definition_of(round: Round) -> Definition:
    if round.definition is None:
        raise WrongState(_("A consent round asks about a definition."))
    return round.definition


def _refuse_unaskable(definition: Definition) -> None:
    if definition.origin == DefinitionOrigin.SOURCE:
        raise WrongState(
            _("A quoted definition is not put to a consent round. Make a proposal on its basis.")
        )
    if definition.state not in DEFINITION_ACTS["plan_round"]:
        raise WrongState(_("This definition is not on the table."))
    if definition.term.retired_on is not None:
        raise WrongState(_("This term has been retired."))


def _refuse_second(term: Term) -> None:
    """One consent round of a term at a time, planned ones included: each of them would be announced one day."""
    rounds = term.rounds.consent()
    if rounds.announced().exists():
        raise WrongState(_("Another round about this term is announced. Plan the next one when it is over."))
    if rounds.filter(state=RoundState.PLANNED).exists():
        raise WrongState(_("Another round about this term is planned. Announce it or call it off first."))


def _check_earlier_end(round: Round, closes_at: datetime, now: datetime) -> None:
    if tally_of(round).spoke < round.seats.count():
        message = _("The end can be brought forward only when every organisation has answered.")
        raise Invalid(message, field="closes_at")
    if closes_at < now + NOTICE:
        raise Invalid(_("From now on it takes at least 24 hours to the new end."), field="closes_at")


def _basis(group: WorkingGroup) -> dict[str, Any]:
    """Whose commission, as it is on this day."""
    return {
        "date": group.commission_date.isoformat() if group.commission_date else None,
        "evidence": group.commission_evidence,
        "group": group.key,
        "name": group.name,
        "text": group.commission_text,
        "url": group.commission_url,
    }


def _make_seats(round: Round, group: WorkingGroup, now: datetime) -> list[Seat]:
    """One seat for each organisation that is a member of the group on this day. Raises WrongState without any."""
    day = timezone.localdate(now)
    members = GroupMembership.objects.valid_on(day).filter(group=group).values("organisation_id")
    organisations = Organisation.objects.active_on(day).filter(pk__in=members).order_by("name")
    seats = [
        Seat(
            round=round,
            organisation=organisation,
            organisation_name=organisation.name,
            organisation_short_name=organisation.short_name,
        )
        for organisation in organisations
    ]
    if not seats:
        raise WrongState(_("The working group has no members who could be asked."))
    return Seat.objects.bulk_create(seats)
