"""Any two wordings of a term, word by word."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from glossary.models import ConsensusEntry, DefinitionRevision, Term, Wording
from glossary.phrases import long_day
from glossary.states import DefinitionOrigin
from glossary.text.diff import Segment, diff
from glossary.views.base import crumbs, show, term_crumb, with_term


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One wording that can be compared, named by what it is to the reader."""

    key: str
    title: str
    # Of dozens that are offered two are led to.
    route: str
    route_kwargs: dict[str, Any]

    @property
    def url(self) -> str:
        """The page of the definition or of the agreed version."""
        return reverse(self.route, kwargs=self.route_kwargs)


def comparisons_of(term: Term) -> Callable[[str, str], str]:
    """The address of the comparison of any two wordings of a term, worked out once for all of them."""
    address = reverse("glossary:compare", kwargs={"slug": term.slug})
    return lambda a, b: f"{address}?{urlencode({'a': a, 'b': b})}"


def comparison_url(term: Term, a: str, b: str) -> str:
    """The address of one comparison."""
    return comparisons_of(term)(a, b)


def pairs(segments: list[Segment]) -> list[tuple[str, str]]:
    """Segments as the diff component takes them."""
    return [(segment.op, segment.text) for segment in segments]


@with_term
def compare(request: HttpRequest, term: Term) -> HttpResponse:
    """Two wordings by their keys."""
    choices = wording_choices(term)
    named = {choice.key: choice for choice in choices}
    a, b = named.get(request.GET.get("a", "")), named.get(request.GET.get("b", ""))
    context = {
        "term": term,
        "breadcrumb": crumbs(term_crumb(term)),
        "choices": choices,
        "a": a,
        "b": b,
        "chosen": _preselected(choices, a, b),
        "unknown": bool((request.GET.get("a") and not a) or (request.GET.get("b") and not b)),
        **_difference(a, b),
    }
    return show(request, "compare", context, language=term.language)


def _preselected(choices: list[Choice], a: Choice | None, b: Choice | None) -> tuple[str, str]:
    """The keys the two lists stand at; without a second wording the second list stands at the second."""
    second = choices[1].key if len(choices) > 1 else ""
    return a.key if a else "", b.key if b else second


def _difference(a: Choice | None, b: Choice | None) -> dict[str, Any]:
    if a is None or b is None:
        return {}
    wordings = Wording.objects.filter(key__in=[a.key, b.key]).only("key", "text", "scope", "language")
    texts = {wording.key: wording for wording in wordings}
    left, right = texts[a.key], texts[b.key]
    scopes = diff(left.scope or "", right.scope or "")
    return {
        "left": left,
        "right": right,
        "segments": pairs(diff(left.text or "", right.text or "")),
        "scope_segments": pairs(scopes) if left.scope != right.scope else None,
        "removed": left.text is None or right.text is None,
    }


def wording_choices(term: Term) -> list[Choice]:
    """All wordings of a term that anybody could want to compare: agreed versions first, then definitions, newest first.

    Two queries for what the lists name, without the texts.
    """
    found: dict[str, Choice] = {}
    for choice in (*_agreed_versions(term), *_definitions(term)):
        found.setdefault(choice.key, choice)
    return list(found.values())


def _agreed_versions(term: Term) -> Iterator[Choice]:
    entries = ConsensusEntry.objects.filter(term=term, wording__isnull=False)
    for key, number, valid_from in entries.values_list("wording__key", "number", "valid_from"):
        facts = {"number": number, "day": long_day(valid_from)}
        yield Choice(
            key=key,
            title=_("Version %(number)s, in force from %(day)s") % facts,
            route="glossary:entry",
            route_kwargs={"slug": term.slug, "number": number},
        )


def _definitions(term: Term) -> Iterator[Choice]:
    revisions = DefinitionRevision.objects.filter(definition__term=term).order_by(
        "definition__proposed_at", "definition_id", "-number"
    )
    rows = revisions.values_list(
        "wording__key", "made_at", "definition__key", "definition__origin", "definition__title",
        Coalesce("definition__organisation__short_name", "definition__group__name", Value("")),
    )  # fmt: skip
    for key, made_at, definition, origin, title, who in rows:
        yield Choice(
            key=key,
            title=_definition_title(origin, {"day": long_day(made_at), "who": who, "title": title}),
            route="glossary:definition",
            route_kwargs={"slug": term.slug, "key": definition},
        )


def _definition_title(origin: str, facts: Mapping[str, str]) -> str:
    if origin == DefinitionOrigin.JOINT_DRAFT:
        return _("Joint draft of %(day)s: %(title)s") % facts
    if origin == DefinitionOrigin.PROPOSAL:
        return _("Proposal of %(day)s (%(who)s): %(title)s") % facts
    return _("From literature: %(title)s") % facts
