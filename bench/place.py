"""Where the benchmark lives: a database and static files of its own under var/bench, made once and used again."""

import hashlib
import os
import shutil
from pathlib import Path

from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "var" / "bench"
# What decides whether the data is still what the generator would make today.
INGREDIENTS = (
    "bench/copies.py",
    "bench/data.py",
    "bench/words.py",
    "*/migrations/*.py",
    "*/triggers/*.py",
    "record/triggers/common.py",
)


def settings() -> None:
    """Production's settings on the benchmark's own files. Before Django is imported by anybody else."""
    os.environ.update(
        DJANGO_SETTINGS_MODULE="config.settings.production",
        SECRET_KEY="only-for-benchmarks-" + "x" * 40,
        VAR_DIR=str(PLACE),
        MEDIA_ROOT=str(PLACE / "media"),
        DATABASE_URL=f"sqlite:///{PLACE / 'db.sqlite3'}",
        CACHE_URL="locmemcache://bench",
        EMAIL_URL="dummymail://",
        PUBLIC_URL="http://127.0.0.1:8000",
        LOG_LEVEL="ERROR",
        PAGE_CACHE_ENABLED="true",
    )
    PLACE.mkdir(parents=True, exist_ok=True)


def fingerprint() -> str:
    """Changes with everything the data depends on."""
    digest = hashlib.sha256()
    for pattern in INGREDIENTS:
        for path in sorted(ROOT.glob(pattern)):
            if ".venv" not in path.parts:
                digest.update(path.read_bytes())
    return digest.hexdigest()


def prepare(*, fresh: bool = False) -> bool:
    """Static files, messages and data; True when the data had to be made."""
    call_command("compile_catalogues", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp = PLACE / "made-of"
    if not fresh and stamp.exists() and stamp.read_text() == fingerprint():
        return False
    for file in PLACE.glob("db.sqlite3*"):
        file.unlink()
    shutil.rmtree(PLACE / "media", ignore_errors=True)
    stamp.unlink(missing_ok=True)
    call_command("migrate", interactive=False, skip_checks=True, verbosity=0)
    # Django is set up by now, and the models may be imported.
    from bench.data import build  # noqa: PLC0415

    build()
    stamp.write_text(fingerprint())
    return True
