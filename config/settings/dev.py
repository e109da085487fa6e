"""Development: runserver with DEBUG, mails on the console."""

import warnings

from config.settings.base import *  # noqa: F403
from config.settings.base import ALLOWED_HOSTS as BASE_ALLOWED_HOSTS

DEBUG = True
SECRET_KEY = "insecure-development-key-never-used-in-production"  # noqa: S105
ALLOWED_HOSTS = [*BASE_ALLOWED_HOSTS, "127.0.0.1", "localhost", "[::1]"]
SERVE_MEDIA = True
# A changed template writes to no table.
PAGE_CACHE_ENABLED = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

warnings.filterwarnings("default", category=DeprecationWarning)
