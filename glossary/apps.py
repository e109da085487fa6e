"""App registration."""

from importlib import import_module

from django.apps import AppConfig


class GlossaryConfig(AppConfig):
    """Registers the app and what of it is discussed."""

    name = "glossary"

    def ready(self) -> None:
        """Models are loaded now."""
        import_module("glossary.threads").register_threads()
        import_module("glossary.contributions").register()
        # Adds its checks to `manage.py verify_record`.
        import_module("glossary.verify")
        import_module("glossary.verify_state")
