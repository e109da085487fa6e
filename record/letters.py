"""Letters made equal: case, ß and ss, ä and ae, accents. Pure; addresses, search and stems rest on it."""

import re
import unicodedata
from typing import Final

__all__ = ["UMLAUTS", "casefolded", "fold", "plain_letters"]

UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_SPECIAL: Final = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "’": "'", "ʼ": "'"}
)
_MARK: Final = re.compile("[\u0300-\u036f]+")
_OTHER_MARKED: Final = re.compile("[^\x00-\x7fäöü]")


def fold(text: str) -> str:
    """The text without differences of spelling: case-folded, ß as ss, ä ö ü as ae oe ue, other accents dropped.

    "BÜRGER", "Bürger" and "Buerger" fold to "buerger"; "Burger" does not. Idempotent; changes lengths.
    """
    return plain_letters(casefolded(text)).translate(UMLAUTS)


def casefolded(text: str) -> str:
    """Without differences of case, in one normal form."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def plain_letters(text: str) -> str:
    """Accents dropped from every letter but ä, ö, ü."""
    if text.isascii() or not _OTHER_MARKED.search(text):
        return text
    return "".join(
        letter if letter in "äöü" else _MARK.sub("", unicodedata.normalize("NFD", letter))
        for letter in text.translate(_SPECIAL)
    )
