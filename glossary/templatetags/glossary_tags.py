"""Template tags of the glossary: dates in words, references, the language of a negotiated text."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from glossary import phrases
from glossary.states import RoundPhase, Stance
from glossary.text.normalise import note_label, paragraphs
from glossary.views.sources import SourceLine

register = template.Library()

register.filter("long_day", phrases.long_day)
register.filter("long_moment", phrases.long_moment)
register.filter("clock", phrases.clock)
register.filter("join_names", phrases.join)


@register.filter
def deadline(closes_at: datetime, today: date | None = None) -> str:
    """Until when, and how many days are left."""
    return phrases.deadline(closes_at, today)


@register.filter
def other_language(language: str) -> SafeString | str:
    """` lang="de"` where the text is not in the language of the page."""
    if not language or language == (get_language() or "de")[:2]:
        return ""
    return format_html(' lang="{}"', language)


@register.filter
def wording_state(phase: str) -> str:
    """How the wording of a round looks: dashed while it is asked about."""
    return "" if phase in {RoundPhase.CLOSED, RoundPhase.CLOSING} else "open"


# Longer definitions are set a size smaller.
LONG_WORDING = 260


@register.simple_tag
def wording_parts(text: str) -> dict[str, Any]:
    """A wording cut for display: paragraphs of the definition, then its notes and examples with their labels."""
    definition: list[str] = []
    notes: list[dict[str, str]] = []
    for paragraph in paragraphs(text or ""):
        if paragraph.kind == "definition":
            definition.append(paragraph.text)
        else:
            label, said = note_label(paragraph.text)
            notes.append({"label": label, "text": said})
    return {"definition": definition, "notes": notes, "long": sum(map(len, definition)) > LONG_WORDING}


@register.simple_tag
def wording_html(text: str | None) -> SafeString:
    """The same as paragraphs, for the many texts of a comparison."""
    if text is None:
        return format_html('<p class="muted">{}</p>', _("This text was removed."))
    return _paragraphs_html(text)


@lru_cache(maxsize=512)
def _paragraphs_html(text: str) -> SafeString:
    """Wordings never change, and the same ones are shown over and over."""
    parts = wording_parts(text)
    notes = [(note["label"], note["text"]) for note in parts["notes"]]
    return format_html(
        "{}{}",
        format_html_join("", "<p>{}</p>", ((one,) for one in parts["definition"])),
        format_html_join("", '<p class="note"><b>{}</b> {}</p>', notes),
    )


@register.simple_tag
def sources_html(sources: Iterable[SourceLine], language: SafeString | str) -> SafeString:
    """The sources of a text, a paragraph each; `language` is the attribute `other_language` made."""
    return format_html_join(
        "",
        '<p class="column__source"><b>{}:</b> <span{}>{}</span>{}{}</p>',
        (
            (
                one.relation,
                language,
                one.text,
                format_html(' <a class="break no-href" href="{0}" rel="external">{0}</a>', one.url)
                if one.url
                else "",
                format_html(' <span class="nowrap">({})</span>', one.accessed) if one.accessed else "",
            )
            for one in sources
        ),
    )


SILENT = "silent"
# What a seat says, as title and icon, in the order of the bar. Who took an answer back has not spoken.
VOICES: dict[str, tuple[Any, str]] = {
    Stance.CONSENT: (gettext_lazy("Consent"), "check-circle"),
    Stance.RESERVATION: (gettext_lazy("Consent with reservation"), "check-note"),
    Stance.STAND_ASIDE: (gettext_lazy("Standing aside"), "minus-circle"),
    Stance.OBJECTION: (gettext_lazy("Serious objection"), "objection"),
    SILENT: (gettext_lazy("No answer yet"), "silent"),
}


@register.simple_tag
def voice_groups(voices: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The seats of a round grouped by what they said, in fixed order; a seat that took back has not spoken."""
    grouped: dict[str, list[Any]] = {str(value): [] for value in VOICES}
    for voice in voices:
        value = str(voice.get("value"))
        grouped[value if value in grouped else SILENT].append(voice)
    return [
        {
            "value": value,
            "title": str(VOICES[value][0]),
            "icon": VOICES[value][1],
            "voices": members,
            "bar": _bar(value, len(members)),
        }
        for value, members in grouped.items()
        if members
    ]


def _bar(value: str, seats: int) -> SafeString:
    """A piece of the bar for each seat; rounds may have dozens of them, all alike."""
    piece = format_html('<span class="bar__seat bar__seat--{0} voice--{0}"></span>', value)
    return SafeString(piece * seats)
