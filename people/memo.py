"""What was already asked about a person, kept on the user object, that is: for one request.

Every change of a row the answers rest on makes all answers of this process stale; a change in another process is seen
with the next request, and by an action that calls `forget` after it has taken its lock.
"""

import itertools
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from people.models import User

Answer = TypeVar("Answer")

_ATTRIBUTE = "_people_memo"
_ticks = itertools.count(1)
_state = 0


def remembered(user: "User | AnonymousUser", question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer to `question` about `user`, asked once."""
    state, answers = getattr(user, _ATTRIBUTE, (None, None))
    if answers is None or state != _state:
        answers = {}
        setattr(user, _ATTRIBUTE, (_state, answers))
    if question not in answers:
        answers[question] = ask()
    return answers[question]


def forget(user: "User | AnonymousUser") -> None:
    """Ask anew from now on: for actions that decide under a lock."""
    if hasattr(user, _ATTRIBUTE):
        delattr(user, _ATTRIBUTE)


def look_again(user: "User") -> None:
    """Read anew whether the account is open and runs the site, and ask everything else anew."""
    user.refresh_from_db(fields=["is_active", "is_superuser"])
    forget(user)


def forget_all(**_: Any) -> None:
    """A mandate, membership, facilitation, organisation or role changed (receiver of Django's model signals)."""
    global _state
    _state = next(_ticks)
