"""What may be discussed, and by whom. Owners of models register them in their AppConfig.ready(); nothing else has a thread."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models

from people.models import User
from people.policy import is_participant
from people.roles import is_moderator

Someone = User | AnonymousUser
Predicate = Callable[[Someone, Any], bool]


def _moderators(user: Someone, _target: Any) -> bool:
    return is_moderator(user)


def _participants(user: Someone, _target: Any) -> bool:
    return is_participant(user)


def _address(target: Any) -> str:
    return str(target.get_absolute_url())


def _german(_target: Any) -> str:
    return "de"


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadPolicy:
    """The rules of the threads on one model; predicates take (user, target).

    `may_write` is asked about people with an account only, and on top of `may_read`. `is_participant` decides who
    reads a thread that is set to participants only.
    """

    may_read: Predicate
    may_write: Predicate
    may_moderate: Predicate = _moderators
    is_participant: Predicate = _participants
    url: Callable[[Any], str] = _address
    title: Callable[[Any], str] = str
    language: Callable[[Any], str] = _german


class NotDiscussed(LookupError):
    """There are no threads on this kind of object."""


_policies: dict[str, tuple[type[models.Model], ThreadPolicy]] = {}


def register(model: type[models.Model], policy: ThreadPolicy) -> None:
    """Open threads on `model`; registering again replaces the policy."""
    _policies[model._meta.label_lower] = (model, policy)


def policy_of(target: models.Model) -> ThreadPolicy:
    """The policy for this object. Raises NotDiscussed."""
    entry = _policies.get(type(target)._meta.label_lower)
    if entry is None:
        raise NotDiscussed(type(target)._meta.label)
    return entry[1]


def model_of(kind: str) -> type[models.Model]:
    """The model named in an address ("glossary.definition"). Raises NotDiscussed."""
    entry = _policies.get(kind)
    if entry is None:
        raise NotDiscussed(kind)
    return entry[0]
