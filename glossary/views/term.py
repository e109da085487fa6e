"""The term page: what do we mean by this word."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from glossary.models import ConsensusEntry, Draft, Explanation, Round, Term
from glossary.phrases import long_day
from glossary.policy import may
from glossary.queries import said_about
from glossary.standing import (
    Facts,
    Said,
    carriers,
    in_force,
    stage_of,
    standing_dissents,
    waits_for_publication,
)
from glossary.states import (
    DefinitionOrigin,
    DraftKind,
    EntryKind,
    RoundKind,
    RoundPhase,
    RoundState,
    TermStage,
)
from glossary.usage import SHOWN_USES, used_in
from glossary.views.base import crumbs, show, with_bare_term
from glossary.views.columns import DefinitionRow, columns, definition_rows, measure_of, resting
from glossary.views.pieces import Look, bar_of, entry_detail, full_name, phase_look, status_look
from glossary.views.relations import relations_of, words
from glossary.views.sources import bare_line, sources_by_wording
from glossary.views.stages import running_when, steps
from people.policy import is_facilitator, is_member
from people.queries import valid_mandates

FIRST_USES = 3
# Words that say how far the way to an agreement is; first comes that there is none.
_ON_THE_WAY = frozenset({TermStage.COLLECTED, TermStage.PROPOSED, TermStage.IN_NEGOTIATION})


@dataclass(slots=True, kw_only=True)
class Rows:
    """What the database knows of one term; every part costs one query."""

    entries: list[ConsensusEntry]
    definitions: list[DefinitionRow]
    rounds: list[Round]
    entry: ConsensusEntry | None
    said: list[Said]


@with_bare_term
def term(request: HttpRequest, term: Term) -> HttpResponse:
    """Everything about one term, the agreed wording first. Every part costs a fixed number of queries."""
    relations = relations_of(term)
    named = words(term, relations)
    rows = term_rows(term)
    stage = stage_of(facts_of(term, rows))
    answer = _answer(term, rows)
    uses = used_in(term)
    context = {
        "term": term,
        "name": full_name(term),
        "steward_url": term.steward.get_absolute_url() if term.steward else "",
        "status": _status(stage, answer),
        "retired": stage == TermStage.RETIRED,
        "carried": waits_for_publication(rows.rounds, rows.entries) if stage == TermStage.CARRIED else None,
        "breadcrumb": crumbs(),
        "dissents": standing_dissents(rows.said),
        "uses": uses[:SHOWN_USES],
        "more_uses": len(uses) > SHOWN_USES,
        "first_uses": uses[:FIRST_USES],
        "steps": steps(rows.definitions, rows.rounds, rows.entries),
        "resting": resting(term, rows.definitions),
        "successors": list(term.successors.prefetch_related("labels")) if term.retired_on else [],
        "coming": next((e for e in rows.entries if e.valid_from > timezone.localdate()), None),
        **answer,
        **_columns(term, rows),
        **_round(rows.rounds),
        **named,
        **_next_steps(request, term, rows),
    }
    context["contents"] = _contents(context)
    return show(request, "term", context, language=term.language)


def term_rows(term: Term) -> Rows:
    """Entries, definitions, rounds and what was said about the entry in force; four queries."""
    entries = list(ConsensusEntry.objects.filter(term=term).select_related("wording").order_by("number"))
    rounds = list(
        Round.objects.public()
        .filter(term=term)
        .select_related("outcome")
        .only(
            "key", "kind", "state", "question", "opens_at", "closes_at", "closed_at", "cancelled_at", "wording",
            "outcome__result", "outcome__closed_at",
        )
        .order_by("-opens_at", "-pk")
    )  # fmt: skip
    by_id = {asked.pk: asked for asked in rounds}
    for asked in rounds:
        asked.term = term
    for one in entries:
        one.term, one.round = term, by_id.get(one.round_id or 0)
    entry = in_force(entries, timezone.localdate())
    return Rows(
        entries=entries,
        definitions=definition_rows(term),
        rounds=rounds,
        entry=entry,
        said=said_about(entry) if entry else [],
    )


def facts_of(term: Term, rows: Rows) -> Facts:
    """What the stage is read from, out of rows the page has anyway."""
    today = timezone.localdate()
    origins = {row.origin for row in rows.definitions if row.is_proposed}
    return Facts(
        retired=term.retired_on is not None and term.retired_on <= today,
        in_force=rows.entry is not None,
        dissent=bool(standing_dissents(rows.said)),
        coming=any(one.valid_from > today and one.kind != EntryKind.REVOKED for one in rows.entries),
        asked=any(asked.state == RoundState.ANNOUNCED for asked in rows.rounds),
        carried=waits_for_publication(rows.rounds, rows.entries) is not None,
        joint_draft=DefinitionOrigin.JOINT_DRAFT in origins,
        proposal=DefinitionOrigin.PROPOSAL in origins,
        steward=term.steward_id is not None,
    )


def _status(stage: TermStage, answer: dict[str, Any]) -> Look:
    """The first line under the question: what is agreed and since when, or that nothing is and how far it has come."""
    look = status_look(stage, answer.get("entry_detail", ""))
    return replace(look, word=_("Not agreed yet"), detail=look.word) if stage in _ON_THE_WAY else look


def _answer(term: Term, rows: Rows) -> dict[str, Any]:
    """The wording in force and who carries it, or the editors' explanation."""
    if rows.entry is None:
        explanation = _explanation(term)
        cited = explanation and explanation.csl.get("title")
        sources = [bare_line(explanation.csl, explanation.passage)] if explanation and cited else []
        return {"entry": None, "explanation": explanation, "explanation_sources": sources}
    carry = carriers(rows.entry.carried_by, rows.said)
    return {
        "entry": rows.entry,
        "entry_url": rows.entry.get_absolute_url(),
        "entry_detail": entry_detail(rows.entry, carry),
        "carried_today": ", ".join(row["name"] for row in carry),
    }


