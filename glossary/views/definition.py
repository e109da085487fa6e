"""One definition with its thread: wording, sources, earlier wordings, what became of it."""

from itertools import pairwise
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from glossary.models import Definition, DefinitionRevision, Round, Term
from glossary.phrases import long_day
from glossary.policy import may
from glossary.states import DefinitionOrigin, DefinitionState
from glossary.text.diff import diff
from glossary.views.base import crumbs, show, term_crumb, with_term
from glossary.views.columns import brought_in
from glossary.views.compare import comparison_url, pairs
from glossary.views.pieces import Look, phase_look
from glossary.views.sources import sources_by_wording


@with_term
def definition(request: HttpRequest, term: Term, key: str) -> HttpResponse:
    """The page of one definition."""
    row = find_definition(term, key)
    revisions = list(DefinitionRevision.objects.filter(definition=row).select_related("wording"))
    rounds = list(Round.objects.public().filter(definition=row).select_related("outcome", "entry"))
    adopted = sorted((r.entry for r in rounds if hasattr(r, "entry")), key=lambda entry: entry.number)
    for entry in adopted:
        entry.term = term
    context = {
        "term": term,
        "definition": row,
        "brought_in": _brought_in(row),
        "look": state_look(row),
        "sources": sources_by_wording([row.wording_id]).get(row.wording_id, []),
        "adopted": adopted,
        "is_agreed": any(entry.wording_id == row.wording_id for entry in adopted),
        "rounds": [{"round": r, "look": phase_look(r, long_day(r.closes_at))} for r in rounds],
        "revisions": earlier_wordings(term, revisions),
        "parents": _parents(row),
        "breadcrumb": crumbs(term_crumb(term)),
        "steps": _steps(request, row),
    }
    return show(request, "definition", context, language=term.language)


def find_definition(term: Term, key: str) -> Definition:
    """A definition of this term. 404 otherwise."""
    rows = Definition.objects.select_related("wording", "organisation", "group", "merged_into")
    row = get_object_or_404(rows, term=term, key=key)
    row.term = term
    if row.merged_into:
        row.merged_into.term = term
    return row


def state_look(row: Definition) -> Look:
    """State as word and icon."""
    tone, icon = {
        DefinitionState.PROPOSED: ("info", "comments"),
        DefinitionState.WITHDRAWN: ("quiet", "undo"),
        DefinitionState.SET_ASIDE: ("quiet", "archive"),
    }[DefinitionState(row.state)]
    return Look(word=str(DefinitionState(row.state).label), tone=tone, icon=icon, detail=_brought_in(row))


def _brought_in(row: Definition) -> str:
    return brought_in(row, row.organisation or row.group, row.wording.made_at)


def earlier_wordings(term: Term, revisions: list[DefinitionRevision]) -> list[dict[str, Any]]:
    """Every wording it has had with the difference to the one before, newest first."""
    found = [
        {
            "number": new.number,
            "day": long_day(new.made_at),
            "segments": pairs(diff(old.wording.text or "", new.wording.text or "")),
            "url": comparison_url(term, old.wording.key, new.wording.key),
            "language": new.wording.language,
        }
        for old, new in pairwise(revisions)
    ]
    return found[::-1]


def _parents(row: Definition) -> list[Definition]:
    """The definitions a joint draft was made from."""
    if row.origin != DefinitionOrigin.JOINT_DRAFT:
        return []
    wordings = row.revisions.order_by("number").values("wording__parents")[:10]
    revisions = DefinitionRevision.objects.filter(wording__in=wordings).exclude(definition=row)
    found = list(
        Definition.objects.filter(pk__in=revisions.values("definition"))
        .select_related("organisation")
        .distinct()
    )
    for parent in found:
        parent.term = row.term
    return found


def _steps(request: HttpRequest, row: Definition) -> list[dict[str, str]]:
    """What this person may do with it; the main step first."""
    user = request.user
    if not user.is_authenticated:
        return []
    slug = {"slug": row.term.slug}
    kwargs = {**slug, "key": row.key}
    possible = (
        (
            "plan_round",
            _("Plan a consent round"),
            reverse("glossary:round_plan", kwargs=slug) + f"?definition={row.key}",
        ),
        ("revise_definition", _("Change the wording"), reverse("glossary:definition_revise", kwargs=kwargs)),
        ("return_definition", _("Bring it back"), reverse("glossary:definition_return", kwargs=kwargs)),
        (
            "edit_definition",
            _("Change title and rationale"),
            reverse("glossary:definition_edit", kwargs=kwargs),
        ),
        (
            "withdraw_definition",
            pgettext("act", "Withdraw"),
            reverse("glossary:definition_withdraw", kwargs=kwargs),
        ),
        (
            "set_aside_definition",
            pgettext("act", "Set aside"),
            reverse("glossary:definition_set_aside", kwargs=kwargs),
        ),
    )
    found = [{"label": label, "url": url} for act, label, url in possible if may(user, act, row)]
    if may(user, "propose_definition", row.term):
        url = reverse("glossary:propose", kwargs=slug) + f"?grundlage={row.key}"
        found.append({"label": _("Make a proposal on this basis"), "url": url})
    return found
