"""Which engine answers: the one of the database, until an external one is configured."""

from django.db import connection

from search.adapters.postgresql import PostgreSQLEngine
from search.adapters.sqlite import SQLiteEngine
from search.port import SearchEngine

ENGINES: dict[str, type[SearchEngine]] = {"sqlite": SQLiteEngine, "postgresql": PostgreSQLEngine}


def engine() -> SearchEngine:
    """The engine in use."""
    return ENGINES[connection.vendor]()
