"""Addresses made of German names: "Kurs (VHS)" is "kurs-vhs", "Größe & Maß" is "groesse-und-mass"."""

import re
from typing import Final

from record.letters import fold

__all__ = ["LIMIT", "german_slug", "with_number"]

LIMIT: Final = 80

_JOINERS: Final = re.compile("(?<=[^\\W_])[\u00ad\u200b-\u200d\u2060*:·'\u2019`´](?=[^\\W_])")
_OTHER: Final = re.compile("[^a-z0-9]+")


def german_slug(text: str, *, limit: int = LIMIT, fallback: str = "") -> str:
    """The text as lower-case ASCII letters, digits and single hyphens; idempotent.

    ä ö ü ß become ae oe ue ss, other accents go, & becomes "und"; soft hyphens, apostrophes and gender marks inside a
    word vanish ("Schüler*innen" is "schuelerinnen"). What is longer than `limit` ends at the last whole word that fits,
    or within the word if it is the first. A text without a letter or digit of these gives `fallback`.
    """
    folded = fold(_JOINERS.sub("", text).replace("&", " und "))
    whole = _OTHER.sub("-", folded).strip("-")
    return _shortened(whole, limit) or fallback


def with_number(base: str, number: int, *, limit: int = LIMIT) -> str:
    """`base` told apart by a number: "kurs-2"; never longer than `limit`."""
    end = f"-{number}"
    return _shortened(base, limit - len(end)) + end


def _shortened(whole: str, limit: int) -> str:
    if len(whole) <= limit:
        return whole
    head = whole[: limit + 1].rpartition("-")[0]
    return (head or whole[:limit]).strip("-")
