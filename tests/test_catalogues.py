"""German and English are complete, and the German keeps to our words."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from home import catalogues
from tests.words import wrong_words

ROOT = Path(settings.BASE_DIR)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")
MARKUP = re.compile(r"</?[a-z]+[^>]*>")
# English for something that was agreed; only that is a „Fassung“.
AGREED = re.compile(
    r"version|valid|published|carr(?:y|ies) this wording|agreed|agreement|page of record|in force|entry|entries",
    re.IGNORECASE,
)
# Messages about the minutes of a meeting, and about the act of signing in.
ABOUT_MINUTES = re.compile(r"minutes|meeting", re.IGNORECASE)


def catalogue(locale: str) -> list[Any]:
    return list(catalogues.messages(catalogues.load(catalogues.po_path(ROOT, locale), locale)))


def texts(message: Any) -> list[str]:
    return list(message.string) if isinstance(message.string, list | tuple) else [message.string]


def english(message: Any) -> str:
    return " ".join(message.id) if isinstance(message.id, list | tuple) else message.id


@pytest.mark.skipif(
    shutil.which("xgettext") is None, reason="needs gettext's xgettext; `make check` asks for it"
)
@pytest.mark.parametrize("locale", catalogues.LOCALES)
def test_everything_the_interface_says_is_translated(locale: str) -> None:
    source = catalogues.extract(ROOT)

    problems = catalogues.find_problems(
        source, catalogues.load(catalogues.po_path(ROOT, locale), locale), locale
    )

    assert problems == [], "\n".join(map(str, problems))


@pytest.mark.parametrize("locale", catalogues.LOCALES)
def test_no_translation_is_missing(locale: str) -> None:
    empty = [english(message) for message in catalogue(locale) if not all(texts(message))]

    assert empty == []


def test_german_and_english_have_the_same_messages() -> None:
    german, source = ({(english(m), m.context) for m in catalogue(locale)} for locale in ("de", "en"))

    assert german ^ source == set()


def test_german_fills_in_the_same_values() -> None:
    problems = [
        f"{english(message)!r}: {text!r}"
        for message in catalogue("de")
        for text in texts(message)
        if set(PLACEHOLDER.findall(text)) - set(PLACEHOLDER.findall(english(message)))
    ]

    assert problems == []


def test_german_keeps_to_our_words() -> None:
    problems = [
        f"{english(message)!r}: {text!r}: {wrong}"
        for message in catalogue("de")
        for text in texts(message)
        for wrong in wrong_words(MARKUP.sub("", text))
        if not ("rotokoll" in wrong and ABOUT_MINUTES.search(english(message)))
    ]

    assert problems == [], "\n".join(problems)


def test_only_what_was_agreed_is_called_fassung() -> None:
    problems = [
        f"{english(message)!r}: {text!r}"
        for message in catalogue("de")
        for text in texts(message)
        if re.search(r"\bFassung(en)?\b", text) and not AGREED.search(english(message))
    ]

    assert problems == [], "\n".join(problems)


def test_german_has_german_quotation_marks_and_speaks_formally() -> None:
    problems = []
    for message in catalogue("de"):
        for text in texts(message):
            plain = MARKUP.sub("", PLACEHOLDER.sub("x", text))
            if '"' in plain or plain.count("„") != plain.count("“") or "”" in plain:
                problems.append(f"quotation marks: {text!r}")
            if re.search(r"\b(du|dein|deine|dich|dir)\b", plain, re.IGNORECASE):
                problems.append(f"informal: {text!r}")

    assert problems == [], "\n".join(problems)
