"""Drafts: unsent texts of one organisation or working group. Never recorded, never shown to anybody else."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from glossary.actions.guard import expect_version, lock
from glossary.models import Definition, Draft, Round, Term
from glossary.policy import acting_organisations, require
from glossary.states import DraftKind
from people.memo import look_again
from people.models import Organisation, User, WorkingGroup
from people.policy import is_facilitator
from record.acting import action
from record.errors import Invalid, NotAllowed

__all__ = ["discard_draft", "save_draft"]


@action
def save_draft(
    *,
    by: User,
    kind: str,
    organisation: Organisation | None = None,
    group: WorkingGroup | None = None,
    term: Term | None = None,
    definition: Definition | None = None,
    round: Round | None = None,
    content: dict[str, Any],
    draft: Draft | None = None,
    expected_version: int | None = None,
) -> Draft:
    """Keep what was typed for the owner's other people, whatever it is. An organisation has one draft answer per round.

    Raises NotAllowed, Stale (somebody of the same organisation saved meanwhile), Invalid.
    """
    if kind not in DraftKind.values:
        raise Invalid(_("There is no such kind of draft."), field="kind")
    owner = organisation or group
    if owner is None or (organisation and group):
        raise Invalid(_("A draft belongs to one organisation or one working group."))
    about = round or definition or term
    # Two people of one owner wait for each other, so that the second finds the first one's draft.
    lock(owner)
    if draft is None and kind == DraftKind.POSITION:
        draft = Draft.objects.filter(kind=kind, round=round, organisation=organisation).first()
    look_again(by)
    _demand(by, about, organisation, group)
    if draft is None:
        draft = Draft(
            kind=kind,
            organisation=organisation,
            group=group,
            term=term,
            definition=definition,
            round=round,
            version=0,
        )
    else:
        draft = lock(draft)
        require(by, "discard_draft", draft)
        if expected_version is not None:
            expect_version(draft, expected_version)
    draft.content, draft.updated_at, draft.updated_by = content, timezone.now(), by
    draft.version += 1
    draft.save()
    return draft


@action
def discard_draft(*, draft: Draft, by: User) -> None:
    """Thrown away for good. Raises NotAllowed."""
    require(by, "discard_draft", draft)
    draft.delete()


def _demand(
    by: User,
    about: Term | Definition | Round | None,
    organisation: Organisation | None,
    group: WorkingGroup | None,
) -> None:
    if about is None:
        raise Invalid(_("A draft is about a term, a definition or a round."))
    if organisation is not None:
        mandates = acting_organisations(by, "save_draft", about)
        allowed = any(mandate.organisation_id == organisation.pk for mandate in mandates)
    else:
        allowed = is_facilitator(by, group)
    if not allowed:
        raise NotAllowed(_("You do not write for this organisation or working group."))
