"""Tests: production's ways with fast hashing, local mail and a file database."""

import os

from config.settings.base import *  # noqa: F403
from config.settings.base import CACHES, DATABASES, VAR_DIR

# What a run writes lies in its own clone, so that two clones do not take each other's away.
TESTS_DIR = VAR_DIR / "tests"

SECRET_KEY = "only-for-tests"  # noqa: S105
# Tests run inside transactions that never commit; the tests of the cache switch it on.
PAGE_CACHE_ENABLED = False
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PUBLIC_URL = "http://testserver"
IDENTIFIER_BASE = "https://wortlaut.example"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = TESTS_DIR / f"media-{os.getpid()}"
SERVE_MEDIA = True

# Several runs at once must not count each other's attempts.
CACHES["counts"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "counts"}

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: WAL and locking behave as in production.
    DATABASES["default"]["TEST"] = {
        "NAME": os.environ.get("WORTLAUT_TEST_DB", str(TESTS_DIR / "db.sqlite3")),
    }
