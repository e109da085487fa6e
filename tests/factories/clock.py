"""Acts in the past: factories bring things into a state by doing what people would have done, at the time they did it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import time_machine
from django.utils import timezone


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Stand still at a moment."""
    with time_machine.travel(moment, tick=False):
        yield


def ago(**delta: float) -> datetime:
    """That long before now (frozen or real), to the full second."""
    return (timezone.now() - timedelta(**delta)).replace(microsecond=0)


def ahead(**delta: float) -> datetime:
    """That long after now."""
    return ago(**{name: -value for name, value in delta.items()})
