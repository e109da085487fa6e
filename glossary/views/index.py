"""The glossary from A to Z."""

import unicodedata
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, pgettext

from glossary.models import Term
from glossary.queries import explanations_map, in_force_map, with_status
from glossary.states import LabelStatus, LabelType, TermStatus
from glossary.text.normalise import definition_part
from glossary.views.base import show
from glossary.views.pieces import Look, full_name, status_look
from people.roles import is_editor

# Above this many terms one letter is shown at a time.
WHOLE_LIST = 150
GIST_LENGTH = 220
_UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the list: a term, or a word that points to it."""

    word: str
    term: Term
    language: str
    sort: str
    look: Look | None = None
    pointer: bool = False
    better_not: bool = False
    gist: str = ""
    gist_kind: str = ""

    @property
    def letter(self) -> str:
        """Under which letter it stands."""
        return self.sort[0].upper() if self.sort and self.sort[0].isalpha() else "#"


def sort_key(word: str) -> str:
    """DIN 5007: umlauts like their vowels, case and accents do not matter."""
    folded = unicodedata.normalize("NFKD", word.casefold().translate(_UMLAUTS))
    return "".join(c for c in folded if not unicodedata.combining(c)).lstrip("„“\"'(- ")


def index(request: HttpRequest) -> HttpResponse:
    """All terms, filtered by status; every word that is not the preferred one points to its term."""
    chosen = request.GET.get("status", "")
    if chosen not in TermStatus.values:
        chosen = ""
    terms = list(with_status(Term.objects.with_labels(), timezone.localdate()))
    wanted = [
        term for term in terms if (term.status == chosen if chosen else term.status != TermStatus.RETIRED)
    ]
    rows = sorted(_rows(wanted), key=lambda row: (row.sort, row.pointer))
    letters = sorted({row.letter for row in rows})
    letter = request.GET.get("buchstabe", "")[:1].upper()
    one_by_one = len(wanted) > WHOLE_LIST
    if one_by_one:
        letter = letter if letter in letters else (letters[0] if letters else "")
        rows = [row for row in rows if row.letter == letter]
    context = {
        "groups": _grouped(_with_gists(rows)),
        "letters": _letters(letters, letter if one_by_one else "", chosen, one_by_one=one_by_one),
        "count": len(wanted),
        "statuses": _statuses(terms, chosen),
        "chosen": chosen,
        "chips": [{"label": TermStatus(chosen).label, "remove_url": request.path}] if chosen else [],
        "may_create": request.user.is_authenticated and is_editor(request.user),
    }
    return show(request, "index", context)


def _rows(terms: list[Term]) -> list[Row]:
    rows = []
    for term in terms:
        name = full_name(term)
        rows.append(
            Row(
                word=name,
                term=term,
                language=term.language,
                sort=sort_key(name),
                look=status_look(term.status),
            )
        )
        for label in term.labels.all():
            if label.type == LabelType.INFLECTED or label.text in name or label.language != term.language:
                continue
            rows.append(
                Row(
                    word=label.text,
                    term=term,
                    language=label.language,
                    sort=sort_key(label.text),
                    pointer=True,
                    better_not=label.status in {LabelStatus.DEPRECATED, LabelStatus.SUPERSEDED},
                )
            )
    return rows


def _with_gists(rows: list[Row]) -> list[Row]:
    """The beginning of the agreed wording or of the explanation, for the terms shown."""
    ids = [row.term.pk for row in rows if not row.pointer]
    agreed = in_force_map(ids, timezone.localdate())
    rest = [pk for pk in ids if pk not in agreed]
    explained = explanations_map(rest, (get_language() or "de")[:2]) if rest else {}
    found = []
    for row in rows:
        entry, explanation = agreed.get(row.term.pk), explained.get(row.term.pk)
        gist, kind = "", ""
        if not row.pointer and entry is not None and entry.wording is not None and entry.wording.text:
            gist, kind = definition_part(entry.wording.text), "agreed"
        elif not row.pointer and explanation is not None:
            gist, kind = explanation.text, "explanation"
        found.append(replace(row, gist=shorten(gist), gist_kind=kind))
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


def _statuses(terms: list[Term], chosen: str) -> list[dict[str, Any]]:
    """The filter with the number of terms each status has."""
    counts = dict.fromkeys(TermStatus.values, 0)
    for term in terms:
        counts[term.status] += 1
    everything = sum(number for status, number in counts.items() if status != TermStatus.RETIRED)
    first = {"value": "", "label": pgettext("terms", "All"), "count": everything, "active": not chosen}
    return [first] + [
        {
            "value": status,
            "label": TermStatus(status).label,
            "count": counts[status],
            "active": status == chosen,
        }
        for status in TermStatus.values
        if counts[status] or status == chosen
    ]
