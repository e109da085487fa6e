"""One tick at a time: on PostgreSQL over all machines, on SQLite on the one machine there is."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

# Any fixed number: the advisory lock's name.
LOCK_NUMBER = 5_737_084


@contextmanager
def only_one() -> Iterator[bool]:
    """True for the run that may work, False while another one does. A killed run frees the lock by dying."""
    with _advisory() if connection.vendor == "postgresql" else _file() as mine:
        yield mine


@contextmanager
def _advisory() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK_NUMBER])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_NUMBER])


@contextmanager
def _file() -> Iterator[bool]:
    path = Path(settings.VAR_DIR) / "tick.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
