"""App registration."""

from django.apps import AppConfig


class DiscussionConfig(AppConfig):
    """Registers the app."""

    name = "discussion"
