"""Cuts a text into words, numbers, punctuation and blanks without losing a character.

- A word holds its inner hyphens and apostrophes ("DigitalPakt-Mittel", "geht's"), the inner star, colon or underscore of
  German gender forms ("Schüler*innen") and combining marks; a trailing hyphen of an elliptic compound ("Schul- und")
  belongs to it too.
- A number holds its separators and a unit sign that follows it ("3.000,50 €", "5 %", "20 °C"); "2018/C" is two tokens.
- Blanks are runs of spaces, or runs of line ends with the spaces around them. Punctuation is one character, an
  ellipsis of dots or a run of dashes.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

__all__ = ["LETTERS", "Token", "TokenKind", "pieces", "tokenize", "words", "words_alone"]

TokenKind = Literal["word", "number", "punctuation", "space"]


@dataclass(frozen=True, slots=True)
class Token:
    """One token: `text[start:end]` of the whole, offsets in code points."""

    kind: TokenKind
    text: str
    start: int
    end: int


def _marks() -> str:
    """Combining marks as a character class, in ranges: Python's \\w leaves them out, many scripts cannot do without."""
    codes = [code for code in range(0x300, 0xFE30) if unicodedata.category(chr(code))[0] == "M"]
    ranges: list[list[int]] = []
    for code in codes:
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in ranges)


_MARKS: Final = _marks()
LETTERS: Final = f"[^\\W_][\\w{_MARKS}\u200c\u200d]*"  # a run of letters and digits, as a pattern
_INNER: Final = "[-\u2010\u2011'\u2019*:·]"
_WORD: Final = f"[^\\W\\d_][\\w{_MARKS}\u200c\u200d]*(?:{_INNER}{LETTERS})*(?:[-\u2010\u2011](?![^\\s,;/)]))?"
_NUMBER: Final = (
    r"\d+(?:[.,:\u2019]\d+)*(?:[ \u00a0\u202f]?(?:%|‰|€|\$|£|°[CF]?|(?:EUR|Euro|Prozent|km|kg|cm|mm|m|g|GB|MB|kB|TB|Uhr)\b))?"
    f"[\\w{_MARKS}]*(?:{_INNER}{LETTERS})*"
)
_SPACE: Final = r" *\n[ \n]*|[^\S\n]+|\s+"
_PUNCTUATION: Final = r"\.{2,}|[-\u2010-\u2015]+|[^\w\s]|_+"

_TOKEN: Final = re.compile(
    f"(?P<word>{_WORD})|(?P<number>{_NUMBER})|(?P<space>{_SPACE})|(?P<punctuation>{_PUNCTUATION}|.)",
    re.DOTALL,
)
_PIECE: Final = re.compile(rf"\s*(?:{_WORD}|{_NUMBER}|{_PUNCTUATION}|\S)|\s+")
_WORDS: Final = re.compile(f"{_WORD}|{_NUMBER}")


def tokenize(text: str) -> list[Token]:
    """All tokens of the text, in order: `"".join(token.text for token in tokenize(text)) == text`."""
    return [Token(match.lastgroup, match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]  # type: ignore[arg-type]


def pieces(text: str) -> list[str]:
    """The text cut into words, numbers and punctuation, each with the blanks *before* it; lossless. For comparing."""
    return _PIECE.findall(text)


def words(text: str) -> list[tuple[str, int, int]]:
    """The words and numbers of the text with their offsets; blanks and punctuation left out."""
    return [(match[0], *match.span()) for match in _WORDS.finditer(text)]


def words_alone(text: str) -> list[str]:
    """The same without offsets, which is cheaper."""
    return _WORDS.findall(text)
