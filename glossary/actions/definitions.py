"""Acts on definitions: put forward, revise, withdraw, set aside, return.

Lock order: mandate → term → definition → what readers search in → head. The record row is always the last write.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from glossary.actions.guard import (
    acting_mandate,
    at_most,
    expect_version,
    lock,
    record_act,
    record_row,
    required,
    says,
    tell,
)
from glossary.actions.wordings import make_wording, same_sources, same_text, sources_of
from glossary.data import SourceData
from glossary.errors import WordingIsBeingAsked
from glossary.models import Definition, DefinitionRevision, Draft, Term, Wording
from glossary.policy import require
from glossary.states import (
    DEFINITION_ACTS,
    DEFINITION_TRANSITIONS,
    DefinitionOrigin,
    DefinitionState,
    SourceRelation,
)
from people.models import Organisation, User
from record.chain import Fact
from record.errors import Invalid, NotAllowed, Stale, WrongState
from record.keys import issue_key

__all__ = [
    "edit_definition", "propose_definition", "return_definition", "revise_definition", "set_aside_definition",
    "start_joint_draft", "withdraw_definition",
]  # fmt: skip

TITLE_LENGTH = 160


@transaction.atomic
def propose_definition(
    *,
    term: Term,
    by: User,
    organisation: Organisation,
    title: str,
    text: str,
    scope: str = "",
    rationale: str = "",
    origin: str = DefinitionOrigin.PROPOSAL,
    sources: Sequence[SourceData] = (),
    draft: Draft | None = None,
    submission_key: str | None = None,
) -> Definition:
    """An organisation puts a definition before the others. Sent twice with one key, it is made once.

    Effects: wording (public from now on), definition, revision 1, record; the draft it was written in is deleted.
    Raises NotAllowed, Invalid (title, text, scope, sources), WrongState for a retired term.
    """
    require(by, "propose_definition", term)
    now = timezone.now()
    mandate = acting_mandate(by=by, act="propose_definition", obj=term, organisation=organisation, now=now)
    term = lock(term)
    if known := _already_sent(submission_key, by, term):
        same = says(known, organisation=organisation, origin=origin)
        if same and _puts_the_same(known, title, rationale, text, scope, sources):
            return known
        raise Stale(_sent_before(known), current=known)
    _refuse_retired(term)
    if origin not in {DefinitionOrigin.PROPOSAL, DefinitionOrigin.SOURCE}:
        raise Invalid(
            _("Please say whether this is your own proposal or quoted from a source."), field="origin"
        )
    if origin == DefinitionOrigin.SOURCE and not sources:
        raise Invalid(_("Please name the source you quote."), field="sources")
    _discard(draft, organisation=organisation)
    return _put_forward(
        Definition(
            term=term,
            origin=origin,
            title=_title(title),
            rationale=rationale.strip(),
            organisation=organisation,
            mandate=mandate,
            submission_key=submission_key or None,
        ),
        by=by,
        text=text,
        scope=scope,
        sources=sources,
        act="propose_definition",
    )


@transaction.atomic
def start_joint_draft(
    *,
    term: Term,
    by: User,
    title: str,
    text: str,
    scope: str = "",
    rationale: str = "",
    parents: Sequence[Definition] = (),
    sources: Sequence[SourceData] = (),
    draft: Draft | None = None,
    submission_key: str | None = None,
) -> Definition:
    """The facilitator opens the working group's joint draft, made from several definitions. One at a time per term.

    Raises NotAllowed, Invalid, WrongState when the term is retired or a joint draft is open.
    """
    require(by, "start_joint_draft", term)
    term = lock(term)
    if known := _already_sent(submission_key, by, term):
        same = {parent.wording_id for parent in parents} == set(
            _first_wording(known).parents.values_list("pk", flat=True)
        )
        if same and _puts_the_same(known, title, rationale, text, scope, sources or _inherited(parents)):
            return known
        raise Stale(_sent_before(known), current=known)
    _refuse_retired(term)
    if term.definitions.proposed().filter(origin=DefinitionOrigin.JOINT_DRAFT).exists():
        raise WrongState(_("There is an open joint draft of this term already."))
    if any(parent.term_id != term.pk for parent in parents):
        raise Invalid(_("A joint draft is made from definitions of the same term."), field="parents")
    _discard(draft, group_id=term.steward_id)
    return _put_forward(
        Definition(
            term=term,
            origin=DefinitionOrigin.JOINT_DRAFT,
            title=_title(title),
            rationale=rationale.strip(),
            group=term.steward,
            submission_key=submission_key or None,
        ),
        by=by,
        text=text,
        scope=scope,
        sources=sources or _inherited(parents),
        parents=parents,
        act="start_joint_draft",
    )


@transaction.atomic
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
    _saved(definition, "wording")
    _record_wording("revise_definition", definition, by, now)
    return definition


@transaction.atomic
def edit_definition(
    *, definition: Definition, by: User, title: str, rationale: str, expected_version: int
) -> Definition:
    """New title or rationale; neither is part of what is agreed. Raises NotAllowed, Stale, WrongState, Invalid."""
    require(by, "edit_definition", definition)
    definition, now = _locked(definition, "edit_definition", expected_version)
    definition.title, definition.rationale = _title(title), rationale.strip()
    _saved(definition, "title", "rationale")
    _record("edit_definition", definition, by, now)
    return definition


@transaction.atomic
def withdraw_definition(*, definition: Definition, by: User, expected_version: int) -> Definition:
    """Whoever brought it in takes it off the table; it stays readable and may return.

    Raises NotAllowed, Stale, WrongState, WordingIsBeingAsked.
    """
    require(by, "withdraw_definition", definition)
    definition, now = _locked(definition, "withdraw_definition", expected_version)
    _refuse_while_asked(definition)
    return _moved(definition, DefinitionState.WITHDRAWN, "withdraw_definition", by, now)


@transaction.atomic
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


@transaction.atomic
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


def _refuse_retired(term: Term) -> None:
    if term.retired_on is not None:
        raise WrongState(_("This term has been retired."))


def _already_sent(submission_key: str | None, by: User, term: Term) -> Definition | None:
    """The definition sent under this key already. Raises Stale for a key that belongs to something else."""
    if not submission_key:
        return None
    known = Definition.objects.filter(submission_key=submission_key).first()
    if known and (known.actor_key, known.term_id) != (by.key, term.pk):
        raise Stale
    return known


def _first_wording(definition: Definition) -> Wording:
    """The wording it was put forward with; it may have been revised since."""
    return definition.revisions.select_related("wording").get(number=1).wording


def _puts_the_same(
    known: Definition, title: str, rationale: str, text: str, scope: str, sources: Sequence[SourceData]
) -> bool:
    """Whether this is the same form sent again, and not another text typed into it."""
    wording = _first_wording(known)
    return (
        says(known, title=title.strip(), rationale=rationale.strip())
        and same_text(wording, text, scope)
        and same_sources(wording, sources)
    )


def _sent_before(known: Definition) -> str:
    return _(
        "You have published “%(title)s” with this form already. To correct it, revise that definition. "
        "If you publish again, this becomes another definition."
    ) % {"title": known.title}


def _title(title: str) -> str:
    return at_most(required(title, field="title"), TITLE_LENGTH, field="title")


def _inherited(parents: Sequence[Definition]) -> list[SourceData]:
    """The sources of all parents, each once; what was quoted is adapted in the joint draft."""
    found: list[SourceData] = []
    for parent in parents:
        for source in sources_of(parent.wording, quoted_as=SourceRelation.ADAPTED):
            if source not in found:
                found.append(source)
    return found


def _discard(
    draft: Draft | None, *, organisation: Organisation | None = None, group_id: int | None = None
) -> None:
    """Submitting deletes the draft, if it is the same owner's."""
    if draft is None:
        return
    owner = (organisation.pk if organisation else None, group_id)
    if (draft.organisation_id, draft.group_id) != owner:
        raise NotAllowed(_("This draft belongs to somebody else."))
    draft.delete()


