"""A source as one line for readers, from its CSL-JSON, in the style of German bibliographies. Pure.

This serves page, tooltip and mail, where a citation processor would be too slow and too strict: whatever is missing or
malformed is left out, and nothing raises. Export formats take the CSL-JSON itself. The line has no mark-up and no full
stop at its end.

- Book: "Baacke, Dieter: Medienpädagogik. Tübingen: Niemeyer 1997, S. 98"
- Article: "Brinda, Torsten u. a.: Frankfurt-Dreieck. In: merz 63 (2019), Nr. 4, S. 69–75, hier S. 71"
- Web page: "Gesellschaft für Informatik: Dagstuhl-Erklärung, März 2016, https://dagstuhl.gi.de/ (abgerufen am 3. Mai 2026)"
- Report: "UNESCO: A Global Framework of Reference. Information Paper 51, Juni 2018, S. 6"
- Legislation: "Rat der Europäischen Union: Empfehlung zu Schlüsselkompetenzen, 22. Mai 2018, ABl. C 189, S. 1–13"
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

__all__ = ["issued", "long_date", "names", "reference"]

_MONTHS: Final = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),  # noqa: SIM905
    "en": "January February March April May June July August September October November December".split(),  # noqa: SIM905
}
_WORDS: Final = {
    "de": {
        "others": "u. a.", "edited": "(Hg.)", "in": "In", "page": "S.", "pages": "S.", "here": "hier", "issue": "Nr.",
        "edition": "{}. Aufl.", "accessed": "abgerufen am {}", "no_date": "o. J.", "untitled": "ohne Titel",
    },
    "en": {
        "others": "et al.", "edited": "(ed.)", "in": "In", "page": "p.", "pages": "pp.", "here": "here", "issue": "no.",
        "edition": "{} ed.", "accessed": "accessed {}", "no_date": "n.d.", "untitled": "untitled",
    },
}  # fmt: skip
_ARTICLES: Final = frozenset(
    {"article-journal", "article-magazine", "article-newspaper", "article", "review", "paper-conference"}
)
_PARTS: Final = frozenset({"chapter", "entry", "entry-dictionary", "entry-encyclopedia"})
_LAWS: Final = frozenset({"legislation", "bill", "regulation", "legal_case", "treaty"})
_PAGES_OF_WEB: Final = frozenset(
    {"webpage", "post", "post-weblog", "dataset", "software", "motion_picture", "broadcast"}
)
_MOST_NAMES: Final = 3

_TAG: Final = re.compile(r"</?(?:i|b|em|strong|sub|sup|sc|span)\b[^<>]*>", re.IGNORECASE)
_PAGE_NUMBERS: Final = re.compile(r"[0-9ivxlcIVXLC]+(?:\s*[-–]\s*[0-9ivxlcIVXLC]+)?\s*(?:ff?\.?)?")
_RANGE: Final = re.compile(r"(?<=\w)\s*-\s*(?=\w)")
_FINAL: Final = (".", "?", "!", "…")


def reference(
    csl: Mapping[str, Any],
    passage: str = "",
    *,
    accessed: date | None = None,
    language: str = "de",
    address: bool = True,
) -> str:
    """The source as one line. `passage` is a page or another place in it; `address` adds its web address (http, https).

    The day of access stands with the address or, without it, at the end; `accessed` goes before the item's own day.
    """
    words = _WORDS["en" if language.startswith("en") else "de"]
    kind = _text(csl.get("type"))
    body = _sentences([_described(csl, kind, words), *_published(csl, kind, words, language)])
    parts = [body, *_places(csl, passage, words, with_pages=kind in _ARTICLES | _PARTS | _LAWS)]
    parts = [part for part in parts if part]
    seen = _seen(csl, accessed, words, language)
    if address and (url := _address(csl)):
        parts.append(f"{url} ({seen})" if seen else url)
    elif seen:
        parts[-1] = f"{parts[-1]} ({seen})"
    return ", ".join(parts)


def names(people: object, *, others: str = "u. a.") -> str:
    """CSL names as "Family, Given; Family, Given"; more than three as the first and "u. a."."""
    listed = [name for person in _listed(people) if (name := _name(person))]
    return f"{listed[0]} {others}" if len(listed) > _MOST_NAMES else "; ".join(listed)


def issued(csl: Mapping[str, Any], *, language: str = "de", only_year: bool = False) -> str:
    """When it appeared, as exactly as known: "22. Mai 2018", "Juni 2018", "2018"; empty if unknown."""
    return _date(csl.get("issued"), language, only_year=only_year)


def long_date(day: date, language: str = "de") -> str:
    """ "4. Mai 2026" or "4 May 2026"."""
    return _in_words([day.year, day.month, day.day], language)


def _described(csl: Mapping[str, Any], kind: str, words: Mapping[str, str]) -> str:
    """Author and title."""
    by = names(csl.get("author"), others=words["others"]) or _text(csl.get("authority"))
    if not by and kind not in _PARTS and (editors := names(csl.get("editor"), others=words["others"])):
        by = f"{editors} {words['edited']}"
    title = _text(csl.get("title")) or _text(csl.get("title-short")) or _text(csl.get("container-title"))
    return ": ".join(part for part in (by, title or words["untitled"]) if part)


def _published(csl: Mapping[str, Any], kind: str, words: Mapping[str, str], language: str) -> list[str]:
    """Where and when, as one or more sentences; a single date is put after a comma by `_sentences`."""
    if kind in _ARTICLES:
        return [_in_journal(csl, words, language)]
    if kind in _LAWS:
        return [
            _comma(issued(csl, language=language)),
            _comma(_spaced(csl, "container-title", "volume", "number")),
        ]
    container = _text(csl.get("container-title"))
    if kind in _PAGES_OF_WEB:
        return [container, _comma(issued(csl, language=language))]
    when = issued(csl, language=language, only_year=kind != "report") or words["no_date"]
    series = (
        _spaced(csl, "genre" if csl.get("genre") else "collection-title", "number")
        if kind == "report"
        else ""
    )
    place, publisher = _text(csl.get("publisher-place")), _text(csl.get("publisher"))
    if publisher and publisher in names(csl.get("author")):
        publisher = ""
    made = ": ".join(part for part in (place, publisher) if part)
    edition = _text(csl.get("edition"))
    return [
        _in_book(csl, words) if kind in _PARTS else "",
        series,
        words["edition"].format(edition)
        if edition.isdigit() and edition != "1"
        else edition
        if not edition.isdigit()
        else "",
        f"{made} {when}" if made and kind != "report" else made,
        "" if made and kind != "report" else _comma(when),
    ]


def _in_journal(csl: Mapping[str, Any], words: Mapping[str, str], language: str) -> str:
    container, volume, issue = (_text(csl.get(field)) for field in ("container-title", "volume", "issue"))
    year = issued(csl, language=language, only_year=bool(volume or issue))
    head = " ".join(part for part in (container, volume) if part)
    when = f" ({year})" if year and volume else f", {year}" if year and head else year
    line = f"{head}{when}" + (f", {words['issue']} {issue}" if issue else "")
    return f"{words['in']}: {line}" if container else _comma(line)


def _in_book(csl: Mapping[str, Any], words: Mapping[str, str]) -> str:
    editors, book = names(csl.get("editor"), others=words["others"]), _text(csl.get("container-title"))
    if not book:
        return ""
    return f"{words['in']}: {editors} {words['edited']}: {book}" if editors else f"{words['in']}: {book}"


def _places(csl: Mapping[str, Any], passage: str, words: Mapping[str, str], *, with_pages: bool) -> list[str]:
    """The pages it takes up, and the place cited."""
    pages = _pages(_text(csl.get("page")), words) if with_pages else ""
    cited = _pages(_text(passage), words)
    if pages and cited and cited != pages:
        return [pages, f"{words['here']} {cited}" if cited.startswith(words["page"][0]) else cited]
    return [cited or pages]


def _pages(text: str, words: Mapping[str, str]) -> str:
    """Bare numbers as pages; anything else ("Artikel 3", "Stichwort Bildung") as it is."""
    if not _PAGE_NUMBERS.fullmatch(text) or not any(map(str.isdigit, text)):
        return text
    several = "-" in text or "–" in text
    return f"{words['pages' if several else 'page']} {_RANGE.sub('–', text)}"


def _seen(csl: Mapping[str, Any], accessed: date | None, words: Mapping[str, str], language: str) -> str:
    when = long_date(accessed, language) if accessed else _date(csl.get("accessed"), language)
    return words["accessed"].format(when) if when else ""


def _address(csl: Mapping[str, Any]) -> str:
    """The web address or the DOI's; nothing a browser should not be sent to."""
    url = "".join(_text(csl.get("URL")).split())
    if url.lower().startswith(("https://", "http://")):
        return url
    doi = _text(csl.get("DOI"))
    return f"https://doi.org/{doi}" if re.fullmatch(r"10\.\d{4,9}/\S+", doi) else ""


