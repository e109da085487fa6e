"""How the meaning of a term came about: every version with its difference, and what happened in between."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from glossary.models import (
    ConsensusEntry,
    Definition,
    DefinitionRevision,
    Explanation,
    Round,
    Support,
    Term,
)
from glossary.phrases import join, local_day, long_day
from glossary.standing import in_force
from glossary.states import DefinitionOrigin, EntryKind, OutcomeResult, RoundState
from glossary.text.diff import diff
from glossary.views.base import crumbs, show, term_crumb, with_term
from glossary.views.compare import pairs
from glossary.views.pieces import entry_detail


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
    current = in_force(entries, timezone.localdate())
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
                "dissenters": _dissenters(entry),
            }
        )
    return found


def _dissenters(entry: ConsensusEntry) -> str:
    """Who dissented then, and apart from them who did later, with the day."""
    dissents = entry.dissents.all()
    then = join(d.organisation_name for d in dissents if d.support_id is None)
    later = join(
        f"{d.organisation_name}, {long_day(d.made_at)}" for d in dissents if d.support_id is not None
    )
    return "; ".join(part for part in (then, _("later: %(who)s") % {"who": later} if later else "") if part)


def events(term: Term, entries: list[ConsensusEntry]) -> list[dict[str, Any]]:
    """Everything public that happened with the term, newest first."""
    found = [_event(term.created_at, _("Term collected"), "", "")]
    definitions = Definition.objects.filter(term=term).select_related("organisation", "group", "wording")
    for definition in definitions:
        definition.term = term
        found.append(_definition_event(definition))
    found += _revision_events(definitions)
    found += [
        _event(row.made_at, _("Explanation by the editors"), "", row.text or "")
        for row in Explanation.objects.filter(term=term)
    ]
    for round in Round.objects.public().filter(term=term).select_related("outcome", "statement"):
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
    found += _support_events(entries)
    if term.retired_on:
        found.append(_event(term.retired_on, _("Term retired"), "", term.retired_reason))
    return sorted(found, key=lambda event: event["sort"], reverse=True)


def _revision_events(definitions: Iterable[Definition]) -> list[dict[str, Any]]:
    """Every later text of the joint draft, on its day."""
    joint = {d.pk: d for d in definitions if d.origin == DefinitionOrigin.JOINT_DRAFT}
    revisions = DefinitionRevision.objects.filter(definition__in=joint, number__gt=1).select_related(
        "wording"
    )
    return [
        _event(
            revision.wording.made_at,
            _("Joint draft revised"),
            joint[revision.definition_id].get_absolute_url(),
            joint[revision.definition_id].title,
        )
        for revision in revisions
    ]


def _support_events(entries: list[ConsensusEntry]) -> list[dict[str, Any]]:
    """What organisations declared after publication, a late dissent among it."""
    versions = {entry.pk: entry for entry in entries}
    found = []
    for support in Support.objects.filter(entry__in=entries).order_by("made_at"):
        entry = versions[support.entry_id]
        title = _("Version %(number)s: %(who)s – %(what)s") % {
            "number": entry.number,
            "who": support.organisation_name,
            "what": support.get_kind_display(),
        }
        found.append(_event(support.made_at, title, entry.get_absolute_url(), support.evidence or ""))
    return found


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
    statement = getattr(round, "statement", None)
    if statement is not None:
        found.append(_event(statement.made_at, _("Outcome stated"), url, round.question))
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
