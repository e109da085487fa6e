"""Attempts to sign in are counted for all processes of the machine."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches

from people.counts import COUNTED

WRITE = "from django.core.cache import cache; cache.set('{key}', [1.0], 60)"
READ = "from django.core.cache import cache; print('found', cache.get('{key}'))"


def in_a_process(code: str, var: Path) -> str:
    """Settings of a server without CACHE_URL."""
    env = {**os.environ, "VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "config.settings.dev"}
    env.pop("CACHE_URL", None)
    command = [sys.executable, "-W", "ignore", "-c", f"import django; django.setup(); {code}"]
    return subprocess.run(
        command, env=env, cwd=settings.BASE_DIR, check=True, capture_output=True, text=True
    ).stdout


@pytest.mark.parametrize(
    ("key", "found"), [(f"{COUNTED}login:ip:x", "[1.0]"), ("wagtail_site_root_paths", "None")]
)
def test_another_process_sees_counts_and_nothing_else(tmp_path: Path, key: str, found: str) -> None:
    in_a_process(WRITE.format(key=key), tmp_path)

    assert in_a_process(READ.format(key=key), tmp_path) == f"found {found}\n"


def test_allauths_counts_are_among_those_that_are_shared() -> None:
    caches["default"].set(f"{COUNTED}x", 1)
    caches["default"].set("other", 1)

    assert caches["counts"].get(f"{COUNTED}x") == 1
    assert caches["counts"].get("other") is None


@pytest.mark.django_db
def test_signing_in_counts_in_the_shared_cache(client) -> None:
    for _ in range(30):
        answer = client.post("/konto/anmelden/", {"login": "a@b.example", "password": "falsch"})

    assert len(caches["counts"]._cache) > 0
    assert answer.status_code == 429 or "Zu viele" in answer.content.decode()
