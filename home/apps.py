"""App registration."""

from importlib import import_module

from django.apps import AppConfig
from wagtail.signals import page_published


class HomeConfig(AppConfig):
    """Registers the app and what it does when pages are published."""

    name = "home"

    def ready(self) -> None:
        """Models are loaded now."""
        page_published.connect(
            import_module("home.listeners").on_page_published, dispatch_uid="home.on_page_published"
        )
