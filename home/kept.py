"""What depends on nothing but its arguments and the release is made once per process."""

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import TypeVar

from django.conf import settings

Result = TypeVar("Result")
MOST_KEPT = 256


def kept(function: Callable[..., Result]) -> Callable[..., Result]:
    """Keeps what a pure function answered; not in DEBUG, where templates change while we run.

    The language is an argument like any other: who calls hands it in.
    """
    remembering = lru_cache(maxsize=MOST_KEPT)(function)

    @wraps(function)
    def wrapper(*arguments: Hashable) -> Result:
        return function(*arguments) if settings.DEBUG else remembering(*arguments)

    return wrapper
