"""Template tags of the glossary: dates in words, references, the language of a negotiated text."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from glossary import citation, phrases
from glossary.models import Source
from glossary.states import RoundPhase

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


@register.filter
def reference(source: Source) -> str:
    """A source as one line."""
    return citation.reference(source.csl, source.passage)


@register.filter
def csl_reference(csl: dict[str, Any], passage: str = "") -> str:
    """A bare CSL-JSON item as one line."""
    return citation.reference(csl, passage)


@register.filter
def source_url(csl: dict[str, Any]) -> str:
    """The address of a source, if a browser may be sent there."""
    return citation.safe_url(csl)
