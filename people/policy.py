"""Who is who in a group, and who may do which act of `people`."""

from collections.abc import Callable
from datetime import date

from django.contrib.auth.models import AnonymousUser

from people.models import Mandate, MandateProposal, MandateRole, Organisation, User, WorkingGroup
from people.queries import facilitated_group_ids, group_ids_of, speaking_mandates, valid_mandates
from people.roles import is_administrator, is_editor, is_moderator

Someone = User | AnonymousUser

__all__ = [
    "is_facilitator",
    "is_member",
    "is_participant",
    "may",
    "speaking_mandates",
    "speaks_for",
    "valid_mandates",
]


def is_facilitator(user: Someone, group: WorkingGroup | None, on: date | None = None) -> bool:
    """Moderates this group on a day (default: today)."""
    return group is not None and group.pk in facilitated_group_ids(user, on)


def is_member(user: Someone, group: WorkingGroup | None, on: date | None = None) -> bool:
    """Reads what the group reads: any valid mandate in it, its facilitators, editors and moderators."""
    if is_editor(user) or is_moderator(user):
        return True
    if group is None:
        return False
    return is_facilitator(user, group, on) or group.pk in group_ids_of(user, on)


def is_participant(user: Someone) -> bool:
    """Belongs to the network anywhere: sees the names of people."""
    return (
        is_editor(user)
        or is_moderator(user)
        or bool(valid_mandates(user))
        or bool(facilitated_group_ids(user))
    )


def speaks_for(user: Someone, organisation: Organisation | None) -> bool:
    """Takes positions for this organisation, in one group or all."""
    if organisation is None:
        return False
    return any(mandate.organisation_id == organisation.pk for mandate in speaking_mandates(user))


def _administrator(user: Someone, _obj: object) -> bool:
    return is_administrator(user)


def _editor(user: Someone, _obj: object) -> bool:
    return is_editor(user)


def _group_desk(user: Someone, obj: object) -> bool:
    """Editors anywhere, facilitators in their own group."""
    return is_editor(user) or (isinstance(obj, WorkingGroup) and is_facilitator(user, obj))


def _speaks_there(user: Someone, obj: object) -> bool:
    """Speaker of the organisation a mandate or proposal is about, in its group; of all groups only who speaks in all."""
    if not isinstance(obj, Mandate | MandateProposal):
        return False
    return any(
        mandate.organisation_id == obj.organisation_id and mandate.group_id in (None, obj.group_id)
        for mandate in valid_mandates(user, roles={MandateRole.SPEAKER})
    )


def _may_end(user: Someone, obj: object) -> bool:
    """The desk of the group; everybody their own; the speaker those who act beside them."""
    if not isinstance(obj, Mandate):
        return _group_desk(user, obj)
    if obj.user_id == user.pk or _group_desk(user, obj.group):
        return True
    return obj.role != MandateRole.SPEAKER and _speaks_there(user, obj)


# Act → predicate(user, object). The object is what the act is about; for memberships and given mandates the group
# (None means all groups), for ending one the mandate, for a proposal the proposal.
ACTS: dict[str, Callable[[Someone, object], bool]] = {
    "create_organisation": _editor,
    "change_organisation": _editor,
    "end_organisation": _editor,
    "create_group": _editor,
    "change_group": _group_desk,
    "end_group": _editor,
    "add_member": _group_desk,
    "end_membership": _group_desk,
    "name_facilitator": _editor,
    "end_facilitation": _editor,
    "give_mandate": _group_desk,
    "end_mandate": _may_end,
    "propose_mandate": _speaks_there,
    "withdraw_proposal": _speaks_there,
    "decide_proposal": lambda user, obj: isinstance(obj, MandateProposal) and _group_desk(user, obj.group),
    "invite": _group_desk,
    "revoke_invitation": _group_desk,
    "set_roles": _administrator,
    "erase_person": _administrator,
}


def may(user: Someone, act: str, obj: object = None) -> bool:
    """May this person do this act, now? Raises KeyError for an act that does not exist."""
    return user.is_active and ACTS[act](user, obj)
