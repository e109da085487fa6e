"""App registration."""

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class RecordConfig(AppConfig):
    """Registers the app; triggers that hinder a migration go before it and come back after it, once for all apps."""

    name = "record"

    def ready(self) -> None:
        """Connect to this app's own signals: Django sends one pair per app, one pair is enough."""
        # Registers the system check as well.
        triggers = import_module("record.triggers")
        pre_migrate.connect(triggers.clear_the_way, sender=self, dispatch_uid="record-triggers")
        post_migrate.connect(triggers.create_triggers, sender=self, dispatch_uid="record-triggers")
