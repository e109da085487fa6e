"""App registration."""

from importlib import import_module

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Registers the app and its receivers."""

    name = "search"

    def ready(self) -> None:
        """Connect the receivers."""
        import_module("search.receivers")
