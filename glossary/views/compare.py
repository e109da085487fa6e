"""Any two wordings of a term, word by word."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from glossary.models import ConsensusEntry, Definition, DefinitionRevision, Term, Wording
from glossary.phrases import long_day
from glossary.states import DefinitionOrigin
from glossary.text.diff import Segment, diff
from glossary.views.base import crumbs, show, term_crumb, with_term


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One wording that can be compared, named by what it is to the reader."""

    key: str
    title: str
    url: str


def comparison_url(term: Term, a: str, b: str) -> str:
    """The address of one comparison."""
    return f"{reverse('glossary:compare', kwargs={'slug': term.slug})}?{urlencode({'a': a, 'b': b})}"


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
        "unknown": bool((request.GET.get("a") and not a) or (request.GET.get("b") and not b)),
        **_difference(a, b),
    }
    return show(request, "compare", context, language=term.language)


def _difference(a: Choice | None, b: Choice | None) -> dict[str, Any]:
    if a is None or b is None:
        return {}
    texts = {w.key: w for w in Wording.objects.filter(key__in=[a.key, b.key])}
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
    """All wordings of a term that anybody could want to compare: agreed versions first, then definitions, newest first."""
    found: dict[str, Choice] = {}
    for entry in ConsensusEntry.objects.filter(term=term, wording__isnull=False).select_related("wording"):
        entry.term = term
        if entry.wording is None:
            continue
        title = _("Version %(number)s, in force from %(day)s") % {
            "number": entry.number,
            "day": long_day(entry.valid_from),
        }
        found.setdefault(
            entry.wording.key, Choice(key=entry.wording.key, title=title, url=entry.get_absolute_url())
        )
    revisions = DefinitionRevision.objects.filter(definition__term=term).select_related(
        "wording", "definition__organisation", "definition__group"
    )
    for revision in revisions.order_by("definition__proposed_at", "definition_id", "-number"):
        definition = revision.definition
        definition.term = term
        choice = Choice(
            key=revision.wording.key,
            title=_definition_title(definition, revision),
            url=definition.get_absolute_url(),
        )
        found.setdefault(choice.key, choice)
    return list(found.values())


def _definition_title(definition: Definition, revision: DefinitionRevision) -> str:
    facts = {
        "day": long_day(revision.made_at),
        "who": definition.organisation.short_name if definition.organisation else str(definition.group or ""),
        "title": definition.title,
    }
    if definition.origin == DefinitionOrigin.JOINT_DRAFT:
        return _("Joint draft of %(day)s: %(title)s") % facts
    if definition.origin == DefinitionOrigin.PROPOSAL:
        return _("Proposal of %(day)s (%(who)s): %(title)s") % facts
    return _("From literature: %(title)s") % facts
