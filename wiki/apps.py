"""App registration."""

from django.apps import AppConfig


class WikiConfig(AppConfig):
    """Registers the app."""

    name = "wiki"
