"""The end of a round: its outcome is stored, the facilitator states it.

Lock order: round → head. The clock is read after the round is locked.
"""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from glossary import mails
from glossary.actions.guard import (
    lock,
    record_row,
    required,
    saved,
    store,
    tell,
)
from glossary.errors import RoundHasNotEnded
from glossary.models import Outcome, Round, Statement
from glossary.policy import require
from glossary.queries import tally_of
from glossary.sentences import computed_statement
from glossary.states import (
    ROUND_ACTS,
    RoundKind,
    RoundPhase,
    RoundState,
)
from people.models import User
from record.acting import action
from record.errors import WrongState

__all__ = ["close_due", "close_round", "state_outcome"]


@action
def close_round(*, round: Round, by: User | None) -> Outcome:
    """Stores what the tally says, once and for good. `by` is the facilitator, or None for the clock (tick).

    Idempotent: a closed round gives the outcome it has. Raises NotAllowed, RoundHasNotEnded, WrongState.
    """
    if by is not None:
        require(by, "close_round", round)
    round = lock(round)
    now = timezone.now()
    if round.state == RoundState.CLOSED:
        return round.outcome
    phase = round.phase(now)
    if phase in {RoundPhase.UPCOMING, RoundPhase.OPEN}:
        raise RoundHasNotEnded
    if phase not in ROUND_ACTS["close_round"]:
        raise WrongState(_("Only a round that was announced can be closed."))
    tally = tally_of(round)
    round.state, round.closed_at = RoundState.CLOSED, now
    saved(round, "state", "closed_at")
    outcome = Outcome(
        round=round,
        result=tally.result if round.kind == RoundKind.CONSENT else "",
        tally=tally.as_json(),
        closed_at=now,
        actor_key=by.key if by else "",
    )
    store(outcome)
    mails.round_over(round)
    record_row("close_round", outcome, by=by, at=now)
    return outcome


def close_due(now: datetime) -> int:
    """Close every round whose time was over at `now`, each in its own transaction; how many were closed (for tick)."""
    due = list(Round.objects.due_at(now).order_by("closes_at", "pk"))
    for round in due:
        close_round(round=round, by=None)
    return len(due)


@action
def state_outcome(*, round: Round, by: User, text: str) -> Statement:
    """The facilitator's statement on a closed round, on top of the sentences made from the tally. One, and for good.

    Raises NotAllowed, WrongState (not closed, stated already), Invalid (text).
    """
    require(by, "state_outcome", round)
    round = lock(round)
    now = timezone.now()
    if round.phase(now) not in ROUND_ACTS["state_outcome"]:
        raise WrongState(_("The outcome can be stated when the round has been closed."))
    if hasattr(round, "statement"):
        raise WrongState(_("The outcome has been stated already. It is not changed afterwards."))
    statement = Statement(
        round=round,
        text=required(text, field="text"),
        computed=computed_statement(round),
        made_at=now,
        actor_key=by.key,
    )
    store(statement)
    tell(round.term)
    mails.outcome_stated(round)
    record_row("state_outcome", statement, by=by, at=now)
    return statement
