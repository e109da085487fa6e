"""`manage.py redact`: empty one immutable row, named as the record names it, and its copies if asked."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from glossary.actions.redaction import redact_all
from glossary.redactable import MODELS, copies_of, find_row
from glossary.states import RedactionReason
from people.models import User
from record.errors import DomainError


class Command(BaseCommand):
    """Exit code 1 when the row is not there, the person may not, or the row is empty already."""

    help = "Remove the free text of an immutable row for good. Without --yes it only shows what would be emptied."

    def add_arguments(self, parser: CommandParser) -> None:
        """Kind and key as `manage.py verify_record` and the record show them."""
        parser.add_argument("kind", choices=sorted(MODELS))
        parser.add_argument("key")
        parser.add_argument("--reason", required=True, choices=RedactionReason.values)
        parser.add_argument("--by", required=True, help="e-mail address of the administrator who does it")
        parser.add_argument("--copies", action="store_true", help="with every copy of the text")
        parser.add_argument("--yes", action="store_true", help="do it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Show, and with --yes do."""
        row = find_row(options["kind"], options["key"])
        if row is None:
            raise CommandError(f"There is no {options['kind']} {options['key']}.")
        by = User.objects.filter(email__iexact=options["by"]).first()
        if by is None:
            raise CommandError(f"Nobody has the address {options['by']}.")
        copies = copies_of(row)
        for copy in copies:
            self.stdout.write(f"copy: {copy.RECORD_KIND} {copy.record_key()}")
        rows = [row, *copies] if options["copies"] else [row]
        if not options["yes"]:
            self.stdout.write(f"{len(rows)} rows would be emptied for good; add --yes.")
            return
        try:
            count = redact_all(rows=rows, by=by, reason=options["reason"])
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        self.stdout.write(f"{count} rows emptied.")
