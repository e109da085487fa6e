"""The term page: what do we mean by this word."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from glossary.models import ConsensusEntry, Definition, Draft, Explanation, Label, Relation, Round, Term
from glossary.phrases import deadline, long_day, long_moment
from glossary.policy import may
from glossary.states import (
    DefinitionOrigin,
    DefinitionState,
    DraftKind,
    LabelStatus,
    LabelType,
    OutcomeResult,
    RelationKind,
    RoundKind,
    RoundPhase,
    RoundState,
)
from glossary.usage import used_in
from glossary.views.base import crumbs, show, with_bare_term
from glossary.views.pieces import (
    bar_of,
    columns,
    entry_detail,
    full_name,
    in_force,
    phase_look,
    sources_by_wording,
    status_look,
)
from glossary.views.standing import carriers_today, said_about, standing_dissents
from people.policy import is_member
from people.queries import valid_mandates

FIRST_USES = 3
CARRIED = frozenset({OutcomeResult.CARRIED, OutcomeResult.CARRIED_WITH_DISSENT})


@with_bare_term
def term(request: HttpRequest, term: Term) -> HttpResponse:
    """Everything about one term, the agreed wording first. Every part costs a fixed number of queries."""
    relations = _relations(term)
    words = _words(term, relations)
    entries = list(
        ConsensusEntry.objects.filter(term=term)
        .select_related("wording", "round", "statement")
        .order_by("number")
    )
    entry = in_force(entries)
    definitions = list(
        Definition.objects.filter(term=term).select_related("wording", "organisation", "group", "merged_into")
    )
    rounds = list(
        Round.objects.public()
        .filter(term=term)
        .select_related("wording", "outcome", "group", "entry")
        .order_by("-opens_at")
    )
    for row in (*entries, *definitions, *rounds):
        row.term = term  # type: ignore[attr-defined]
    wordings = [d.wording_id for d in definitions] + (
        [entry.wording_id] if entry and entry.wording_id else []
    )
    sources = sources_by_wording(wordings)
    proposed = [d for d in definitions if d.state == DefinitionState.PROPOSED]
    uses = used_in(term)
    context = {
        "term": term,
        "name": full_name(term),
        "status": status_look(term.status),
        "breadcrumb": crumbs(),
        "uses": uses,
        "first_uses": uses[:FIRST_USES],
        "definitions": columns(proposed, sources, _adopted(entries)),
        "resting": [d for d in definitions if d.state != DefinitionState.PROPOSED],
        "steps": steps(definitions, rounds, entry),
        "successors": list(term.successors.prefetch_related("labels")) if term.retired_on else [],
        "coming": next((e for e in entries if e.valid_from > timezone.localdate()), None),
        **_agreed(term, entry, sources),
        **_round(rounds),
        **words,
        **_next_steps(request, term, proposed, rounds),
    }
    context["contents"] = _contents(context)
    return show(request, "term", context, language=term.language)


def _adopted(entries: Sequence[ConsensusEntry]) -> dict[int, list[int]]:
    adopted: dict[int, list[int]] = {}
    for entry in sorted(entries, key=lambda e: e.number):
        if entry.wording_id:
            adopted.setdefault(entry.wording_id, []).append(entry.number)
    return adopted


def _agreed(term: Term, entry: ConsensusEntry | None, sources: dict[int, Any]) -> dict[str, Any]:
    """The wording in force with consent and dissent, or the editors' explanation."""
    if entry is None:
        return {"entry": None, "explanation": _explanation(term)}
    said = said_about(entry)
    carriers = carriers_today(entry, said)
    return {
        "entry": entry,
        "entry_detail": entry_detail(entry, carriers),
        "carried_today": carriers,
        "dissents": standing_dissents(said),
        "entry_sources": sources.get(entry.wording_id or 0, []),
    }


