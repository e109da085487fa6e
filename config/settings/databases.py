"""Turns DATABASE_URL into Django's database settings, with the options both engines need."""

from pathlib import Path
from typing import Any

import environ

SQLITE_OPTIONS = {
    # BEGIN IMMEDIATE: two writers wait for each other instead of failing with "database is locked".
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
# The same patience: a row locked for longer, or a server that does not answer, is told instead of waited for.
POSTGRESQL_OPTIONS = {"options": "-c lock_timeout=20s", "connect_timeout": 10}


def database_from_url(url: str) -> dict[str, Any]:
    """Settings for one database. SQLite gets WAL, IMMEDIATE and full sync; PostgreSQL persistent connections and an end to waiting."""
    config: dict[str, Any] = dict(environ.Env.db_url_config(url))
    config["CONN_MAX_AGE"] = None
    if config["ENGINE"].endswith("sqlite3"):
        # A bare clone has no folder for its database yet.
        Path(config["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        config["OPTIONS"] = {**SQLITE_OPTIONS, **config.get("OPTIONS", {})}
    elif config["ENGINE"].endswith("postgresql"):
        config["OPTIONS"] = {**POSTGRESQL_OPTIONS, **config.get("OPTIONS", {})}
    return config
