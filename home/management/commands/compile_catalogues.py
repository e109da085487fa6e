from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from home.catalogues import compile_catalogues


class Command(BaseCommand):
    """Compile locale/*.po with Babel; gettext is not needed."""

    help = "Compiles our message catalogues (locale/) with Babel."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        written = compile_catalogues(settings.BASE_DIR)
        if options["verbosity"] > 0:
            self.stdout.write(f"Message catalogues compiled: {len(written)}")
