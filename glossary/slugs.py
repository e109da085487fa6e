"""Addresses of terms: made from the German preferred label, unique for ever."""

from django.utils.text import slugify

# Every first segment routed under /glossar/ that is not a term; a test compares this list with the routes.
RESERVED = frozenset({"runden"})
LENGTH = 80
_GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS"}
)


def german_slug(text: str) -> str:
    """ä becomes ae, ß becomes ss; never longer than an address may be."""
    return slugify(text.translate(_GERMAN))[:LENGTH].strip("-")