def _explanation(term: Term) -> Explanation | None:
    """In the reader's language if there is one, otherwise in the language of the negotiation."""
    language = (get_language() or term.language)[:2]
    found = Explanation.objects.filter(term=term, language__in={language, term.language}).order_by("-number")
    return min(found, key=lambda e: (e.language != language, -e.number), default=None)


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
        "running_open": running.phase() == RoundPhase.OPEN,
        "running_upcoming": running.phase() == RoundPhase.UPCOMING,
        "running_look": phase_look(running, _when(running)),
        "running_voices": seats,
        "running_spoke": sum(bool(seat["value"]) for seat in seats),
        "running_seats": len(seats),
        "earlier_rounds": earlier,
    }


def _when(round: Round) -> str:
    """What the clock says of an announced round: when it begins, how long it runs, since when it is over."""
    phase = round.phase()
    if phase == RoundPhase.UPCOMING:
        return _("starts on %(moment)s") % {"moment": long_moment(round.opens_at)}
    if phase == RoundPhase.OPEN:
        return deadline(round.closes_at)
    return _("ended on %(moment)s") % {"moment": long_moment(round.closes_at)}


def steps(
    definitions: Sequence[Definition], rounds: Sequence[Round], entry: ConsensusEntry | None
) -> list[dict[str, str]]:
    """Where things stand, one line: proposals, sense check, joint draft, consent round, agreed."""
    consent = [r for r in rounds if r.kind == RoundKind.CONSENT and r.state != RoundState.CANCELLED]
    joint = [d for d in definitions if d.origin == DefinitionOrigin.JOINT_DRAFT]
    announced = next((r for r in consent if r.state == RoundState.ANNOUNCED), None)
    upcoming = announced is not None and announced.phase() == RoundPhase.UPCOMING
    running = None if upcoming else announced
    line = [
        _step(
            _("Proposals"), min((d.proposed_at for d in definitions), default=None), anchor="#definitionen"
        ),
        _step(
            _("Joint draft"), max((d.wording.made_at for d in joint), default=None), anchor="#definitionen"
        ),
        _step(_("Consent round"), None, anchor="#runde" if consent else ""),
        _step(
            _("Agreed"), entry.valid_from if entry else None, url=entry.get_absolute_url() if entry else ""
        ),
    ]
    checks = [r for r in rounds if r.kind == RoundKind.SENSE_CHECK]
    if checks:
        line.insert(1, _step(_("Sense check"), checks[0].opens_at, url=checks[0].get_absolute_url()))
    if consent:
        line[-2].update(_round_step(consent[0], announced))
    unpublished = _carried_and_unpublished(consent[0]) if consent and not announced else None
    if unpublished is not None:
        line[-1].update(unpublished)
        for step in line[:-1]:
            step["state"] = "done"
    elif entry is not None:
        line[-1]["date"] = _("Version %(number)s, %(day)s") % {
            "number": entry.number,
            "day": long_day(entry.valid_from),
        }
        if not running:
            line[-1]["state"] = "current"
        for step in line[:-1]:
            step["state"] = "current" if step["state"] == "current" else "done"
    elif not running:
        done = [step for step in line if step["state"] == "done"]
        if done:
            done[-1]["state"] = "current"
    if upcoming:
        line[-2]["state"] = "todo"
    return line


def _carried_and_unpublished(newest: Round) -> dict[str, str] | None:
    """The last step while a round that carried its wording waits for the editors."""
    outcome = getattr(newest, "outcome", None)
    if outcome is None or outcome.result not in CARRIED or getattr(newest, "entry", None) is not None:
        return None
    text = _("%(day)s, not published yet") % {"day": long_day(outcome.closed_at)}
    return {"state": "current", "date": text, "url": newest.get_absolute_url()}


def _step(title: str, day: Any, *, anchor: str = "", url: str = "") -> dict[str, str]:
    date = long_day(day)
    return {
        "title": title,
        "date": date,
        "state": "done" if date else "todo",
        "url": (url or anchor) if date else "",
    }


def _round_step(newest: Round, running: Round | None) -> dict[str, str]:
    if running is not None:
        return {"state": "current", "date": _when(running), "url": running.get_absolute_url()}
    return {"state": "done", "date": long_day(newest.closed_at), "url": newest.get_absolute_url()}


