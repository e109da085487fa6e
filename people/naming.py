"""Questions about naming people: who may do it where, what waits for a decision, and which mandate would come of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from people.models import (
    Facilitation,
    Mandate,
    MandateProposal,
    MandateRole,
    Organisation,
    ProposalState,
    User,
    WorkingGroup,
)
from people.policy import may
from people.queries import facilitated_group_ids, valid_mandates
from people.roles import is_editor

Scope = WorkingGroup | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where a person names others for an organisation; None stands for all working groups at once."""

    organisation: Organisation
    names: Sequence[Scope]
    proposes: Sequence[Scope]
    belongs: bool

    @property
    def scopes(self) -> list[Scope]:
        """All of them, in the order of the groups."""
        return [*self.names, *self.proposes]

    @property
    def is_open(self) -> bool:
        """Whether the person has any business there."""
        return self.belongs or bool(self.scopes)


def desk_for(user: User | AnonymousUser, organisation: Organisation) -> Desk:
    """What this person may do about the mandates of an organisation today."""
    today = timezone.localdate()
    ended = organisation.ended_on is not None and organisation.ended_on < today
    rows = organisation.memberships.valid_on(today).select_related("group").order_by("group__name")
    scopes: list[Scope] = [] if ended else [*(row.group for row in rows), None]
    names = [group for group in scopes if may(user, "give_mandate", group)]
    proposes = [
        group
        for group in scopes
        if group not in names
        and may(user, "propose_mandate", MandateProposal(organisation=organisation, group=group))
    ]
    belongs = any(mandate.organisation_id == organisation.pk for mandate in valid_mandates(user))
    return Desk(organisation=organisation, names=names, proposes=proposes, belongs=belongs)


def waiting_proposals(user: User | AnonymousUser) -> QuerySet[MandateProposal]:
    """What waits for this person's decision: their groups; for editors what no facilitator could decide."""
    mine = Q(group_id__in=facilitated_group_ids(user))
    if is_editor(user):
        moderated = Facilitation.objects.valid_on(timezone.localdate()).filter(
            group=OuterRef("group"), user__is_active=True
        )
        mine = mine | Q(group=None) | Q(~Exists(moderated))
    rows = MandateProposal.objects.filter(mine, state=ProposalState.PROPOSED)
    return rows.select_related("organisation", "group", "user")


def first_day(proposal: MandateProposal) -> date:
    """The first day it can hold: today, or tomorrow where a speaker has to make room first."""
    today = timezone.localdate()
    start = max(proposal.valid_from or today, today)
    if proposal.role != MandateRole.SPEAKER or start > today:
        return start
    speaks = Mandate.objects.valid_on(today).filter(
        organisation_id=proposal.organisation_id, group_id=proposal.group_id, role=MandateRole.SPEAKER
    )
    return today + timedelta(days=1) if speaks.exists() else start


def mandate_of(proposal: MandateProposal, user: User | None) -> Mandate:
    """The mandate that comes of a proposal if it begins as soon as it can from now on; not stored."""
    return Mandate(
        organisation=proposal.organisation,
        group=proposal.group,
        role=proposal.role,
        user=user,
        valid_from=first_day(proposal),
        valid_until=proposal.valid_until,
        evidence_title=proposal.evidence_title,
        evidence_date=proposal.evidence_date,
        evidence_url=proposal.evidence_url,
    )
