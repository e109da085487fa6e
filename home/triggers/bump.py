"""One trigger per public table and, on SQLite, per event: it raises the generation in the writing transaction.

PostgreSQL raises it once per transaction, at its end, so that the row is locked for an instant only.
"""

from dataclasses import dataclass
from typing import ClassVar

from home.pagecache.tables import PUBLIC_TABLES, WATCHED_COLUMNS
from record.triggers import Trigger

EVENTS = ("INSERT", "UPDATE", "DELETE")
ONCE_PER_TRANSACTION = (
    " BEGIN IF current_setting('wortlaut.raised', true) IS DISTINCT FROM pg_current_xact_id()::text THEN"
    " UPDATE home_generation SET value = value + 1, token = replace(gen_random_uuid()::text, '-', '') WHERE id = 1;"
    " PERFORM set_config('wortlaut.raised', pg_current_xact_id()::text, true);"
    " END IF; RETURN NULL; END "
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bump(Trigger):
    """Raises the generation after a change; where only some columns are shown, only after a change of these."""

    # PostgreSQL changes no table on which deferred triggers wait, and no column a trigger names.
    hinders_migrations_on: ClassVar[frozenset[str]] = frozenset({"sqlite", "postgresql"})

    def _what(self) -> str:
        columns = WATCHED_COLUMNS.get(self.table)
        if columns is None or "UPDATE" not in self.event:
            return self.event
        return self.event.replace("UPDATE", f"UPDATE OF {', '.join(columns)}")

    def _sqlite(self) -> str:
        return (
            f'CREATE TRIGGER "{self.name}" AFTER {self._what()} ON "{self.table}" '  # noqa: S608  literal lists
            "BEGIN UPDATE home_generation SET value = value + 1, token = lower(hex(randomblob(16))) WHERE id = 1; END"
        )

    def source(self) -> str:
        """The body of the PostgreSQL function."""
        return ONCE_PER_TRANSACTION

    def _postgresql(self) -> str:
        return (
            f'CREATE CONSTRAINT TRIGGER "{self.name}" AFTER {self._what()} ON "{self.table}" '
            f'DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "{self.name}"()'
        )


def triggers(vendor: str) -> list[Trigger]:
    """All of them for one engine."""
    if vendor == "sqlite":
        pairs = [(table, event) for table in PUBLIC_TABLES for event in EVENTS]
    else:
        pairs = [(table, " OR ".join(EVENTS)) for table in PUBLIC_TABLES]
    return [
        Bump(
            name=f"raise_{table}_{event.split()[0].lower()}",
            table=table,
            event=event,
            condition="",
            message="",
        )
        for table, event in pairs
    ]
