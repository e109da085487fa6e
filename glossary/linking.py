"""What texts elsewhere need to link terms: a finder of all words, and the text of a tooltip."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from glossary.models import Label, LabelState, Term
from glossary.queries import explanations_map, in_force_map
from glossary.states import LabelStatus
from glossary.text.finder import Finder, FinderLabel
from glossary.text.normalise import definition_part

__all__ = ["Tooltip", "current_finder", "labels_state", "tooltips"]

_finders: dict[str, tuple[str, Finder]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tooltip:
    """What a reader sees about a term without leaving the text. `number` and `since` belong to an agreed wording."""

    name: str
    url: str
    text: str
    kind: Literal["agreed", "explanation", "none"]
    number: int | None = None
    since: date | None = None
    language: str = "de"


def labels_state() -> str:
    """Changes with every change of a word, an address or a term's retirement; one query for one row."""
    return LabelState.objects.values_list("token", flat=True).first() or ""


def current_finder(language: str = "de") -> Finder:
    """The finder of all words of terms in use in one language, built once per process and state; one or two queries."""
    state = labels_state()
    known = _finders.get(language)
    if known is None or known[0] != state:
        known = _finders[language] = (state, _build(language))
    return known[1]


def _build(language: str) -> Finder:
    rows = Label.objects.filter(language=language, term__retired_on=None)
    columns = ("term__key", "text", "type", "language", "term__qualifier")
    return Finder(FinderLabel(*row) for row in rows.values_list(*columns))


def tooltips(term_keys: Iterable[str], language: str = "de") -> dict[str, Tooltip]:
    """The agreed wording in force of each term, else the editors' explanation; three queries for any number."""
    terms = list(Term.objects.filter(key__in=list(term_keys)).annotate(**_names(language)))
    ids = [term.pk for term in terms]
    entries = in_force_map(ids)
    explanations = explanations_map(ids, language)
    found: dict[str, Tooltip] = {}
    for term in terms:
        name = term.name_here or term.name_there or term.slug  # type: ignore[attr-defined]
        url = reverse("glossary:term", kwargs={"slug": term.slug})
        if entry := entries.get(term.pk):
            wording = entry.wording
            found[term.key] = Tooltip(
                name=name,
                url=url,
                text=wording.definition_text if wording else "",
                kind="agreed",
                number=entry.number,
                since=entry.valid_from,
                language=wording.language if wording else term.language,
            )
        elif (explanation := explanations.get(term.pk)) and explanation.text:
            text = definition_part(explanation.text)
            found[term.key] = Tooltip(
                name=name, url=url, text=text, kind="explanation", language=explanation.language
            )
        else:
            found[term.key] = Tooltip(name=name, url=url, text="", kind="none", language=term.language)
    return found


def _names(language: str) -> dict[str, Subquery]:
    preferred = Label.objects.filter(term=OuterRef("pk"), status=LabelStatus.PREFERRED)
    return {
        "name_here": Subquery(preferred.filter(language=language).values("text")[:1]),
        "name_there": Subquery(preferred.filter(language=OuterRef("language")).values("text")[:1]),
    }
