"""Emptying a text that must not stay: the facts of the row stay, and stay provable."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from glossary.actions.guard import lock, record_act, tell
from glossary.models import (
    ConsensusEntry,
    Definition,
    Dissent,
    Explanation,
    Objection,
    Position,
    Source,
    Statement,
    Support,
    Term,
    Wording,
)
from glossary.policy import require
from glossary.states import RedactionReason
from people.models import User
from record.acting import action
from record.errors import Invalid, WrongState
from record.immutable import RedactableRow

__all__ = ["DefinitionText", "redact", "redact_all", "redact_definition"]


@dataclass(frozen=True, slots=True)
class DefinitionText:
    """One of the texts of a definition that are no part of what is agreed, and may be edited."""

    FIELDS: ClassVar[tuple[str, ...]] = ("title", "rationale", "state_reason")

    definition: Definition
    field: str


@action
def redact(*, row: RedactableRow, by: User, reason: str) -> RedactableRow:
    """An administrator empties the free text of a row, with what is computed from it and its salt.

    The record names the row, the reason (a RedactionReason) and a hash over what was kept. Final.
    Raises NotAllowed, Invalid (reason, a row without free text), WrongState (redacted already).
    """
    require(by, "redact", row)
    _refuse_reason(reason)
    if not row.REDACTED:
        raise Invalid(_("This row holds no free text."))
    manager = type(row)._default_manager
    row = manager.select_for_update(no_key=True, of=("self",)).get(pk=row.pk)
    now = timezone.now()
    if row.redacted_at is not None:
        raise WrongState(_("This text has been redacted already."))
    emptied = {**row.emptied(), "redacted_at": now}
    manager.filter(pk=row.pk).update(**emptied)
    for name, value in emptied.items():
        setattr(row, name, value)
    if isinstance(row, Source):
        # With its salt the digest would still tell whoever guesses the source that it was this one.
        Wording.objects.filter(pk=row.wording_id, salt__isnull=False).update(salt=None)
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


@action
def redact_definition(*, text: DefinitionText, by: User, reason: str) -> Definition:
    """An administrator replaces title, rationale or reason of a definition by a note that it was removed.

    The record names the definition, the field and the reason. Whoever brought it in may write another one.
    Raises NotAllowed, Invalid (reason, field), WrongState (nothing is there to be removed).
    """
    require(by, "redact", text.definition)
    _refuse_reason(reason)
    if text.field not in DefinitionText.FIELDS:
        raise Invalid(_("This row holds no free text."))
    definition = lock(text.definition)
    now = timezone.now()
    with translation.override(definition.term.language):
        note = gettext("Title removed") if text.field == "title" else gettext("This text was removed.")
    if getattr(definition, text.field) in {"", note}:
        raise WrongState(_("This text has been redacted already."))
    setattr(definition, text.field, note)
    definition.version += 1
    definition.save(update_fields=[text.field, "version"])
    tell(definition.term)
    facts: dict[str, Any] = {"reason": str(reason), "field": text.field}
    record_act("redact", "definition", definition.key, by=by, at=now, facts=facts)
    return definition


@action
def redact_all(*, rows: Sequence[RedactableRow | DefinitionText], by: User, reason: str) -> int:
    """A text and its copies, all or none; how many rows were emptied. Raises what `redact` raises, Invalid for none."""
    if not rows:
        raise Invalid(_("Please choose at least one text."), field="rows")
    for row in rows:
        if isinstance(row, DefinitionText):
            redact_definition(text=row, by=by, reason=reason)
        else:
            redact(row=row, by=by, reason=reason)
    return len(rows)


def _refuse_reason(reason: str) -> None:
    if reason not in RedactionReason.values:
        raise Invalid(_("Please choose the reason."), field="reason")


def _term_of(row: RedactableRow) -> Term | None:
    match row:
        case Wording() | ConsensusEntry() | Explanation():
            return row.term
        case Position() | Source():
            return row.wording.term
        case Objection():
            return row.position.wording.term
        case Statement():
            return row.round.term
        case Dissent() | Support():
            return row.entry.term
    return None
