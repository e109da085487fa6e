"""A wording's one form, its hash and its paragraphs. Pure: no Django, no database.

`normalise` is called once, when a wording is made. Exactly the code points it returns are hashed, shown, compared and
anchored. Two texts that look the same should be the same, so everything nobody can see is brought to one form:

1. Unicode NFC.
2. Line ends are LF. CR LF, CR, vertical tab, form feed, NEL and LINE SEPARATOR are line ends, PARAGRAPH SEPARATOR is a
   blank line.
3. A tab and every Unicode space (no-break, narrow, en, ideographic …) is U+0020. Keeping "5 %" on one line is the page's
   work. Runs of blanks are one blank; no blanks at the beginning or end of a line.
4. Paragraphs are separated by exactly one blank line; none before the first or after the last. Single line ends stay.
5. Removed: control characters, soft hyphens, zero-width space, word joiner, byte order mark, bidirectional marks,
   overrides and isolates, invisible operators, tag characters, variation selectors, Hangul fillers, the combining
   grapheme joiner: all that could hide text or reorder it. The zero-width (non-)joiner stays between two characters of
   scripts that need it (Persian, Indic) and in joined emoji, and goes everywhere else.
6. Word's symbol-font bullet (U+F0B7, U+F0A7) is "•". Any other private-use, unassigned or lone-surrogate character
   and the replacement characters U+FFFC and U+FFFD are refused (`unknown_character`): nobody can say what will be seen.
7. Mark-up is refused (`markup`), never removed: HTML tags, comments and character references, Markdown links and bold.
   "a < b", "<3", "R&D" and "Schüler*innen" are text.
8. A text without a letter or digit is refused (`empty`), one beyond MAX_LENGTH code points too (`too_long`).
"""

import hashlib
import html.entities
import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

__all__ = [
    "MAX_LENGTH", "NotAWording", "Paragraph", "ParagraphKind", "Reason", "definition_part", "is_normal", "normalise",
    "normalise_line", "paragraphs", "wording_hash",
]  # fmt: skip

Reason = Literal["empty", "markup", "unknown_character", "too_long"]
ParagraphKind = Literal["definition", "note", "example"]

