"""Bring the test database back to its state after migration, without a flush.

A flush would not do: triggers refuse to delete immutable rows, and after one Wagtail has no root page.
SQLite is copied back page by page into the live file (backup API, so other open connections notice);
PostgreSQL is created anew from a template.
"""

import sqlite3
from typing import Protocol

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


class Snapshot(Protocol):
    def restore(self) -> None:
        """Undo everything written since the snapshot was taken."""

    def drop(self) -> None:
        """Free what the snapshot holds."""


class SQLiteSnapshot:
    """Holds the whole database in memory."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        connection.ensure_connection()
        self._connection = connection
        self._name = connection.settings_dict["NAME"]
        self._copy = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(self._copy)

    def restore(self) -> None:
        self._connection.close()
        live = sqlite3.connect(self._name, timeout=20)
        try:
            live.execute("PRAGMA synchronous=OFF")
            self._copy.backup(live)
        finally:
            live.close()

    def drop(self) -> None:
        self._copy.close()


class PostgreSQLSnapshot:
    """Keeps a second database beside the test database."""

    def __init__(self, connection: BaseDatabaseWrapper, name: str) -> None:
        self._connection = connection
        self._live = connection.settings_dict["NAME"]
        self._copy = f"{self._live}_{name}"
        self._recreate(self._copy, template=self._live)

    def restore(self) -> None:
        self._recreate(self._live, template=self._copy)

    def drop(self) -> None:
        self._connection.close()
        with self._connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{self._copy}" WITH (FORCE)')

    def _recreate(self, name: str, *, template: str) -> None:
        connections.close_all()
        with self._connection._nodb_cursor() as cursor:
            # FORCE ends what a thread of the test left open.
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def take_snapshot(connection: BaseDatabaseWrapper, name: str = "snapshot") -> Snapshot:
    """A snapshot of the database behind this connection, as it is now; two at a time need two names."""
    if connection.vendor == "sqlite":
        return SQLiteSnapshot(connection)
    return PostgreSQLSnapshot(connection, name)
