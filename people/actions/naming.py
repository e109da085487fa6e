"""Naming people: a speaker proposes who shall act for the organisation, a facilitator confirms or refuses.

Source: domain.md, "A speaker names successor and deputy; a facilitator confirms". Whether an address has an account is
shown to nobody: who is named by an address gets an invitation in any case, and the mandate begins when it is accepted.
Lock order: organisation → proposal → mandate → head.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.actions.common import as_text, clean, demand, not_backwards, not_too_far, write_record
from people.actions.invitations import send_invitation
from people.actions.mandates import check_member, check_not_twice, check_speaker, hand_over, taken_place
from people.actions.naming_mails import tell_deciders, tell_proposer
from people.models import (
    Invitation,
    Mandate,
    MandateProposal,
    MandateRole,
    Organisation,
    ProposalState,
    User,
    WorkingGroup,
)
from people.naming import first_day, mandate_of
from people.roles import is_editor
from record.acting import action
from record.errors import Invalid, NotAllowed, WrongState

REFUSAL_LENGTH = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """Who shall act for whom. The person by account, or by name and address; without `valid_from` as soon as possible."""

    organisation: Organisation
    group: WorkingGroup | None
    role: str
    user: User | None = None
    person_name: str = ""
    email: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    evidence_title: str = ""
    evidence_date: date | None = None
    evidence_url: str = ""


@action
def propose_mandate(*, naming: Naming, by: User) -> MandateProposal:
    """The speaker names a successor, deputy, drafter or observer. Nothing changes before a facilitator confirms.

    Raises NotAllowed, Invalid. Effects: row, mail to those who decide, record.
    """
    proposal = _row(naming, by=by)
    demand(by, "propose_mandate", proposal)
    _store(proposal, by=by)
    tell_deciders(proposal)
    return proposal


@action
def name_person(*, naming: Naming, by: User) -> MandateProposal:
    """The group's desk names somebody itself: proposed and confirmed in one act.

    Raises NotAllowed, Invalid. Effects: row, then those of confirming, each recorded.
    """
    demand(by, "give_mandate", naming.group)
    proposal = _store(_row(naming, by=by), by=by)
    _confirm(proposal, by=by)
    return proposal


@action
def confirm_proposal(*, proposal: MandateProposal, by: User) -> MandateProposal:
    """The mandate is given to somebody who acts for the organisation; who is named by an address gets an invitation.

    A new speaker takes the place of the one there is. Raises NotAllowed, WrongState, Invalid (no member any more,
    another speaker). Effects: mandate or invitation with their mails, mail to whoever proposed, record.
    """
    demand(by, "decide_proposal", proposal)
    row = _locked(proposal)
    _confirm(row, by=by)
    # Where the mandate begins at once, the mail about it is enough.
    if row.invitation is not None and row.proposed_by_id != by.pk:
        tell_proposer(row, "mandate_confirmed")
    return row


@action
def refuse_proposal(*, proposal: MandateProposal, by: User, reason: str = "") -> MandateProposal:
    """The mandate is not given. Raises NotAllowed, WrongState. Effects: mail to whoever proposed, record.

    About somebody without an account the reason is in the mail only: nobody could find it again to erase it.
    """
    demand(by, "decide_proposal", proposal)
    row = _locked(proposal)
    row.refusal = reason.strip()[:REFUSAL_LENGTH]
    if row.proposed_by_id != by.pk:
        tell_proposer(row, "mandate_refused")
    return _settled(row, ProposalState.REFUSED, by=by)


@action
def withdraw_proposal(*, proposal: MandateProposal, by: User) -> MandateProposal:
    """The speaker takes it back before somebody has decided. Raises NotAllowed, WrongState."""
    demand(by, "withdraw_proposal", proposal)
    return _settled(_locked(proposal), ProposalState.WITHDRAWN, by=by)


def withdraw_proposals_about(user: User, address: str, *, by: User) -> None:
    """A step of erasing a person: nothing about them waits any more, and what was said about them is not kept."""
    about = MandateProposal.objects.filter(
        Q(user=user) | Q(email__iexact=address) | Q(invitation__email__iexact=address)
    )
    kept = list(about.values_list("pk", flat=True))
    rows = about.select_related("organisation", "group", "user", "invitation")
    for row in rows.filter(state=ProposalState.PROPOSED).select_for_update(no_key=True, of=("self",)):
        _settled(row, ProposalState.WITHDRAWN, by=by)
    MandateProposal.objects.filter(pk__in=kept).update(refusal="", person_name="")


# ---- steps


def _row(naming: Naming, *, by: User) -> MandateProposal:
    values: dict[str, Any] = {name: getattr(naming, name) for name in Naming.__slots__}
    values["email"] = naming.email.strip().lower()
    values["person_name"] = naming.person_name.strip()
    values["evidence_title"] = naming.evidence_title.strip()
    return MandateProposal(**values, proposed_by=by, proposed_at=timezone.now())


def _store(proposal: MandateProposal, *, by: User) -> MandateProposal:
    """Check, store and record a proposal; the organisation is locked first."""
    proposal.organisation = Organisation.objects.select_for_update(no_key=True).get(
        pk=proposal.organisation_id
    )
    _check_person(proposal)
    if proposal.valid_from is not None:
        not_backwards(proposal.valid_from, field="valid_from")
        if proposal.valid_from < first_day(proposal):
            raise Invalid(_("A successor begins tomorrow at the earliest."), field="valid_from")
    not_too_far(proposal.valid_from, field="valid_from")
    not_too_far(proposal.valid_until, field="valid_until")
    _check(proposal)
    clean(proposal)
    _check_not_waiting(proposal)
    proposal.save(force_insert=True)
    _record("mandate_proposed", proposal, by=by)
    return proposal


def _confirm(row: MandateProposal, *, by: User) -> None:
    mandate = _check(row)
    row.replaces = taken_place(mandate)
    if row.user is not None:
        hand_over(mandate, by=by, before=row.replaces)
    else:
        _check_not_invited(row)
        if row.email == by.email.lower() and not is_editor(by):
            raise NotAllowed(_("Nobody gives a role to themselves. Ask the editors."))
        row.invitation = send_invitation(
            email=row.email,
            organisation=row.organisation,
            group=row.group,
            role=row.role,
            by=by,
            person_name=row.person_name,
        )
    _settled(row, ProposalState.CONFIRMED, by=by)


def _settled(row: MandateProposal, state: ProposalState, *, by: User) -> MandateProposal:
    """Store the decision and forget the address; the name too, unless somebody still has to accept."""
    row.state, row.decided_by, row.decided_at, row.email = state, by, timezone.now(), ""
    if row.invitation is None:
        row.person_name = ""
    if row.user is None:
        row.refusal = ""
    row.save(
        update_fields=[
            "state", "decided_by", "decided_at", "email", "person_name", "refusal", "invitation", "replaces",
        ]
    )  # fmt: skip
    _record(f"mandate_proposal_{state}", row, by=by)
    return row


def _locked(proposal: MandateProposal) -> MandateProposal:
    """The organisation, then the proposal, which nobody has decided yet. Raises WrongState."""
    Organisation.objects.select_for_update(no_key=True).get(pk=proposal.organisation_id)
    rows = MandateProposal.objects.select_related("organisation", "group", "user", "proposed_by")
    row = rows.select_for_update(no_key=True, of=("self",)).get(pk=proposal.pk)
    if row.state != ProposalState.PROPOSED:
        raise WrongState(_("Somebody has decided about this proposal already."))
    return row


def _check_person(proposal: MandateProposal) -> None:
    """Exactly one person: with an account, or with name and address. Raises Invalid."""
    if proposal.user is not None:
        if proposal.person_name or proposal.email:
            raise Invalid(_("Choose somebody, or enter name and address, not both."), field="user")
        return
    if not proposal.person_name:
        raise Invalid(
            _("Please enter the name, so that the moderation knows who is meant."), field="person_name"
        )
    try:
        validate_email(proposal.email)
    except ValidationError as error:
        raise Invalid(error.messages[0], field="email") from error


def _check(proposal: MandateProposal) -> Mandate:
    """What has to be right when it is proposed and again when it is confirmed. Raises Invalid."""
    if proposal.role not in MandateRole.values:
        raise Invalid(_("Choose one of the roles."), field="role")
    mandate = mandate_of(proposal, proposal.user)
    start, organisation = mandate.valid_from, proposal.organisation
    if organisation.ended_on is not None and organisation.ended_on < start:
        raise Invalid(_("This organisation has ended."), field="organisation")
    if proposal.valid_until is not None and proposal.valid_until < start:
        raise Invalid(_("It cannot end before it begins."), field="valid_until")
    check_member(organisation, proposal.group, start)
    check_speaker(mandate, but=taken_place(mandate))
    if proposal.user is not None:
        check_not_twice(mandate)
    return mandate


def _check_not_waiting(proposal: MandateProposal) -> None:
    """The same proposal does not wait twice, however often the form is sent. Raises Invalid."""
    same = MandateProposal.objects.filter(
        state=ProposalState.PROPOSED,
        organisation=proposal.organisation,
        group=proposal.group,
        role=proposal.role,
        user=proposal.user,
        email=proposal.email,
    )
    if same.exists():
        raise Invalid(_("This has been proposed already and waits for the moderation."))


def _check_not_invited(proposal: MandateProposal) -> None:
    """One invitation for one purpose: a second one would make the first link lead nowhere. Raises Invalid."""
    same = Invitation.objects.open_at(timezone.now()).filter(
        email=proposal.email, organisation=proposal.organisation, group=proposal.group, role=proposal.role
    )
    if same.exists():
        raise Invalid(_("An invitation for this is on its way already. Revoke it first to send another one."))


def _record(act: str, row: MandateProposal, *, by: User) -> None:
    """Never the name or the address."""
    write_record(
        act,
        by=by,
        at=timezone.now(),
        kind="mandate_proposal",
        key=row.key,
        organisation=row.organisation,
        facts={
            "role": str(row.role),
            "group": row.group.key if row.group else None,
            "person": row.user.key if row.user else None,
            "from": as_text(row.valid_from),
            "until": as_text(row.valid_until),
        },
    )
