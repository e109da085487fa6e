"""How the meaning of a term came about: every version with its difference, and what happened in between."""

from itertools import pairwise
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from glossary.models import ConsensusEntry, Definition, Round, Term
from glossary.phrases import join, local_day, long_day
from glossary.states import DefinitionOrigin, EntryKind, OutcomeResult, RoundState
from glossary.text.diff import diff
from glossary.views.base import crumbs, show, term_crumb, with_term
from glossary.views.compare import pairs
from glossary.views.pieces import entry_detail, in_force


@with_term
def history(request: HttpRequest, term: Term) -> HttpResponse:
    """Versions newest first, each against the one before, then all events."""
    entries = list(
        ConsensusEntry.objects.filter(term=term)
        .select_related("wording", "round")
        .prefetch_related("dissents")
        .order_by("number")
    )
    for entry in entries:
        entry.term = term
    current = in_force(entries)
    context = {
        "term": term,
        "breadcrumb": crumbs(term_crumb(term)),
        "versions": versions(entries, current),
        "events": events(term, entries),
    }
    return show(request, "history", context, language=term.language)


def versions(entries: list[ConsensusEntry], current: ConsensusEntry | None) -> list[dict[str, Any]]:
    """Every version with the difference to the one before it, newest first."""
    before = {entry.number: earlier for earlier, entry in pairwise(entries)}
    found = []
    for entry in reversed(entries):
        earlier = before.get(entry.number)
        segments = None
        if earlier and earlier.wording and entry.wording:
            segments = pairs(diff(earlier.wording.text or "", entry.wording.text or ""))
        found.append(
            {
                "entry": entry,
                "detail": entry_detail(entry),
                "current": entry == current,
                "earlier": earlier,
                "segments": segments,
                "dissenters": join(dissent.organisation_name for dissent in entry.dissents.all()),
            }
        )
    return found


def events(term: Term, entries: list[ConsensusEntry]) -> list[dict[str, Any]]:
    """Everything public that happened with the term, newest first."""
    found = [_event(term.created_at, _("Term collected"), "", "")]
    definitions = Definition.objects.filter(term=term).select_related("organisation", "group", "wording")
    for definition in definitions:
        definition.term = term
        found.append(_definition_event(definition))
    for round in Round.objects.public().filter(term=term).select_related("outcome"):
        found += _round_events(round)
    for entry in entries:
        title = (
            _("Version %(number)s revoked")
            if entry.kind == EntryKind.REVOKED
            else _("Version %(number)s published")
        ) % {"number": entry.number}
        found.append(
            _event(
                entry.published_at, title, entry.get_absolute_url(), entry.change_reason or "", tone="good"
            )
        )
    if term.retired_on:
        found.append(_event(term.retired_on, _("Term retired"), "", term.retired_reason))
    return sorted(found, key=lambda event: event["sort"], reverse=True)


def _definition_event(definition: Definition) -> dict[str, Any]:
    who = str(definition.organisation or definition.group or "")
    title = {
        DefinitionOrigin.JOINT_DRAFT: _("Joint draft started"),
        DefinitionOrigin.PROPOSAL: _("Proposal by %(who)s"),
        DefinitionOrigin.SOURCE: _("Definition from literature brought in"),
    }[DefinitionOrigin(definition.origin)] % {"who": who}
    return _event(definition.proposed_at, title, definition.get_absolute_url(), definition.title)


def _round_events(round: Round) -> list[dict[str, Any]]:
    url = round.get_absolute_url()
    found = [_event(round.announced_at, _("Round announced"), url, round.question)]
    outcome = getattr(round, "outcome", None)
    if outcome is not None and outcome.result:
        title = _("Round closed: %(result)s") % {"result": OutcomeResult(outcome.result).label}
        found.append(_event(outcome.closed_at, title, url, round.question))
    if round.state == RoundState.CANCELLED:
        found.append(_event(round.cancelled_at, _("Round cancelled"), url, round.cancel_reason, tone="warn"))
    return found


def _event(moment: Any, title: str, url: str, text: str, tone: str = "") -> dict[str, Any]:
    day = local_day(moment) if hasattr(moment, "hour") else moment
    return {
        "sort": (day.isoformat(), moment.isoformat()),
        "date": long_day(day),
        "datetime": day.isoformat(),
        "title": title,
        "url": url,
        "text": text,
        "tone": tone,
    }