MAX_LENGTH: Final = 50_000

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028]")
_BLANKS = re.compile("[\t \xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_BLANKS_AT_LINE_END = re.compile("(?m)^ +| +$")
_PARAGRAPH_BREAKS = re.compile("\n{3,}")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_JOINERS = re.compile("[\u200c\u200d]")
_JOINED = "[\u0600-\u1fff\u2190-\u2bff\ua800-\uabff\U00010a00-\U0001ffff]"
_USELESS_JOINER = re.compile(f"(?<!{_JOINED})[\u200c\u200d]|[\u200c\u200d](?!{_JOINED})")
_SYMBOL_FONT_BULLET = re.compile("[\uf0b7\uf0a7]")

_TAG = re.compile(
    r"</?[A-Za-z][A-Za-z0-9:-]*(?:\s[^<>]*)?/?>|<!--|<!\[CDATA\[|<!doctype\b|<\?xml\b", re.IGNORECASE
)
_REFERENCE = re.compile(r"&(#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MARKDOWN = re.compile(
    r"(?<![\w*])\*\*(?=[^\s*])[^*\n]{1,500}(?<=[^\s*])\*\*(?![\w*])|\[[^\[\]\n]{1,500}\]\([^()\s]{1,2000}\)"
)

_NOTE = re.compile(
    r"(?:(?P<note>Anmerkung(?:en)?|Notes?)|Beispiele?|Examples?)(?: \d{1,3})?(?: zum Begriff| to entry)? ?:",
    re.IGNORECASE,
)


class NotAWording(ValueError):
    """The text cannot be a wording.

    `reason` is a code for the message ("empty", "markup", "unknown_character", "too_long"); `found` is the offending
    piece and `position` its offset, where there is one.
    """

    def __init__(self, reason: Reason, found: str = "", position: int = 0) -> None:
        super().__init__(f"{reason}: {found!r} at {position}" if found else reason)
        self.reason: Reason = reason
        self.found = found
        self.position = position


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a wording: `wording[start:end] == text`, offsets in code points."""

    kind: ParagraphKind
    text: str
    start: int
    end: int


def normalise(text: str) -> str:
    """The text in its one form (rules in the module's docstring); idempotent. Raises NotAWording."""
    normal = _one_form(text)
    _refuse_unknown(normal)
    _refuse_markup(normal)
    if not any(map(str.isalnum, normal)):
        raise NotAWording("empty")
    if len(normal) > MAX_LENGTH:
        raise NotAWording("too_long")
    return normal


def normalise_line(text: str) -> str:
    """A text of one line that may be empty (scope, qualifier), by the same rules; line ends become blanks.

    Raises NotAWording, but never for emptiness.
    """
    normal = _one_form(_LINE_ENDS.sub("\n", text).replace("\u2029", "\n").replace("\n", " "))
    return normalise(normal) if any(map(str.isalnum, normal)) else ""


def is_normal(text: str) -> bool:
    """True when the text is already in its one form."""
    try:
        return normalise(text) == text
    except NotAWording:
        return False


def wording_hash(text: str, scope: str = "") -> str:
    """SHA-256 (hexadecimal) of the wording and its scope, both in their one form.

    Without a scope: of the UTF-8 bytes of the text, so anybody can check it with `sha256sum`. With a scope: of the text,
    one NUL byte and the scope. A normalised text holds no NUL, so no two pairs give the same bytes.
    Raises ValueError if one of them holds NUL or is not in NFC: then it was never normalised.
    """
    for part in (text, scope):
        if "\0" in part or not unicodedata.is_normalized("NFC", part):
            raise ValueError("only a normalised wording is hashed")
    return hashlib.sha256((f"{text}\0{scope}" if scope else text).encode()).hexdigest()


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a normalised wording, in order, each with its kind.

    A paragraph beginning "Anmerkung:" or "Beispiel:" (also "Anmerkung 2:", "Anmerkungen:", "Note:", "Example:") is a
    note or an example; one without such a beginning continues what stands before it; before the first it is the definition.
    """
    found: list[Paragraph] = []
    kind: ParagraphKind = "definition"
    start = 0
    for part in text.split("\n\n"):
        if label := _NOTE.match(part):
            kind = "note" if label["note"] else "example"
        found.append(Paragraph(kind, part, start, start + len(part)))
        start += len(part) + 2
    return found


def note_label(text: str) -> tuple[str, str]:
    """The beginning that makes a paragraph a note or an example, and the rest; ("", text) for one that continues."""
    label = _NOTE.match(text)
    return (label[0], text[label.end() :].lstrip()) if label else ("", text)


def definition_part(text: str) -> str:
    """The definition without notes and examples: what a tooltip shows and what is exported as the definition.

    A wording that begins with a note has no definition part of its own; then it is the whole text, never nothing.
    """
    definition = [paragraph for paragraph in paragraphs(text) if paragraph.kind == "definition"]
    return text[: definition[-1].end] if definition else text


def _one_form(text: str) -> str:
    """Rules 1 to 5 and the bullet of 6, repeated until nothing changes (removing one thing may join two others)."""
    before = None
    while text != before:
        before = text
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text)))
        if _JOINERS.search(text):
            text = _USELESS_JOINER.sub("", text)
        text = _SYMBOL_FONT_BULLET.sub("•", text).replace("\u2029", "\n\n")
        text = _BLANKS_AT_LINE_END.sub("", _BLANKS.sub(" ", text))
        text = _PARAGRAPH_BREAKS.sub("\n\n", text).strip("\n ")
    return text


def _refuse_unknown(text: str) -> None:
    for character in sorted(set(text)):
        if character > "\x7f" and character != "\n" and _is_unknown(character):
            raise NotAWording("unknown_character", character, text.index(character))


def _is_unknown(character: str) -> bool:
    return unicodedata.category(character) in {"Co", "Cn", "Cs"} or character in "\ufffc\ufffd"


def _refuse_markup(text: str) -> None:
    for pattern in (_TAG, _MARKDOWN):
        if match := pattern.search(text):
            raise NotAWording("markup", match[0], match.start())
    for match in _REFERENCE.finditer(text):
        if match[1].startswith("#") or f"{match[1]};" in html.entities.html5:
            raise NotAWording("markup", match[0], match.start())
