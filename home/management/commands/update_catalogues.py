from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from home.catalogues import (
    LOCALES,
    SOURCE_LANGUAGE,
    ExtractionFailed,
    as_source,
    compile_catalogues,
    extract,
    find_problems,
    is_translated,
    keep,
    load,
    merge,
    messages,
    name_of,
    po_path,
    save,
)


class Command(BaseCommand):
    """Bring locale/*.po in step with the source, or check that they are."""

    help = "Extracts msgids into locale/, fills English, lists what is still to be translated into German."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Change nothing; fail if anything is out of step."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        root = Path(settings.BASE_DIR)
        try:
            template = extract(root)
        except ExtractionFailed as error:
            raise CommandError(str(error)) from error
        if options["check"]:
            self._check(root, template)
        else:
            self._update(root, template)

    def _check(self, root: Path, template: Catalog) -> None:
        catalogues = {locale: load(po_path(root, locale), locale) for locale in LOCALES}
        problems = [
            p for locale, catalog in catalogues.items() for p in find_problems(template, catalog, locale)
        ]
        for problem in problems:
            self.stderr.write(str(problem))
        if problems:
            raise CommandError(
                f"Message catalogues: {len(problems)} problems. `make messages` brings them in step."
            )
        self.stdout.write(f"Message catalogues complete: {len(template)} messages in {', '.join(LOCALES)}")

    def _update(self, root: Path, template: Catalog) -> None:
        for locale in LOCALES:
            path = po_path(root, locale)
            lookup = as_source if locale == SOURCE_LANGUAGE else keep
            merged = merge(template, load(path, locale), lookup)
            save(path, merged, locale)
            missing = [name_of(m) for m in messages(merged) if not is_translated(m)]
            self.stdout.write(
                f"{path.relative_to(root)}: {len(merged)} messages, {len(missing)} to translate"
            )
            for msgid in missing:
                self.stdout.write(f"  {msgid!r}")
        compile_catalogues(root)
