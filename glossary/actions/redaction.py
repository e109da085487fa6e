"""Emptying a text that must not stay: the facts of the row stay, and stay provable."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from glossary.actions.guard import record_act, tell
from glossary.models import ConsensusEntry, Dissent, Objection, Position, Statement, Support, Term, Wording
from glossary.policy import require
from glossary.states import RedactionReason
from people.models import User
from record.errors import Invalid, WrongState
from record.immutable import ImmutableRow

__all__ = ["redact", "redact_all"]


@transaction.atomic
def redact(*, row: ImmutableRow, by: User, reason: str) -> ImmutableRow:
    """An administrator empties the free text of an immutable row, with what is computed from it and its salt.

    The record names the row, the reason (a RedactionReason) and a hash over what was kept. Final.
    Raises NotAllowed, Invalid (reason, a row without free text), WrongState (redacted already).
    """
    require(by, "redact", row)
    if reason not in RedactionReason.values:
        raise Invalid(_("Please choose the reason."), field="reason")
    if not row.REDACTED:
        raise Invalid(_("This row holds no free text."))
    manager = type(row)._default_manager
    row = manager.select_for_update(no_key=True, of=("self",)).get(pk=row.pk)
    now = timezone.now()
    if row.redacted_at is not None:
        raise WrongState(_("This text has been redacted already."))
    emptied = {**dict.fromkeys(row.REDACTED), "salt": None, "redacted_at": now}
    manager.filter(pk=row.pk).update(**emptied)
    for name, value in emptied.items():
        setattr(row, name, value)
    if term := _term_of(row):
        tell(term)
    record_act(
        "redact",
        row.RECORD_KIND,
        row.record_key(),
        by=by,
        at=now,
        facts={"reason": str(reason), "rest": row.compute_rest()},
    )
    return row


@transaction.atomic
def redact_all(*, rows: Sequence[ImmutableRow], by: User, reason: str) -> int:
    """A text and its copies, all or none; how many rows were emptied. Raises what `redact` raises, Invalid for none."""
    if not rows:
        raise Invalid(_("Please choose at least one text."), field="rows")
    for row in rows:
        redact(row=row, by=by, reason=reason)
    return len(rows)


def _term_of(row: ImmutableRow) -> Term | None:
    match row:
        case Wording() | ConsensusEntry():
            return row.term
        case Position():
            return row.wording.term
        case Objection():
            return row.position.wording.term
        case Statement():
            return row.round.term
        case Dissent() | Support():
            return row.entry.term
    return None