def _relations(term: Term) -> list[Relation]:
    return list(
        Relation.objects.filter(Q(term=term) | Q(target=term))
        .select_related("term", "target")
        .order_by("kind", "pk")
    )


def _words(term: Term, relations: Sequence[Relation]) -> dict[str, Any]:
    """Labels of this term and the names of all related ones, in one query."""
    ends = {pk for r in relations for pk in (r.term_id, r.target_id) if pk} | {term.pk}
    labels: dict[int, list[Label]] = {pk: [] for pk in ends}
    for label in Label.objects.filter(term_id__in=ends).order_by("language", "status", "text"):
        labels[label.term_id].append(label)
    ends_of_relations = [t for r in relations for t in (r.term, r.target) if t]
    for shown in [term, *ends_of_relations]:
        shown._prefetched_objects_cache = {"labels": labels[shown.pk]}  # type: ignore[attr-defined]
    others = [x for x in labels[term.pk] if x.type != LabelType.INFLECTED and x.text != term.name]
    return {
        "also": [x for x in others if x.status in {LabelStatus.PREFERRED, LabelStatus.ADMITTED}],
        "better_not": [x for x in others if x.status in {LabelStatus.DEPRECATED, LabelStatus.SUPERSEDED}],
        "related": _related(term, relations),
    }


def _related(term: Term, relations: Sequence[Relation]) -> list[dict[str, Any]]:
    """Relations as links, grouped; the narrower direction is the broader one read backwards."""
    groups: dict[str, list[dict[str, str]]] = {}
    for relation in relations:
        title, other = _relation_title(term, relation)
        item = (
            {"title": full_name(other), "url": other.get_absolute_url(), "language": other.language}
            if other
            else {"title": relation.uri, "url": relation.uri, "language": ""}
        )
        groups.setdefault(title, []).append(item)
    return [{"title": title, "terms": terms} for title, terms in groups.items()]


def _relation_title(term: Term, relation: Relation) -> tuple[str, Term | None]:
    if relation.target_id is None:
        return str(RelationKind(relation.kind).label), None
    forwards = relation.term_id == term.pk
    other = relation.target if forwards else relation.term
    if relation.kind == RelationKind.BROADER:
        return (_("Broader term") if forwards else _("Narrower term")), other
    return _("Related term"), other


def _next_steps(
    request: HttpRequest, term: Term, proposed: Sequence[Definition], rounds: Sequence[Round]
) -> dict[str, Any]:
    """What this person may do next; nothing is asked for anonymous readers."""
    user = request.user
    if not user.is_authenticated:
        return {}
    organisations = [mandate.organisation_id for mandate in valid_mandates(user)]
    drafts = Draft.objects.filter(term=term, kind=DraftKind.DEFINITION, organisation_id__in=organisations)
    planned = Round.objects.filter(term=term, state=RoundState.PLANNED)
    return {
        "drafts": list(drafts.select_related("organisation", "updated_by")),
        "planned": list(planned) if is_member(user, term.steward) else [],
        "may_propose": may(user, "propose_definition", term),
        "may_start_joint_draft": may(user, "start_joint_draft", term)
        and not any(d.origin == DefinitionOrigin.JOINT_DRAFT for d in proposed),
        "may_plan": term.steward is not None and any(may(user, "plan_round", d) for d in proposed),
    }


def _contents(context: dict[str, Any]) -> list[dict[str, str]]:
    """The table of contents of wide screens."""
    parts = [
        ("stand", _("Where things stand"), True),
        ("runde", _("What is being asked"), bool(context["running"] or context["earlier_rounds"])),
        ("definitionen", _("Definitions compared"), True),
        ("grundlage", _("What is this based on?"), bool(context["entry"])),
        ("verwendet", _("Used in"), bool(context["uses"])),
        ("verwandt", _("Related terms"), bool(context["related"])),
        ("diskussion", _("Discussion"), True),
    ]
    return [{"anchor": anchor, "title": title} for anchor, title, there in parts if there]
