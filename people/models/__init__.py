"""People and organisations: who may speak for whom."""

from people.models.group import Facilitation, GroupMembership, WorkingGroup
from people.models.invitation import Invitation
from people.models.mandate import Mandate, MandateRole
from people.models.organisation import Organisation, OrganisationKind, OrganisationSlug
from people.models.outbox import OutboxMessage
from people.models.proposal import MandateProposal, ProposalState
from people.models.user import User

__all__ = [
    "Facilitation",
    "GroupMembership",
    "Invitation",
    "Mandate",
    "MandateProposal",
    "MandateRole",
    "Organisation",
    "OrganisationKind",
    "OrganisationSlug",
    "OutboxMessage",
    "ProposalState",
    "User",
    "WorkingGroup",
]
