"""App registration."""

from django.apps import AppConfig


class GlossaryConfig(AppConfig):
    """Registers the app."""

    name = "glossary"
