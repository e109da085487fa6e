"""Site roles: who may work on the site itself, apart from speaking for an organisation.

Source: domain.md, "Site roles are Wagtail groups". The groups are made by migration 0002.
"""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from people.memo import remembered
from people.models import User

EDITORS = "Editors"
MODERATORS = "Moderators"
ROLES = (EDITORS, MODERATORS)


def role_names(user: User | AnonymousUser) -> frozenset[str]:
    """The Wagtail groups of an active person; one query per request."""
    if not user.is_active or user.pk is None:
        return frozenset()
    return remembered(user, "roles", lambda: frozenset(user.groups.values_list("name", flat=True)))


def is_administrator(user: User | AnonymousUser) -> bool:
    """Runs the installation: accounts, invitations, roles, redaction."""
    return user.is_active and user.is_superuser


def is_editor(user: User | AnonymousUser) -> bool:
    """Redaktion: publishes pages and entries, manages terms. Administrators may do the same."""
    return is_administrator(user) or EDITORS in role_names(user)


def editors() -> QuerySet[User]:
    """Who is told what waits for the editors: everybody with the role; the administrators where nobody holds it."""
    active = User.objects.filter(is_active=True)
    held = active.filter(groups__name=EDITORS)
    return held if held.exists() else active.filter(is_superuser=True)


def is_moderator(user: User | AnonymousUser) -> bool:
    """Hides and restores comments, nothing else. Administrators may do the same."""
    return is_administrator(user) or MODERATORS in role_names(user)
