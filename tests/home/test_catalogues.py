"""Extracting, merging, checking and compiling message catalogues."""

import gettext
import shutil
from pathlib import Path

import pytest

from home import catalogues

needs_gettext = pytest.mark.skipif(shutil.which("xgettext") is None, reason="needs gettext's xgettext")

SOURCE = """
from django.utils.translation import gettext as _, ngettext, pgettext
_("Save")
pgettext("verb", "Open")
ngettext("%(n)s vote", "%(n)s votes", 2)
"""
TEMPLATE = """{% load i18n %}{% blocktranslate trimmed with name=name %}
  Hello
  {{ name }}
{% endblocktranslate %}"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for place, text in (
        ("app/views.py", SOURCE),
        ("templates/hello.html", TEMPLATE),
        ("tests/t.py", '_("No")'),
    ):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).write_text(text)
    return tmp_path


def write(project: Path, locale: str, lookup: catalogues.Lookup) -> Path:
    path = catalogues.po_path(project, locale)
    template = catalogues.extract(project)
    catalogues.save(path, catalogues.merge(template, catalogues.load(path, locale), lookup), locale)
    return path


@needs_gettext
def test_python_and_templates_are_extracted_and_tests_are_not(project: Path) -> None:
    template = catalogues.extract(project)

    names = {catalogues.name_of(message) for message in catalogues.messages(template)}

    assert names == {"Save", "Open", "%(n)s vote", "Hello %(name)s"}


@needs_gettext
def test_extracting_leaves_no_file_behind(project: Path) -> None:
    before = sorted(project.rglob("*"))

    catalogues.extract(project)

    assert sorted(project.rglob("*")) == before


@needs_gettext
def test_english_says_what_the_source_says_and_german_is_untranslated(project: Path) -> None:
    write(project, "en", catalogues.as_source)
    write(project, "de", catalogues.keep)
    template = catalogues.extract(project)

    found = {
        locale: catalogues.find_problems(
            template, catalogues.load(catalogues.po_path(project, locale), locale), locale
        )
        for locale in catalogues.LOCALES
    }

    assert found["en"] == []
    assert {problem.kind for problem in found["de"]} == {"untranslated"}
    assert len(found["de"]) == 4


@needs_gettext
def test_updating_again_keeps_translations_and_changes_no_byte(project: Path) -> None:
    german = {"Save": "Speichern"}
    path = write(project, "de", lambda message: german.get(catalogues.name_of(message)))
    before = path.read_bytes()

    write(project, "de", catalogues.keep)

    assert path.read_bytes() == before
    assert b'msgstr "Speichern"' in before


@needs_gettext
def test_new_and_vanished_messages_are_problems(project: Path) -> None:
    path = write(project, "en", catalogues.as_source)
    (project / "app/views.py").write_text(SOURCE.replace("Save", "Keep"))

    problems = catalogues.find_problems(catalogues.extract(project), catalogues.load(path, "en"), "en")

    assert [(problem.kind, problem.msgid) for problem in problems] == [
        ("missing", "Keep"),
        ("unused", "Save"),
    ]


@needs_gettext
def test_compiled_catalogues_translate_with_context_and_plural(project: Path) -> None:
    path = write(project, "en", catalogues.as_source)

    catalogues.compile_catalogues(project)

    with path.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert compiled.ngettext("%(n)s vote", "%(n)s votes", 1) == "%(n)s vote"
    assert compiled.ngettext("%(n)s vote", "%(n)s votes", 2) == "%(n)s votes"
    assert compiled.pgettext("verb", "Open") == "Open"


@needs_gettext
def test_only_catalogues_that_are_out_of_date_are_compiled(project: Path) -> None:
    write(project, "en", catalogues.as_source)

    first = catalogues.compile_catalogues(project)
    second = catalogues.compile_catalogues(project)

    assert len(first) == 1
    assert second == []


def test_a_source_that_cannot_be_read_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(catalogues.ExtractionFailed, match="xgettext"):
        catalogues.extract(tmp_path)
