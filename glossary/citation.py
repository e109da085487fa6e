"""Citing: a reference as a line of text, and an agreed wording as a line, BibTeX and RIS. Pure: no database, no request."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from glossary.text import reference as text_reference

__all__ = ["Citable", "author_names", "bibtex", "issued_year", "reference", "ris", "safe_url"]

_BIBTEX_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_LINE_ENDS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citable:
    """What a citation of an agreed wording needs. `publisher` is the working group or network that agreed on it."""

    key: str
    number: int
    title: str
    publisher: str
    published: date
    url: str
    language: str
    text: str
    note: str = ""


def author_names(csl: Mapping[str, Any]) -> list[str]:
    """The authors of a CSL-JSON item as "Family, Given" or as the organisation's name."""
    found = []
    for author in csl.get("author") or []:
        if isinstance(author, Mapping):
            name = author.get("literal") or ", ".join(
                part for part in (author.get("family"), author.get("given")) if part
            )
            if name:
                found.append(str(name))
    return found


def issued_year(csl: Mapping[str, Any]) -> str:
    """The year of a CSL-JSON item, "" if it has none."""
    issued = csl.get("issued") or {}
    parts = issued.get("date-parts") or [[]]
    return str(parts[0][0]) if parts[0] else str(issued.get("literal") or "")


def safe_url(csl: Mapping[str, Any]) -> str:
    """The item's address if a browser may be sent there (http and https only)."""
    url = str(csl.get("URL") or "")
    return url if url.lower().startswith(("https://", "http://")) else ""


def reference(
    csl: Mapping[str, Any], passage: str = "", *, accessed: date | None = None, language: str = "de"
) -> str:
    """The source as one line without its address, which the page links: `glossary.text.reference`."""
    return text_reference.reference(csl, passage, accessed=accessed, language=language, address=False)


def bibtex(entry: Citable) -> str:
    """One @misc record; special characters escaped, the text of the wording as abstract."""
    fields = {
        "title": f"{{{_tex(entry.title)}}}",
        "author": f"{{{_tex(entry.publisher)}}}",
        "year": str(entry.published.year),
        "date": entry.published.isoformat(),
        "version": str(entry.number),
        "url": entry.url,
        "langid": {"de": "ngerman", "en": "english"}.get(entry.language, entry.language),
        "note": _tex(entry.note),
        "abstract": _tex(entry.text),
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{entry.key}-{entry.number},\n{lines}\n}}\n"


def ris(entry: Citable) -> str:
    """One RIS record, line ends as the format wants them."""
    lines: Sequence[tuple[str, str]] = (
        ("TY", "GEN"),
        ("TI", entry.title),
        ("AU", entry.publisher),
        ("PY", str(entry.published.year)),
        ("DA", entry.published.strftime("%Y/%m/%d")),
        ("ET", str(entry.number)),
        ("UR", entry.url),
        ("LA", entry.language),
        ("N1", entry.note),
        ("AB", entry.text),
    )
    body = "\r\n".join(f"{tag}  - {_LINE_ENDS.sub(' ', value)}" for tag, value in lines if value)
    return f"{body}\r\nER  - \r\n"


def _tex(text: str) -> str:
    return "".join(_BIBTEX_SPECIAL.get(character, character) for character in _LINE_ENDS.sub(" ", text))
