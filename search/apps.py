"""App registration."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Registers the app."""

    name = "search"
