"""The database's own guards while `migrate` runs, and after it failed."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangosMigrate
from django.db import connection
from django.db.migrations.migration import Migration
from django.test.utils import CaptureQueriesContext

from home.models import Generation
from record.management.commands.migrate import Command as Migrate
from record.triggers import missing_triggers

pytestmark = pytest.mark.django_db(transaction=True)

# One step back that rebuilds a guarded table on SQLite.
BACK = ("glossary", "0004")


class Broken(Exception):
    """A migration failed."""


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Migrations fail; what was unguarded at that moment is kept here."""
    found: list[list[str]] = []

    def fail(*_: Any, **__: Any) -> None:
        found.append(missing_triggers())
        raise Broken

    monkeypatch.setattr(Migration, "unapply", fail)
    return found


def migrate(command: Any, *target: str) -> None:
    call_command(command, *target, verbosity=0, stdout=StringIO(), stderr=StringIO())


def test_a_migrate_with_nothing_to_do_touches_no_guard() -> None:
    with CaptureQueriesContext(connection) as queries:
        migrate(Migrate())

    assert [q["sql"] for q in queries if "DROP" in q["sql"] or "CREATE" in q["sql"]] == []
    assert missing_triggers() == []


def test_a_migrate_with_nothing_to_do_brings_back_a_guard_that_is_missing() -> None:
    with connection.cursor() as cursor:
        on = ' ON "record_key"' if connection.vendor == "postgresql" else ""
        cursor.execute(f'DROP TRIGGER "record_key_never_changed"{on}')
    assert missing_triggers() == ["record_key_never_changed"]

    migrate(Migrate())

    assert missing_triggers() == []


def test_after_a_migration_that_fails_all_guards_are_on(seen: list[list[str]]) -> None:
    with pytest.raises(Broken):
        migrate(Migrate(), *BACK)

    assert seen[0] != []
    assert missing_triggers() == []


def test_djangos_own_command_would_leave_them_off(seen: list[list[str]]) -> None:
    with pytest.raises(Broken):
        migrate(DjangosMigrate(), *BACK)

    assert missing_triggers() == seen[0] != []


@pytest.mark.postgresql
def test_postgresql_keeps_its_guards_while_a_migration_runs(seen: list[list[str]]) -> None:
    with pytest.raises(Broken):
        migrate(Migrate(), *BACK)

    assert [name for name in seen[0] if not name.startswith("raise_")] == []


def test_a_migration_that_goes_through_leaves_all_guards_on_and_makes_kept_pages_void() -> None:
    before = Generation.objects.get().token

    migrate(Migrate(), *BACK)
    back = Generation.objects.get().token
    migrate(Migrate())

    assert missing_triggers() == []
    assert len({before, back, Generation.objects.get().token}) == 3