def _sentences(parts: Iterable[str]) -> str:
    """Parts as sentences, without a full stop after one that has its own; ", …" goes on with the one before."""
    line = ""
    for part in parts:
        if part.startswith(", "):
            line += part if line else part[2:]
        elif part:
            line += (" " if line.endswith(_FINAL) else ". " if line else "") + part
    return line.removesuffix(".") if not line.endswith(("a.", "J.", "al.", "d.")) else line


def _comma(part: str) -> str:
    return f", {part}" if part else ""


def _spaced(csl: Mapping[str, Any], *fields: str) -> str:
    return " ".join(text for field in fields if (text := _text(csl.get(field))))


def _text(value: object) -> str:
    """A CSL value as one clean line; numbers as text, anything else as nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return " ".join(unicodedata.normalize("NFC", _TAG.sub("", str(value))).split())


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _name(person: object) -> str:
    if not isinstance(person, Mapping):
        return ""
    if literal := _text(person.get("literal")):
        return literal
    family = " ".join(
        text for part in ("non-dropping-particle", "family") if (text := _text(person.get(part)))
    )
    given = " ".join(text for part in ("given", "dropping-particle") if (text := _text(person.get(part))))
    return ", ".join(part for part in (family, given) if part)


def _date(value: object, language: str, *, only_year: bool = False) -> str:
    if not isinstance(value, Mapping):
        return ""
    ends = [
        _in_words(part[:1] if only_year else part, language)
        for part in _listed(value.get("date-parts"))
        if isinstance(part, list)
    ]
    ends = list(dict.fromkeys(end for end in ends if end))
    if ends:
        return "–".join(ends[:2])
    raw = _text(value.get("raw"))
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", raw):
        return _in_words(raw.split("-")[: 1 if only_year else 3], language)
    return _text(value.get("literal")) or raw


def _in_words(parts: list[Any], language: str) -> str:
    """[2018, 5, 22] as "22. Mai 2018" or "22 May 2018"; as much as makes sense."""
    numbers = [int(part) for part in map(_text, parts) if re.fullmatch(r"\d{1,4}", part)]
    if not numbers:
        return ""
    english = language.startswith("en")
    if len(numbers) < 2 or not 1 <= numbers[1] <= 12:
        return str(numbers[0])
    month = _MONTHS["en" if english else "de"][numbers[1] - 1]
    if len(numbers) < 3 or not 1 <= numbers[2] <= 31:
        return f"{month} {numbers[0]}"
    return f"{numbers[2]}{'' if english else '.'} {month} {numbers[0]}"
