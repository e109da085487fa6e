"""Plain text of comments: brought into one form on the way in, escaped and linked on the way out."""

import re
import unicodedata

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from record.errors import Invalid

MAX_LENGTH = 5_000
# Controls but newline and tab; bidi overrides and isolates, which make a text read differently than it is stored.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_URL = re.compile(r"https?://[^\s<>\"'„“”‚‘’«»]+", re.IGNORECASE)
_TRAILING = ".,;:!?)]}*_…"


def normalise(text: str) -> str:
    """The text as it is stored. Raises Invalid if nothing is left or it is too long."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    clean = _UNWANTED.sub("", lines)
    clean = "\n".join(line.rstrip() for line in clean.split("\n")).strip()
    clean = re.sub(r"\n{3,}", "\n\n", clean)
    if not clean:
        raise Invalid(_("Please write something."), field="text")
    if len(clean) > MAX_LENGTH:
        raise Invalid(
            _("At most 5,000 characters; these are %(n)s. Please shorten it.") % {"n": len(clean)},
            field="text",
        )
    return clean


def as_html(text: str) -> SafeString:
    """Escaped, with links for http and https addresses and nothing else; line breaks are the stylesheet's business."""
    parts, position = [], 0
    for match in _URL.finditer(text):
        url = _without_trailing(match.group())
        if len(url) <= len("https://"):
            continue
        parts.append(escape(text[position : match.start()]))
        parts.append(format_html('<a href="{}" rel="nofollow ugc noopener">{}</a>', url, url))
        position = match.start() + len(url)
    parts.append(escape(text[position:]))
    return mark_safe("".join(parts))


def _without_trailing(url: str) -> str:
    """A full stop ends the sentence, not the address; a closing bracket belongs to it only if it opened there."""
    while url and url[-1] in _TRAILING:
        if url[-1] == ")" and url.count("(") >= url.count(")"):
            break
        url = url[:-1]
    return url
