"""The glossary from A to Z."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext

from glossary.models import Label, Term
from glossary.queries import explanations_map, in_force_map, with_status
from glossary.states import LabelStatus, LabelType, TermStage
from glossary.text.normalise import definition_part
from glossary.views.base import show
from glossary.views.pieces import Look, qualified, status_look
from people.roles import is_editor

# Above this many terms one letter is shown at a time.
WHOLE_LIST = 150
GIST_LENGTH = 220
BETTER_NOT = {LabelStatus.DEPRECATED, LabelStatus.SUPERSEDED}
_UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})


class Listed(NamedTuple):
    """A term as the list knows it: of a thousand, no more is read."""

    pk: int
    name: str
    full_name: str
    language: str
    stage: str
    slug: str

    @property
    def url(self) -> str:
        """The term's page."""
        return reverse("glossary:term", kwargs={"slug": self.slug})


class Entry(NamedTuple):
    """A word with its place in the alphabet: the term's own, or one that points to it."""

    sort: str
    pointer: bool
    word: str
    term: Listed
    better_not: bool = False

    @property
    def letter(self) -> str:
        """Under which letter it stands."""
        return self.sort[0].upper() if self.sort and self.sort[0].isalpha() else "#"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line that is shown; a pointer has no more than the word and where it leads."""

    word: str
    name: str
    url: str
    language: str
    letter: str
    look: Look | None = None
    pointer: bool = False
    better_not: bool = False
    gist: str = ""
    gist_kind: str = ""


def sort_key(word: str) -> str:
    """DIN 5007: umlauts like their vowels, case and accents do not matter."""
    folded = word.casefold().translate(_UMLAUTS)
    if not folded.isascii():
        folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    return folded.lstrip("„“\"'(- ")


def index(request: HttpRequest) -> HttpResponse:
    """All terms, filtered by status; every word that is not the preferred one points to its term."""
    chosen = request.GET.get("status", "")
    if chosen not in TermStage.values:
        chosen = ""
    words = _words()
    terms = _terms(words)
    wanted = [term for term in terms if (term.stage == chosen if chosen else term.stage != TermStage.RETIRED)]
    entries = sorted(_entries(wanted, words), key=attrgetter("sort", "pointer"))
    letters = sorted({entry.letter for entry in entries})
    letter = request.GET.get("buchstabe", "")[:1].upper()
    one_by_one = len(wanted) > WHOLE_LIST
    if one_by_one:
        letter = letter if letter in letters else (letters[0] if letters else "")
        entries = [entry for entry in entries if entry.letter == letter]
    context = {
        "groups": _grouped(_rows(entries)),
        "letters": _letters(letters, letter if one_by_one else "", chosen, one_by_one=one_by_one),
        "count": len(wanted),
        "statuses": _statuses(terms, chosen),
        "chosen": chosen,
        "chips": [{"label": TermStage(chosen).label, "remove_url": request.path}] if chosen else [],
        "may_create": request.user.is_authenticated and is_editor(request.user),
    }
    return show(request, "index", context)


def _words() -> dict[int, list[tuple[str, str, str]]]:
    """Text, status and type of the words of every term in the language of its negotiation, by term; one query."""
    found: dict[int, list[tuple[str, str, str]]] = {}
    labels = Label.objects.filter(language=F("term__language"))
    for term, text, status, kind in labels.values_list("term_id", "text", "status", "type"):
        found.setdefault(term, []).append((text, status, kind))
    return found


def _terms(words: dict[int, list[tuple[str, str, str]]]) -> list[Listed]:
    """All terms with their names; one query."""
    terms = with_status(Term.objects.all(), timezone.localdate())
    listed = []
    columns = ("pk", "slug", "qualifier", "language", "stage")
    for pk, slug, qualifier, language, stage in terms.values_list(*columns):
        preferred = (text for text, rank, _kind in words.get(pk, ()) if rank == LabelStatus.PREFERRED)
        name = next(preferred, slug)
        listed.append(Listed(pk, name, qualified(name, qualifier), language, stage, slug))
    return listed


def _entries(terms: list[Listed], words: dict[int, list[tuple[str, str, str]]]) -> Iterator[Entry]:
    for term in terms:
        yield Entry(sort_key(term.full_name), False, term.full_name, term)
        for text, rank, kind in words.get(term.pk, ()):
            if kind != LabelType.INFLECTED and text not in term.full_name:
                yield Entry(sort_key(text), True, text, term, rank in BETTER_NOT)


def _rows(entries: list[Entry]) -> list[Row]:
    """The lines that are shown; terms with the beginning of the agreed wording or of the explanation. Two queries."""
    gists = _gists([entry.term.pk for entry in entries if not entry.pointer])
    looks = {stage: status_look(stage) for stage in {entry.term.stage for entry in entries}}
    urls = {term: term.url for term in {entry.term for entry in entries}}
    rows = []
    for entry in entries:
        term = entry.term
        gist, kind = ("", "") if entry.pointer else gists.get(term.pk, ("", ""))
        rows.append(
            Row(
                word=entry.word,
                name=term.name,
                url=urls[term],
                language=term.language,
                letter=entry.letter,
                look=None if entry.pointer else looks[term.stage],
                pointer=entry.pointer,
                better_not=entry.better_not,
                gist=gist,
                gist_kind=kind,
            )
        )
    return rows


def _gists(ids: list[int]) -> dict[int, tuple[str, str]]:
    """By term what its line says, and what that is."""
    agreed = in_force_map(ids, timezone.localdate())
    rest = [pk for pk in ids if pk not in agreed]
    explained = explanations_map(rest, (get_language() or "de")[:2]) if rest else {}
    found = {pk: (shorten(explanation.text), "explanation") for pk, explanation in explained.items()}
    for pk, entry in agreed.items():
        if entry.wording is not None and entry.wording.text:
            found[pk] = (shorten(definition_part(entry.wording.text)), "agreed")
    return found


def shorten(text: str, length: int = GIST_LENGTH) -> str:
    """The first sentences that fit, otherwise whole words and an ellipsis."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    sentence = text[:length].rfind(". ")
    if sentence > length // 3:
        return text[: sentence + 1]
    return text[:length].rsplit(" ", 1)[0] + " …"


def _grouped(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.letter, []).append(row)
    return list(groups.items())


def _letters(present: list[str], current: str, status: str, *, one_by_one: bool) -> list[dict[str, Any]]:
    alphabet = [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", *(["#"] if "#" in present else [])]
    query = {"status": status} if status else {}
    return [
        {
            "letter": letter,
            "current": letter == current,
            "url": (f"?{urlencode({**query, 'buchstabe': letter})}" if one_by_one else f"#{_anchor(letter)}")
            if letter in present
            else "",
        }
        for letter in alphabet
    ]


def _anchor(letter: str) -> str:
    return "buchstabe-0" if letter == "#" else f"buchstabe-{letter.lower()}"


def _statuses(terms: list[Listed], chosen: str) -> list[dict[str, Any]]:
    """The filter with the number of terms each stage has; its words are those beside the terms."""
    counts = dict.fromkeys(TermStage.values, 0)
    for term in terms:
        counts[term.stage] += 1
    everything = sum(number for status, number in counts.items() if status != TermStage.RETIRED)
    first = {"value": "", "label": pgettext("terms", "All"), "count": everything, "active": not chosen}
    return [first] + [
        {
            "value": status,
            "label": TermStage(status).label,
            "count": counts[status],
            "active": status == chosen,
        }
        for status in TermStage.values
        if counts[status] or status == chosen
    ]
