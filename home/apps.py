"""App registration."""

from importlib import import_module

from django.apps import AppConfig
from wagtail.signals import page_published


class HomeConfig(AppConfig):
    """Registers the app and what it does when pages are published."""

    name = "home"

    def ready(self) -> None:
        """Models are loaded now."""
        listeners = import_module("home.listeners")
        page_published.connect(listeners.on_page_published, dispatch_uid="home.on_page_published")
        pages = import_module("home.models").ContentPage
        import_module("wiki.preparing").register(pages, listeners.texts_of)
