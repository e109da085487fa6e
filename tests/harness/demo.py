"""The demo's content for tests: loaded once per version of the code and day, kept as a file, restored in no time.

It is loaded at noon of today and tests that use it start at that moment, so what is open, over or to come in it does
not depend on the hour of the run.
"""

import fcntl
import gc
import hashlib
import shutil
import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time
from io import StringIO
from pathlib import Path

import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from tests.harness import migrated
from tests.harness.snapshots import Snapshot, SQLiteSnapshot, take_snapshot

ROOMS = ("discussion", "glossary", "home", "people", "record", "search", "wiki")
KEPT = 2
# What reads only cannot shape the demo.
READS_ONLY = ("views", "forms", "templatetags", "viewsets", "urls", "wagtail_hooks", "sitemaps", "pagecache")


def noon() -> datetime:
    """Noon of today in local time: the moment at which tests with the demo begin."""
    return timezone.make_aware(datetime.combine(timezone.localdate(), time(12)))


def make_snapshot() -> Snapshot:
    """The database with the demo in it; its pictures lie in MEDIA_ROOT afterwards. Leaves the database as it was."""
    before = take_snapshot(connection, "before_demo")
    try:
        if connection.vendor == "sqlite":
            return _from_file()
        _load()
        return take_snapshot(connection, "demo")
    finally:
        before.restore()
        before.drop()


def _load() -> None:
    with warnings.catch_warnings():
        # Wagtail leaves pictures open until they are collected.
        warnings.simplefilter("ignore", ResourceWarning)
        with time_machine.travel(noon()):
            call_command("load_demo", stdout=StringIO())
        gc.collect()


def _from_file() -> Snapshot:
    kept = migrated.folder() / f"demo-{_digest()}"
    with _only_one():
        if kept.exists():
            _copy_database(kept / "db.sqlite3", Path(connection.settings_dict["NAME"]))
            shutil.copytree(kept / "media", settings.MEDIA_ROOT, dirs_exist_ok=True)
        else:
            _load()
            _keep(kept)
    return SQLiteSnapshot(connection)


def _keep(kept: Path) -> None:
    fresh = kept.with_suffix(".fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
    shutil.copytree(settings.MEDIA_ROOT, fresh / "media")
    connection.close()
    _copy_database(Path(connection.settings_dict["NAME"]), fresh / "db.sqlite3")
    fresh.rename(kept)
    folders = sorted(migrated.folder().glob("demo-*/"), key=lambda path: path.stat().st_mtime)
    for old in folders[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)


def _copy_database(source: Path, target: Path) -> None:
    connection.close()
    reading, writing = sqlite3.connect(source), sqlite3.connect(target)
    try:
        reading.backup(writing)
    finally:
        reading.close()
        writing.close()


def _digest() -> str:
    """Of everything that shapes the demo: our code and its files, the migrations, the day."""
    digest = hashlib.sha256(f"{migrated.place().name} {timezone.localdate()}".encode())
    for room in ROOMS:
        for file in sorted((Path(settings.BASE_DIR) / room).rglob("*")):
            reads = file.relative_to(settings.BASE_DIR).parts[1].startswith(READS_ONLY)
            if file.suffix in {".py", ".toml", ".webp"} and not reads:
                digest.update(file.as_posix().encode() + file.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _only_one() -> Iterator[None]:
    """Of several workers one loads, the others wait for its file."""
    migrated.folder().mkdir(parents=True, exist_ok=True)
    with (migrated.folder() / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
