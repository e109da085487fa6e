"""A migrated SQLite file kept between runs: Wagtail's migrations alone take 15 seconds.

Its name is a digest of everything that shapes it. Django still runs `migrate` on the copy, so that triggers and
permissions are made anew by post_migrate; the file only saves the migrations that are applied already.
"""

import hashlib
import shutil
import sqlite3
import sys
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

KEPT = 5


def folder() -> Path:
    return Path(settings.BASE_DIR) / "var" / "cache" / "tests"


def place() -> Path:
    """Where the file for the code as it is now belongs."""
    digest = hashlib.sha256(f"{sys.version}{sqlite3.sqlite_version}{django.__version__}".encode())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        for file in sorted(Path(config.path).glob("migrations/*.py")):
            digest.update(f"{config.label}/{file.name}".encode())
            digest.update(file.read_bytes())
    return folder() / f"migrated-{digest.hexdigest()[:16]}.sqlite3"


def copy_to(target: Path) -> bool:
    """Lay the kept file at `target`; False if there is none for this code."""
    source = place()
    if not source.exists():
        return False
    shutil.copyfile(source, target)
    return True


def keep(connection: BaseDatabaseWrapper) -> None:
    """Keep the freshly migrated database for the next run, and forget old ones."""
    target = place()
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(f".{Path(connection.settings_dict['NAME']).name}")
    connection.ensure_connection()
    copy = sqlite3.connect(fresh)
    connection.connection.backup(copy)
    copy.close()
    fresh.replace(target)
    for old in sorted(folder().glob("migrated-*.sqlite3"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
        old.unlink(missing_ok=True)