def _put_forward(
    definition: Definition,
    *,
    by: User,
    text: str,
    scope: str,
    sources: Sequence[SourceData],
    act: str,
    parents: Sequence[Definition] = (),
) -> Definition:
    now = timezone.now()
    definition.key = issue_key(kind="definition")
    definition.actor_key, definition.proposed_at = by.key, now
    definition.wording = make_wording(
        term=definition.term,
        by=by,
        at=now,
        text=text,
        scope=scope,
        parents=[parent.wording for parent in parents],
        sources=sources,
    )
    definition.save(force_insert=True)
    DefinitionRevision.objects.create(
        definition=definition, number=1, wording=definition.wording, made_at=now
    )
    tell(definition.term)
    _record_wording(act, definition, by, now)
    return definition


def _record_wording(act: str, definition: Definition, by: User, at: datetime) -> None:
    """The record row of a new wording. It comes last: whoever holds the head waits for nobody any more."""
    facts: dict[str, Fact] = {"definition": definition.key}
    record_row(act, definition.wording, by=by, at=at, organisation=definition.organisation, facts=facts)


def _moved(definition: Definition, to: str, act: str, by: User, now: datetime) -> Definition:
    if to not in DEFINITION_TRANSITIONS[definition.state]:
        raise WrongState(_("This definition is not in a state in which that is possible."))
    before, definition.state = definition.state, to
    _saved(definition, "state", "state_reason", "merged_into")
    merged = definition.merged_into.key if definition.merged_into else None
    _record(act, definition, by, now, before=before, after=to, merged_into=merged)
    return definition


def _record(act: str, definition: Definition, by: User, now: datetime, **facts: Fact) -> None:
    owner = definition.organisation if act != "set_aside_definition" else None
    record_act(act, "definition", definition.key, by=by, at=now, organisation=owner, facts=facts)


def _saved(definition: Definition, *columns: str) -> None:
    definition.version += 1
    definition.save(update_fields=[*columns, "version"])
    tell(definition.term)
