"""Mails about naming people: to those who decide, and to whoever proposed."""

from django.utils import formats, translation

from people.actions.outbox import enqueue
from people.links import absolute, absolute_reverse
from people.models import MandateProposal, User
from people.queries import facilitators_of
from people.roles import editors


def tell_deciders(proposal: MandateProposal) -> None:
    """The facilitators of the group; the editors where there is none, or where it holds in all groups."""
    deciders = facilitators_of(proposal.group) if proposal.group else []
    for user in deciders or editors():
        with translation.override(user.language):
            url = absolute(proposal.get_absolute_url())
        _send(proposal, "mandate_proposed", user, url)


def tell_proposer(proposal: MandateProposal, template: str) -> None:
    """Whoever proposed it learns what became of it."""
    user = proposal.proposed_by
    url = absolute_reverse("people:mandates", language=user.language, slug=proposal.organisation.slug)
    _send(proposal, template, user, url)


def _send(proposal: MandateProposal, template: str, user: User, url: str) -> None:
    with translation.override(user.language):
        context = {
            "organisation_name": proposal.organisation.name,
            "role_name": str(proposal.get_role_display()),
            "group_name": proposal.group.name if proposal.group else "",
            "person_name": proposal.shown_name,
            # Erasing a person takes back mails that name them.
            "person_key": proposal.user.key if proposal.user else "",
            "person_address": _address(proposal),
            "invited": proposal.user_id is None,
            "reason": proposal.refusal,
            "valid_from": formats.date_format(proposal.valid_from) if proposal.valid_from else "",
            "url": url,
        }
    enqueue(event=f"{template}:{proposal.key}", template=template, context=context, user=user)


def _address(proposal: MandateProposal) -> str:
    """Of somebody named by address: while it waits in the proposal, then in the invitation."""
    return proposal.email or (proposal.invitation.email if proposal.invitation else "")
