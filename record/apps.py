"""App registration."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """Registers the app."""

    name = "record"
