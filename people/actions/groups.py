"""Working groups: their commission, their members, their facilitators."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.actions.common import as_text, clean, demand, not_backwards, write_record
from people.models import Facilitation, GroupMembership, Organisation, User, WorkingGroup
from record.acting import action
from record.errors import Invalid
from record.keys import issue_key
from record.slug import german_slug

# The address of a group never changes; its end has its own act.
DESCRIPTION = frozenset(
    {"name", "description", "commission_text", "commission_date", "commission_evidence", "commission_url"}
)


@action
def create_group(*, by: User, name: str, slug: str = "", **description: Any) -> WorkingGroup:
    """A new working group; without a commission its page says "in Klärung". Raises NotAllowed, Invalid."""
    demand(by, "create_group")
    group = WorkingGroup(
        key=issue_key(kind="group"), name=name, slug=slug or german_slug(name), **_known(description)
    )
    clean(group)
    group.save(force_insert=True)
    write_record("group_created", by=by, at=timezone.now(), kind="group", key=group.key)
    return group


@action
def change_group(*, group: WorkingGroup, by: User, **changes: Any) -> WorkingGroup:
    """Describe the group or its commission differently. Raises NotAllowed, Invalid."""
    demand(by, "change_group", group)
    row = _locked(group)
    changed = sorted(name for name, value in _known(changes).items() if getattr(row, name) != value)
    if not changed:
        return row
    for name in changed:
        setattr(row, name, changes[name])
    clean(row)
    row.save(update_fields=changed)
    facts = {"changed": ",".join(changed)}
    write_record("group_changed", by=by, at=timezone.now(), kind="group", key=row.key, facts=facts)
    return row


@action
def end_group(*, group: WorkingGroup, by: User, ended_on: date) -> WorkingGroup:
    """The group ends with this day. Raises NotAllowed, Invalid."""
    demand(by, "end_group", group)
    row = _locked(group)
    if row.ended_on is not None:
        raise Invalid(_("This working group has ended already."))
    not_backwards(ended_on, field="ended_on")
    row.ended_on = ended_on
    row.save(update_fields=["ended_on"])
    facts = {"on": as_text(ended_on)}
    write_record("group_ended", by=by, at=timezone.now(), kind="group", key=row.key, facts=facts)
    return row


@action
def add_member(
    *,
    group: WorkingGroup,
    organisation: Organisation,
    by: User,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> GroupMembership:
    """An organisation takes part from a day on (default today).

    Raises NotAllowed, Invalid (it has ended, or is a member then already).
    """
    demand(by, "add_member", group)
    locked = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    _locked(group)
    start = valid_from or timezone.localdate()
    if locked.ended_on is not None and locked.ended_on < start:
        raise Invalid(_("This organisation has ended."), field="organisation")
    membership = GroupMembership(group=group, organisation=locked, valid_from=start, valid_until=valid_until)
    if _overlap(group.memberships.filter(organisation=locked), start, valid_until):
        raise Invalid(_("This organisation is a member at that time already."), field="organisation")
    clean(membership)
    membership.save(force_insert=True)
    write_record(
        "member_added",
        by=by,
        at=timezone.now(),
        kind="group",
        key=group.key,
        organisation=locked,
        facts={"from": as_text(start), "until": as_text(valid_until)},
    )
    return membership


@action
def end_membership(
    *, membership: GroupMembership, by: User, valid_until: date | None = None
) -> GroupMembership:
    """The organisation takes part until this day, inclusive (default today). Raises NotAllowed, Invalid."""
    demand(by, "end_membership", membership.group)
    Organisation.objects.select_for_update(no_key=True).get(pk=membership.organisation_id)
    row = GroupMembership.objects.select_for_update(no_key=True).get(pk=membership.pk)
    row.valid_until = _shortened(row, valid_until)
    row.save(update_fields=["valid_until"])
    write_record(
        "membership_ended",
        by=by,
        at=timezone.now(),
        kind="group",
        key=row.group.key,
        organisation=row.organisation,
        facts={"until": as_text(row.valid_until)},
    )
    return row


@action
def name_facilitator(
    *,
    group: WorkingGroup,
    user: User,
    by: User,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Facilitation:
    """A person moderates the group from a day on (default today). Raises NotAllowed, Invalid."""
    demand(by, "name_facilitator", group)
    _locked(group)
    start = valid_from or timezone.localdate()
    if not user.is_active:
        raise Invalid(_("This account is not active."), field="user")
    if _overlap(group.facilitations.filter(user=user), start, valid_until):
        raise Invalid(_("This person moderates the group at that time already."), field="user")
    facilitation = Facilitation(group=group, user=user, valid_from=start, valid_until=valid_until)
    clean(facilitation)
    facilitation.save(force_insert=True)
    write_record(
        "facilitator_named",
        by=by,
        at=timezone.now(),
        kind="group",
        key=group.key,
        facts={"person": user.key, "from": as_text(start), "until": as_text(valid_until)},
    )
    return facilitation


@action
def end_facilitation(
    *, facilitation: Facilitation, by: User, valid_until: date | None = None
) -> Facilitation:
    """The person moderates until this day, inclusive (default today). Raises NotAllowed, Invalid."""
    demand(by, "end_facilitation", facilitation.group)
    row = Facilitation.objects.select_for_update(no_key=True).get(pk=facilitation.pk)
    row.valid_until = _shortened(row, valid_until)
    row.save(update_fields=["valid_until"])
    write_record(
        "facilitation_ended",
        by=by,
        at=timezone.now(),
        kind="group",
        key=row.group.key,
        facts={"person": row.user.key, "until": as_text(row.valid_until)},
    )
    return row


def _known(description: dict[str, Any]) -> dict[str, Any]:
    unknown = set(description) - DESCRIPTION
    if unknown:
        raise TypeError(f"not a description of a working group: {sorted(unknown)}")
    return description


def _locked(group: WorkingGroup) -> WorkingGroup:
    return WorkingGroup.objects.select_for_update(no_key=True).get(pk=group.pk)


def _overlap(rows: Any, start: date, until: date | None) -> bool:
    later = rows.exclude(valid_until__lt=start)
    return (later if until is None else later.filter(valid_from__lte=until)).exists()


def _shortened(row: GroupMembership | Facilitation, valid_until: date | None) -> date:
    """The day a running row ends with: from today on, never later than it would have ended."""
    day = valid_until or max(timezone.localdate(), row.valid_from)
    not_backwards(day)
    if day < row.valid_from:
        raise Invalid(_("It cannot end before it begins."), field="valid_until")
    if row.valid_until is not None and day >= row.valid_until:
        raise Invalid(_("It ends on that day or earlier already."), field="valid_until")
    return day
