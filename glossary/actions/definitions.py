"""Acts on definitions: put forward, revise, withdraw, set aside, return.

Lock order: mandate → term → definition → what readers search in → head. The record row is always the last write.
"""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from glossary.actions.guard import (
    expect_version,
    lock,
    record_act,
    required,
    saved,
)
from glossary.actions.wordings import checked_title, make_wording, record_wording, same_text, sources_of
from glossary.errors import WordingIsBeingAsked
from glossary.models import Definition, DefinitionRevision
from glossary.policy import require
from glossary.states import (
    DEFINITION_ACTS,
    DEFINITION_TRANSITIONS,
    DefinitionOrigin,
    DefinitionState,
    SourceRelation,
)
from people.models import User
from record.acting import action
from record.chain import Fact
from record.errors import Invalid, WrongState

__all__ = [
    "edit_definition", "return_definition", "revise_definition", "set_aside_definition", "withdraw_definition",
]  # fmt: skip


@action
def revise_definition(
    *, definition: Definition, by: User, text: str, scope: str, expected_version: int
) -> Definition:
    """A new wording for a proposal or joint draft, by whoever brought it in. The old wording stays on record.

    Raises NotAllowed, Stale, WrongState, WordingIsBeingAsked, Invalid (also when nothing changed).
    """
    require(by, "revise_definition", definition)
    definition, now = _locked(definition, "revise_definition", expected_version)
    if definition.origin == DefinitionOrigin.SOURCE:
        raise WrongState(_("A quoted definition is never changed. You can make a proposal on its basis."))
    _refuse_while_asked(definition)
    if same_text(definition.wording, text, scope):
        raise Invalid(_("You have not changed anything in the wording."), field="text")
    wording = make_wording(
        term=definition.term,
        by=by,
        at=now,
        text=text,
        scope=scope,
        parents=[definition.wording],
        sources=sources_of(definition.wording, quoted_as=SourceRelation.ADAPTED),
    )
    definition.wording = wording
    number = definition.revisions.count() + 1
    DefinitionRevision.objects.create(definition=definition, number=number, wording=wording, made_at=now)
    saved(definition, "wording")
    record_wording("revise_definition", definition, by, now)
    return definition


@action
def edit_definition(
    *, definition: Definition, by: User, title: str, rationale: str, expected_version: int
) -> Definition:
    """New title or rationale; neither is part of what is agreed. Raises NotAllowed, Stale, WrongState, Invalid."""
    require(by, "edit_definition", definition)
    definition, now = _locked(definition, "edit_definition", expected_version)
    definition.title, definition.rationale = checked_title(title), rationale.strip()
    saved(definition, "title", "rationale")
    _record("edit_definition", definition, by, now)
    return definition


@action
def withdraw_definition(*, definition: Definition, by: User, expected_version: int) -> Definition:
    """Whoever brought it in takes it off the table; it stays readable and may return.

    Raises NotAllowed, Stale, WrongState, WordingIsBeingAsked.
    """
    require(by, "withdraw_definition", definition)
    definition, now = _locked(definition, "withdraw_definition", expected_version)
    _refuse_while_asked(definition)
    return _moved(definition, DefinitionState.WITHDRAWN, "withdraw_definition", by, now)


@action
def set_aside_definition(
    *,
    definition: Definition,
    by: User,
    reason: str,
    merged_into: Definition | None = None,
    expected_version: int,
) -> Definition:
    """The facilitator sets it aside, with a reason and optionally "merged into …".

    Raises NotAllowed, Stale, WrongState, WordingIsBeingAsked, Invalid.
    """
    require(by, "set_aside_definition", definition)
    definition, now = _locked(definition, "set_aside_definition", expected_version)
    _refuse_while_asked(definition)
    if merged_into and (merged_into.term_id != definition.term_id or merged_into.pk == definition.pk):
        raise Invalid(_("Please choose another definition of the same term."), field="merged_into")
    definition.state_reason = required(reason, field="reason")
    definition.merged_into = merged_into
    return _moved(definition, DefinitionState.SET_ASIDE, "set_aside_definition", by, now)


@action
def return_definition(*, definition: Definition, by: User, expected_version: int) -> Definition:
    """Back on the table: what was withdrawn by whoever brought it in, what was set aside by the facilitator.

    Raises NotAllowed, Stale, WrongState (also when another joint draft is open).
    """
    require(by, "return_definition", definition)
    lock(definition.term)
    definition, now = _locked(definition, "return_definition", expected_version)
    # The state decides who may return it, so it is asked again under the lock.
    require(by, "return_definition", definition)
    others = definition.term.definitions.proposed().filter(origin=DefinitionOrigin.JOINT_DRAFT)
    if definition.origin == DefinitionOrigin.JOINT_DRAFT and others.exists():
        raise WrongState(_("There is an open joint draft of this term already."))
    definition.state_reason, definition.merged_into = "", None
    return _moved(definition, DefinitionState.PROPOSED, "return_definition", by, now)


# ---- steps


def _locked(definition: Definition, act: str, expected_version: int) -> tuple[Definition, datetime]:
    """Lock, compare the version, check the state, read the clock."""
    definition = lock(definition)
    now = timezone.now()
    expect_version(definition, expected_version)
    if definition.state not in DEFINITION_ACTS[act]:
        raise WrongState(_("This definition is not in a state in which that is possible."))
    return definition, now


def _refuse_while_asked(definition: Definition) -> None:
    if definition.is_being_asked():
        raise WordingIsBeingAsked


def _moved(definition: Definition, to: str, act: str, by: User, now: datetime) -> Definition:
    if to not in DEFINITION_TRANSITIONS[definition.state]:
        raise WrongState(_("This definition is not in a state in which that is possible."))
    before, definition.state = definition.state, to
    saved(definition, "state", "state_reason", "merged_into")
    merged = definition.merged_into.key if definition.merged_into else None
    _record(act, definition, by, now, before=before, after=to, merged_into=merged)
    return definition


def _record(act: str, definition: Definition, by: User, now: datetime, **facts: Fact) -> None:
    owner = definition.organisation if act != "set_aside_definition" else None
    record_act(act, "definition", definition.key, by=by, at=now, organisation=owner, facts=facts)
