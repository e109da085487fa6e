"""Guards in the database itself: what no action may do is refused to everybody, also to a person with SQL.

Each app lists its triggers in `triggers/sqlite.py` and `triggers/postgresql.py` as `TRIGGERS`. On SQLite they are dropped
before a migration and created after it: Django rebuilds tables for many schema changes, which silently drops their
triggers, or fails on triggers that name them. PostgreSQL keeps its guards meanwhile. A `migrate` with nothing to apply
drops nothing, one that fails puts back what it dropped (the command `migrate` of this app). A trigger compares columns,
never the clock.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from importlib import import_module
from typing import Any, ClassVar

from django.apps import apps
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.module_loading import module_has_submodule

__all__ = [
    "Trigger", "clear_the_way", "create_triggers", "drop_triggers", "expected_triggers", "missing_triggers",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """One refusal: before `event` on `table`, when `condition` holds, the statement fails with `message`."""

    name: str
    table: str
    event: str
    condition: str
    message: str
    # Engines on which a schema change fails or loses the trigger while it is there.
    hinders_migrations_on: ClassVar[frozenset[str]] = frozenset({"sqlite"})

    def statements(self, vendor: str) -> list[str]:
        """The SQL that creates it."""
        if vendor == "sqlite":
            return [self._sqlite()]
        return [self._function(), self._postgresql()]

    def drops(self, vendor: str) -> list[str]:
        """The SQL that removes it, whether it is there or not."""
        if vendor == "sqlite":
            return [f'DROP TRIGGER IF EXISTS "{self.name}"']
        return [
            f'DROP TRIGGER IF EXISTS "{self.name}" ON "{self.table}"',
            f'DROP FUNCTION IF EXISTS "{self.name}"()',
        ]

    def _sqlite(self) -> str:
        return (
            f'CREATE TRIGGER "{self.name}" BEFORE {self.event} ON "{self.table}" '
            f"WHEN {self.condition} BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
        )

    def source(self) -> str:
        """The body of the PostgreSQL function."""
        returned = {"DELETE": "OLD", "TRUNCATE": "NULL"}.get(self.event, "NEW")
        return (
            f" BEGIN IF {self.condition} THEN RAISE EXCEPTION '{self.message}' "
            f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {returned}; END "
        )

    def _function(self) -> str:
        return (
            f'CREATE FUNCTION "{self.name}"() RETURNS trigger LANGUAGE plpgsql AS $body${self.source()}$body$'
        )

    def _postgresql(self) -> str:
        level = "STATEMENT" if self.event == "TRUNCATE" else "ROW"
        return (
            f'CREATE TRIGGER "{self.name}" BEFORE {self.event} ON "{self.table}" '
            f'FOR EACH {level} EXECUTE FUNCTION "{self.name}"()'
        )


def expected_triggers(vendor: str, app_labels: Iterable[str] | None = None) -> list[Trigger]:
    """All triggers of all apps (or of some) for one engine."""
    found: list[Trigger] = []
    for config in apps.get_app_configs():
        if app_labels is not None and config.label not in app_labels:
            continue
        if config.module is not None and module_has_submodule(config.module, "triggers"):
            found += import_module(f"{config.name}.triggers.{vendor}").TRIGGERS
    return found


def clear_the_way(*, plan: Iterable[Any] = (), using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Receiver of pre_migrate: drop what would hinder a migration, if there is one to be applied."""
    if plan:
        vendor = connections[using].vendor
        drop_triggers(
            [t for t in expected_triggers(vendor) if vendor in t.hinders_migrations_on], using=using
        )


def drop_triggers(triggers: Iterable[Trigger], *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Remove these, whether they are there or not."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for trigger in triggers:
            for statement in trigger.drops(connection.vendor):
                cursor.execute(statement)


def create_triggers(*, using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Create or replace those that are missing or differ and whose tables exist (receiver of post_migrate).

    What is right is not touched, and what is replaced is never off for anybody else.
    """
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    missing = set(missing_triggers(using))
    # On PostgreSQL one by one: who writes meanwhile holds locks on several of these tables.
    at_once: AbstractContextManager[Any] = (
        transaction.atomic(using) if connection.vendor == "sqlite" else nullcontext()
    )
    with at_once:
        for trigger in expected_triggers(connection.vendor):
            if trigger.name in missing and trigger.table in tables:
                _replace(trigger, connection)


def _replace(trigger: Trigger, connection: BaseDatabaseWrapper) -> None:
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        for statement in (*trigger.drops(connection.vendor), *trigger.statements(connection.vendor)):
            cursor.execute(statement)


def missing_triggers(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Names of triggers that are missing, switched off or not as written here; for /readyz and the system check."""
    connection = connections[using]
    present = _PRESENT[connection.vendor](connection)
    wanted = {
        trigger.name: trigger.statements("sqlite")[0] if connection.vendor == "sqlite" else trigger.source()
        for trigger in expected_triggers(connection.vendor)
    }
    return sorted(name for name, sql in wanted.items() if present.get(name) != sql)


def _present_sqlite(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())


def _present_postgresql(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
            "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND n.nspname = current_schema()"
        )
        return dict(cursor.fetchall())


_PRESENT: dict[str, Callable[[BaseDatabaseWrapper], dict[str, str]]] = {
    "sqlite": _present_sqlite,
    "postgresql": _present_postgresql,
}


@register(Tags.database)
def check_triggers(databases: Iterable[str] | None = None, **_: Any) -> list[CheckMessage]:
    """`manage.py check --database default` compares the list with the database."""
    return [
        # A warning: `migrate` itself runs this check first, and it is what mends them.
        Warning(
            f"The trigger {name} is missing or differs.",
            hint="Run `manage.py migrate`: it creates them again.",
            id="record.W001",
        )
        for alias in databases or ()
        for name in missing_triggers(alias)
    ]
