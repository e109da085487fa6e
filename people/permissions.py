"""Wagtail asks these policies who may list, open and change our models in the admin; roles decide, not model rights.

The actions check again: a policy only hides what would be refused anyway.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from wagtail.permission_policies.base import BasePermissionPolicy

from people.models import User
from people.roles import EDITORS, is_editor

Predicate = Callable[[User | AnonymousUser], bool]


class RolePermissionPolicy(BasePermissionPolicy):
    """Literal table of Wagtail's action names (add, change, delete, view …) → predicate; others are refused to everybody.

    `RolePermissionPolicy(Term, {"view": is_editor, "add": is_editor, "change": is_editor})`
    """

    def __init__(self, model: type[models.Model], allowed: Mapping[str, Predicate]) -> None:
        super().__init__(model)
        self.allowed = dict(allowed)

    def user_has_permission(self, user: User | AnonymousUser, action: str) -> bool:
        """By role."""
        predicate = self.allowed.get(action)
        return predicate is not None and user.is_active and predicate(user)

    def users_with_any_permission(self, actions: Iterable[str]) -> Any:
        """Active people whose role admits one of the actions."""
        known = [self.allowed[action] for action in actions if action in self.allowed]
        if not known:
            return User.objects.none()
        who = models.Q(is_superuser=True)
        if is_editor in known:
            who |= models.Q(groups__name=EDITORS)
        return User.objects.filter(who, is_active=True).distinct()