def _explanation(term: Term) -> Explanation | None:
    """In the reader's language if there is one, otherwise in the language of the negotiation."""
    language = (get_language() or term.language)[:2]
    found = Explanation.objects.filter(term=term, language__in={language, term.language}).order_by("-number")
    return min(found, key=lambda e: (e.language != language, -e.number), default=None)


def _columns(term: Term, rows: Rows) -> dict[str, Any]:
    """The definitions side by side, each with the way to compare it with what counts most."""
    cited = [row.wording_id for row in rows.definitions if row.is_proposed]
    agreed = rows.entry.wording_id if rows.entry else None
    sources = sources_by_wording([*cited, agreed])
    measure, compare_label = measure_of(rows.entry, rows.definitions)
    return {
        "definitions": columns(term, rows.definitions, sources, rows.entries, measure),
        "compare_label": compare_label,
        "entry_sources": sources.get(agreed or 0, []),
    }


def _round(rounds: Sequence[Round]) -> dict[str, Any]:
    """The running round with who has spoken, and the rounds before it."""
    running = next(
        (r for r in rounds if r.state == RoundState.ANNOUNCED and r.kind == RoundKind.CONSENT), None
    )
    earlier = [
        {"round": r, "look": phase_look(r, long_day(r.closed_at or r.cancelled_at))}
        for r in rounds
        if r != running
    ]
    if running is None:
        return {"running": None, "earlier_rounds": earlier}
    seats = bar_of(running)
    return {
        "running": running,
        "running_url": running.get_absolute_url(),
        "running_open": running.phase() == RoundPhase.OPEN,
        "running_upcoming": running.phase() == RoundPhase.UPCOMING,
        "running_look": phase_look(running, running_when(running)),
        "running_voices": seats,
        "running_spoke": sum(bool(seat["value"]) for seat in seats),
        "running_seats": len(seats),
        "earlier_rounds": earlier,
    }


def _next_steps(request: HttpRequest, term: Term, rows: Rows) -> dict[str, Any]:
    """What this person may do next; nothing is asked for anonymous readers."""
    user = request.user
    if not user.is_authenticated:
        return {}
    organisations = [mandate.organisation_id for mandate in valid_mandates(user)]
    drafts = Draft.objects.filter(term=term, kind=DraftKind.DEFINITION, organisation_id__in=organisations)
    # Asked for only where it matters: most people signed in moderate no group.
    asked_about = term.definitions.proposed() if is_facilitator(user, term.steward) else []
    planned = Round.objects.filter(term=term, state=RoundState.PLANNED)
    return {
        "drafts": list(drafts.select_related("organisation", "updated_by")),
        "planned": list(planned) if is_member(user, term.steward) else [],
        "may_propose": may(user, "propose_definition", term),
        "may_start_joint_draft": may(user, "start_joint_draft", term),
        "may_plan": term.steward is not None and any(may(user, "plan_round", d) for d in asked_about),
    }


def _contents(context: dict[str, Any]) -> list[dict[str, str]]:
    """The table of contents of wide screens."""
    open_to_more = not context["retired"]
    parts = [
        ("stand", _("Where things stand"), open_to_more),
        ("runde", _("What is being asked"), bool(context["running"] or context["earlier_rounds"])),
        (
            "definitionen",
            _("Definitions compared"),
            bool(context["definitions"] or context["resting"] or open_to_more),
        ),
        ("grundlage", _("What is this based on?"), bool(context["entry"])),
        ("verwendet", _("Used in"), bool(context["uses"])),
        ("verwandt", _("Related terms"), bool(context["related"])),
        ("diskussion", _("Discussion"), bool(context["definitions"]) or open_to_more),
    ]
    return [{"anchor": anchor, "title": title} for anchor, title, there in parts if there]
