"""Questions about people and organisations. What is asked about a person is asked once per request."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone

from people.memo import remembered
from people.models import Facilitation, GroupMembership, Mandate, MandateRole, User, WorkingGroup
from people.models.mandate import SPEAKING_ROLES


def valid_mandates(
    user: User | AnonymousUser,
    *,
    group: WorkingGroup | None = None,
    on: date | None = None,
    roles: Iterable[str] | None = None,
) -> list[Mandate]:
    """The mandates a person holds on a day (default: today, local), for `group` or for all groups.

    Mandates of an organisation that has ended count no more. One query per person and day, whatever is asked.
    """
    if not user.is_active or user.pk is None:
        return []
    day = on or timezone.localdate()
    mandates = remembered(user, ("mandates", day), lambda: _mandates(user, day))
    wanted = None if roles is None else frozenset(roles)
    return [
        mandate
        for mandate in mandates
        if (group is None or mandate.group_id in (None, group.pk))
        and (wanted is None or mandate.role in wanted)
    ]


def speaking_mandates(
    user: User | AnonymousUser, group: WorkingGroup | None = None, on: date | None = None
) -> list[Mandate]:
    """Mandates by which a person may take the position of an organisation: speaker and deputy."""
    return valid_mandates(user, group=group, on=on, roles=SPEAKING_ROLES)


def facilitated_group_ids(user: User | AnonymousUser, on: date | None = None) -> frozenset[int]:
    """The working groups a person moderates on a day."""
    if not user.is_active or user.pk is None:
        return frozenset()
    day = on or timezone.localdate()
    rows = Facilitation.objects.valid_on(day).filter(user_id=user.pk).values_list("group_id", flat=True)
    return remembered(user, ("facilitates", day), lambda: frozenset(rows))


def group_ids_of(user: User | AnonymousUser, on: date | None = None) -> frozenset[int]:
    """Working groups a person has a valid mandate in: the mandate's own, or all those the organisation belongs to."""
    day = on or timezone.localdate()
    mandates = valid_mandates(user, on=day)
    named = {mandate.group_id for mandate in mandates if mandate.group_id is not None}
    everywhere = {mandate.organisation_id for mandate in mandates if mandate.group_id is None}
    if not everywhere:
        return frozenset(named)
    rows = GroupMembership.objects.valid_on(day).filter(organisation_id__in=everywhere)
    belongs = remembered(user, ("groups", day), lambda: set(rows.values_list("group_id", flat=True)))
    return frozenset(named | belongs)


def speakers_of(organisation_id: int, group: WorkingGroup | None, on: date | None = None) -> list[User]:
    """Who speaks for an organisation in a group on a day: the people a question to it is sent to."""
    day = on or timezone.localdate()
    mandates = (
        Mandate.objects.valid_on(day)
        .filter(organisation_id=organisation_id, role__in=SPEAKING_ROLES, user__is_active=True)
        .select_related("user")
        .order_by("pk")
    )
    if group is not None:
        mandates = mandates.filter(Q(group=group) | Q(group=None))
    return list({mandate.user_id: mandate.user for mandate in mandates}.values())


def by_role(mandates: Iterable[Mandate]) -> list[Mandate]:
    """Speakers first, in the order of roles, then by the day they began."""
    rank = {role: number for number, role in enumerate(MandateRole.values)}
    return sorted(mandates, key=lambda mandate: (rank[mandate.role], mandate.valid_from, mandate.pk))


def facilitators_of(group: WorkingGroup, on: date | None = None) -> list[User]:
    """Who moderates a group on a day."""
    rows = Facilitation.objects.valid_on(on or timezone.localdate()).filter(group=group, user__is_active=True)
    return [row.user for row in rows.select_related("user").order_by("pk")]


def _mandates(user: User | AnonymousUser, day: date) -> list[Mandate]:
    rank = list(MandateRole)
    found = (
        Mandate.objects.valid_on(day)
        .filter(user_id=user.pk)
        .select_related("organisation", "group")
        .order_by("organisation__name", "pk")
    )
    active = [m for m in found if m.organisation.ended_on is None or m.organisation.ended_on >= day]
    return sorted(active, key=lambda m: (m.organisation.name, rank.index(MandateRole(m.role))))
