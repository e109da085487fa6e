"""Render the texts of all published pages anew, after an import past the pages or a restore."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from wiki.actions.texts import rerender_texts


class Command(BaseCommand):
    """`manage.py rebuild_texts [--force]`."""

    help = "Render the texts of all published pages with the current words."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--force` also renders what is up to date."""
        parser.add_argument("--force", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many were rendered."""
        self.stdout.write(f"{rerender_texts(force=options['force'])} texts rendered.")
