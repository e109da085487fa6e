"""Lifting the database's own guards, for negative controls and for playing somebody with a SQL prompt."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from record.triggers import Trigger, expected_triggers


def triggers_on(table: str) -> list[Trigger]:
    """All triggers of a table on the engine of this run."""
    return [trigger for trigger in expected_triggers(connection.vendor) if trigger.table == table]


@contextmanager
def lifted(*names: str) -> Iterator[None]:
    """Without these triggers (all of ours if none is named); they are back afterwards."""
    known = {trigger.name: trigger for trigger in expected_triggers(connection.vendor)}
    if not names and connection.vendor == "postgresql":
        # Switching off is much quicker there than dropping and creating a hundred functions.
        off, on = (
            [f'ALTER TABLE "{t}" {how} TRIGGER USER' for t in _tables()] for how in ("DISABLE", "ENABLE")
        )
    else:
        chosen = [known[name] for name in names] or list(known.values())
        off = [statement for trigger in chosen for statement in trigger.drops(connection.vendor)]
        on = [statement for trigger in chosen for statement in trigger.statements(connection.vendor)]
    _run(off)
    try:
        yield
    finally:
        _run(on)


def _tables() -> list[str]:
    return sorted({trigger.table for trigger in expected_triggers(connection.vendor)})


def _run(statements: list[str]) -> None:
    _settle()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def sql(statement: str, *values: Any) -> int:
    """Run a statement past the ORM; the number of rows."""
    with connection.cursor() as cursor:
        # Without values percent signs are what they are.
        cursor.execute(statement, values or None)
        return int(cursor.rowcount)


def _settle() -> None:
    """PostgreSQL refuses to change a table while foreign keys wait to be checked."""
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
