"""App registration."""

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from wagtail.signals import page_published


class HomeConfig(AppConfig):
    """Registers the app and what it does when pages are published."""

    name = "home"

    def ready(self) -> None:
        """Models are loaded now."""
        listeners = import_module("home.listeners")
        page_published.connect(listeners.on_page_published, dispatch_uid="home.on_page_published")
        post_migrate.connect(listeners.on_migrated, sender=self, dispatch_uid="home.on_migrated")
        post_migrate.connect(listeners.keep_address, sender=self, dispatch_uid="home.keep_address")
        pages = import_module("home.models").ContentPage
        import_module("wiki.preparing").register(pages, listeners.texts_of)
