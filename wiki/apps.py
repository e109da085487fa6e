"""App registration."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WikiConfig(AppConfig):
    """The knowledge base."""

    name = "wiki"
    verbose_name = _("Knowledge base")

    def ready(self) -> None:
        """Models are loaded now: listeners are connected, and other rooms told what of us they may show."""
        import_module("wiki.wiring").connect()
