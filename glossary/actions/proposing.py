"""Putting a definition before the others: an organisation's proposal or quotation, the group's joint draft.

Lock order: mandate → term → what readers search in → head. The record row is always the last write.
"""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from glossary.actions.guard import (
    acting_mandate,
    lock,
    says,
    tell,
)
from glossary.actions.wordings import (
    checked_title,
    make_wording,
    record_wording,
    same_sources,
    same_text,
    sources_of,
)
from glossary.data import SourceData
from glossary.models import Definition, DefinitionRevision, Draft, Term, Wording
from glossary.policy import require
from glossary.states import (
    DefinitionOrigin,
    SourceRelation,
)
from people.models import Organisation, User
from record.acting import action
from record.errors import Invalid, NotAllowed, Stale, WrongState
from record.keys import issue_key

__all__ = ["propose_definition", "start_joint_draft"]


@action
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
    _check_origin(origin, sources)
    _discard(draft, organisation=organisation)
    return _put_forward(
        Definition(
            term=term,
            origin=origin,
            title=checked_title(title),
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


@action
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
            title=checked_title(title),
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


def _check_origin(origin: str, sources: Sequence[SourceData]) -> None:
    if origin not in {DefinitionOrigin.PROPOSAL, DefinitionOrigin.SOURCE}:
        raise Invalid(
            _("Please say whether this is your own proposal or quoted from a source."), field="origin"
        )
    if origin == DefinitionOrigin.SOURCE and not sources:
        raise Invalid(_("Please name the source you quote."), field="sources")


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
    record_wording(act, definition, by, now)
    return definition
