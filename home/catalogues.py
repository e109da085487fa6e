"""Message catalogues: extract, merge, check, compile.

Compiling needs only Babel, so that the site runs without gettext. Extracting uses Django's own
`makemessages` (it alone understands Django templates), which needs gettext's xgettext.
No Django settings are needed for any of it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

LOCALES = ("de", "en")
SOURCE_LANGUAGE = "en"
SUFFIXES = {".py", ".html", ".txt"}
NOT_OURS = {"tests", "bench", "docs", "locale", "static", "var", "node_modules"}

# Written by hand instead of by Babel: its dates would change the file on every run.
HEADER = """\
# Wortlaut, message catalogue ({locale}). Sorted by msgid; written by `make messages`.
msgid ""
msgstr ""
"Project-Id-Version: wortlaut\\n"
"Language: {locale}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""

Translation = str | tuple[str, ...] | list[str]
Lookup = Callable[[Message], Translation | None]


class ExtractionFailed(Exception):
    """xgettext is missing, or could not read a source file."""


@dataclass(frozen=True)
class Problem:
    """One way in which a catalogue is not complete."""

    locale: str
    kind: str
    msgid: str

    def __str__(self) -> str:
        return f"{self.locale}: {self.kind}: {self.msgid!r}"


def po_path(root: Path, locale: str) -> Path:
    return root / "locale" / locale / "LC_MESSAGES" / "django.po"


def load(path: Path, locale: str) -> Catalog:
    """Read a catalogue; one that does not exist yet is empty."""
    if not path.exists():
        return Catalog(locale=locale, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=locale, charset="utf-8", abort_invalid=True)


def messages(catalog: Catalog) -> Iterator[Message]:
    """All messages without the header."""
    return (message for message in catalog if message.id)


def name_of(message: Message) -> str:
    """The msgid as written in the source, the singular of a plural pair."""
    return message.id if isinstance(message.id, str) else message.id[0]


def is_translated(message: Message) -> bool:
    forms = (message.string,) if isinstance(message.string, str) else message.string or ()
    wanted = 2 if message.pluralizable else 1
    return len(forms) == wanted and all(forms)


def extract(root: Path) -> Catalog:
    """Collect every msgid of the source tree. Raises ExtractionFailed."""
    if shutil.which("xgettext") is None:
        raise ExtractionFailed("xgettext is not installed (Debian: apt-get install gettext)")
    with tempfile.TemporaryDirectory(prefix="wortlaut-messages-") as folder:
        # A copy, because makemessages writes a temporary file beside every template.
        copy = Path(folder) / "source"
        _copy_sources(root, copy)
        (copy / "locale").mkdir()
        command = [sys.executable, "-W", "ignore", "-m", "django", "makemessages", "--locale", "en"]
        command += ["--keep-pot", "--no-location", "--no-wrap"]
        environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
        result = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, text=True, check=False
        )
        template = copy / "locale" / "django.pot"
        if result.returncode or not template.exists():
            raise ExtractionFailed((result.stderr or result.stdout).strip()[-4000:])
        # xgettext leaves a placeholder for the plural rule, which Babel refuses.
        text = template.read_text("utf-8").replace(
            "nplurals=INTEGER; plural=EXPRESSION", "nplurals=2; plural=(n != 1)"
        )
        return read_po(StringIO(text), charset="utf-8")


def _copy_sources(root: Path, target: Path) -> None:
    for folder, names, files in os.walk(root):
        here = Path(folder)
        top = here == root
        names[:] = [
            n for n in names if not n.startswith((".", "__pycache__")) and not (top and n in NOT_OURS)
        ]
        for name in files:
            if Path(name).suffix in SUFFIXES and not name.startswith("."):
                place = target / here.relative_to(root) / name
                place.parent.mkdir(parents=True, exist_ok=True)
                try:
                    shutil.copyfile(here / name, place)
                except FileNotFoundError:  # an editor's temporary file, gone meanwhile
                    continue


def merge(template: Catalog, current: Catalog, lookup: Lookup) -> Catalog:
    """Exactly the msgids of `template`, translated by `lookup`, else as in `current`, else empty."""
    merged = Catalog(locale=current.locale, charset="utf-8")
    for message in messages(template):
        known = current.get(message.id, message.context)
        text = lookup(message)
        if text is None and known is not None and not known.fuzzy and is_translated(known):
            text = known.string
        merged.add(
            message.id,
            text if text is not None else (("", "") if message.pluralizable else ""),
            flags=message.flags - {"fuzzy"},
            auto_comments=message.auto_comments,
            context=message.context,
        )
    return merged


def as_source(message: Message) -> Translation | None:
    """The English catalogue says what the source says."""
    return message.id


def keep(message: Message) -> Translation | None:
    """No news: leave the translation as it is."""
    return None


def save(path: Path, catalog: Catalog, locale: str) -> None:
    """Write the catalogue in its one form: sorted, without dates and places."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".po.new")
    with fresh.open("wb") as file:
        file.write(HEADER.format(locale=locale).encode())
        write_po(file, catalog, width=0, no_location=True, omit_header=True, sort_output=True)
    fresh.replace(path)


def compile_catalogues(root: Path) -> list[Path]:
    """Write a .mo beside each of our .po files; returns those that were out of date."""
    written = []
    for source in sorted((root / "locale").glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns > source.stat().st_mtime_ns:
            continue
        fresh = target.with_suffix(".mo.new")
        with fresh.open("wb") as file:
            write_mo(file, load(source, source.parts[-3]))
        fresh.replace(target)
        written.append(target)
    return written


def find_problems(template: Catalog, catalog: Catalog, locale: str) -> list[Problem]:
    """Missing, unused, untranslated and fuzzy messages of one catalogue."""
    wanted = {(name_of(m), m.context, m.pluralizable): m for m in messages(template)}
    present = {(name_of(m), m.context, m.pluralizable): m for m in messages(catalog)}
    problems = [Problem(locale, "missing", key[0]) for key in wanted if key not in present]
    problems += [Problem(locale, "unused", key[0]) for key in present if key not in wanted]
    problems += [Problem(locale, "fuzzy", key[0]) for key, m in present.items() if m.fuzzy]
    problems += [
        Problem(locale, "untranslated", key[0]) for key, m in present.items() if not is_translated(m)
    ]
    return sorted(problems, key=str)
