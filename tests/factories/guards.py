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
    chosen = [known[name] for name in names] or list(known.values())
    _settle()
    for trigger in chosen:
        for statement in trigger.drops(connection.vendor):
            sql(statement)
    try:
        yield
    finally:
        _settle()
        for trigger in chosen:
            for statement in trigger.statements(connection.vendor):
                sql(statement)


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
