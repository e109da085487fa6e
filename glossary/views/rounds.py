"""Rounds: the list, and one round with its question, its rules and what everybody said."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from glossary.models import ConsensusEntry, Round
from glossary.phrases import deadline, local_day, long_day, long_moment
from glossary.policy import may
from glossary.queries import objection_state, tally_of
from glossary.sentences import outcome_sentences, rules_sentences
from glossary.standing import in_force
from glossary.states import ObjectionState, OutcomeResult, RoundPhase, RoundState, Stance
from glossary.tally import Outcome as Tally
from glossary.tally import Rules
from glossary.text.diff import diff
from glossary.views.base import crumbs, show, term_crumb
from glossary.views.compare import pairs
from glossary.views.desk import Desk, desk_for
from glossary.views.pieces import RESULT_LOOK, SeatNow, phase_look, seats_of, voices
from glossary.views.sources import sources_by_wording
from people.models import User

PAGE_SIZE = 20
STEERING = (
    ("announce_round", "glossary:round_announce"),
    ("change_round", "glossary:round_change"),
    ("close_round", "glossary:round_close"),
    ("state_outcome", "glossary:round_statement"),
    ("publish_entry", "glossary:round_publish"),
    ("move_end", "glossary:round_move"),
    ("cancel_round", "glossary:round_cancel"),
)


def rounds(request: HttpRequest) -> HttpResponse:
    """Open rounds with the time left first, then what waits for its outcome, then what is over."""
    found = Round.objects.public().select_related("term", "group", "outcome", "statement", "wording")
    found = found.prefetch_related("term__labels")
    running = list(found.filter(state=RoundState.ANNOUNCED).order_by("closes_at"))
    over = Paginator(found.exclude(state=RoundState.ANNOUNCED).order_by("-closes_at", "-pk"), PAGE_SIZE)
    page = over.get_page(request.GET.get("page"))
    context = {
        "breadcrumb": crumbs(),
        "running": [_line(row) for row in running],
        "over": [_line(row) for row in page.object_list],
        "page_obj": page,
    }
    return show(request, "rounds", context)


def _line(row: Round) -> dict[str, Any]:
    phase = row.phase()
    detail = {
        RoundPhase.UPCOMING: _("starts on %(moment)s") % {"moment": long_moment(row.opens_at)},
        RoundPhase.OPEN: deadline(row.closes_at),
        RoundPhase.CLOSING: _("since %(moment)s") % {"moment": long_moment(row.closes_at)},
    }.get(phase, long_day(row.closed_at or row.cancelled_at))
    return {"round": row, "look": phase_look(row, detail)}


def find_round(request: HttpRequest, key: str) -> Round:
    """The round, if this person may see it; a planned one does not exist for others. 404 otherwise."""
    found = (
        Round.objects.select_related(
            "term__steward", "group", "definition", "wording", "outcome", "statement", "entry"
        )
        .prefetch_related("term__labels")
        .filter(key=key)
        .first()
    )
    if found is None or not may(request.user, "read_round", found):
        raise Http404
    if found.definition is not None:
        found.definition.term = found.term
    return found


def round_page(request: HttpRequest, key: str) -> HttpResponse:
    """One round: what is asked, until when, by which rules, who said what; closed ones show the outcome first."""
    row = find_round(request, key)
    seats = seats_of(row)
    phase = row.phase()
    desk = desk_for(request, row) if phase == RoundPhase.OPEN else Desk(round=row)
    context = {
        "round": row,
        "term": row.term,
        "phase": phase,
        "look": phase_look(row, _when(row, phase)),
        "breadcrumb": crumbs(term_crumb(row.term), (_("Rounds"), reverse("glossary:rounds"))),
        "rules": rules_sentences(Rules.from_json(row.rules)),
        "sources": sources_by_wording([row.wording_id]).get(row.wording_id, []),
        "voices": voices(seats, row.wording.language, names_for(request, row, seats)),
        "spoke": sum(seat.spoke for seat in seats),
        "seats": len(seats),
        "objections": objections(row, seats),
        "desk": desk,
        "form": desk.form() if desk.chosen else None,
        "steering": _steering(request, row),
        **against_current(row),
        **_result(row, seats, phase),
    }
    return show(request, "round", context, language=row.term.language)


def _when(row: Round, phase: RoundPhase) -> str:
    if phase in {RoundPhase.PLANNED, RoundPhase.UPCOMING}:
        return _("from %(start)s to %(end)s") % {
            "start": long_moment(row.opens_at),
            "end": long_moment(row.closes_at),
        }
    if phase == RoundPhase.OPEN:
        return deadline(row.closes_at)
    if phase == RoundPhase.CANCELLED:
        return long_day(row.cancelled_at)
    return _("ended on %(moment)s") % {"moment": long_moment(row.closes_at)}


def names_for(request: HttpRequest, row: Round, seats: Sequence[SeatNow]) -> dict[str, str]:
    """Who answered, by the key of the person; only members of the network see names."""
    if not request.user.is_authenticated or not may(request.user, "read_names", row):
        return {}
    keys = {seat.current.actor_key for seat in seats if seat.current}
    return {user.key: user.get_full_name() for user in User.objects.filter(key__in=keys)}


def against_current(row: Round) -> dict[str, Any]:
    """What the wording would change, against the one in force when it was asked about."""
    day = local_day(row.announced_at) if row.announced_at else timezone.localdate()
    entries = ConsensusEntry.objects.filter(term=row.term).select_related("wording")
    current = in_force((e for e in entries if e.round_id != row.pk), day)
    if current is None or current.wording is None or current.wording_id == row.wording_id:
        return {"current_entry": current}
    current.term = row.term
    return {
        "current_entry": current,
        "segments": pairs(diff(current.wording.text or "", row.wording.text or "")),
    }


def objections(row: Round, seats: Sequence[SeatNow]) -> list[dict[str, Any]]:
    """All objections raised in a round with their state; each organisation's newest of a run of objections."""
    found = []
    for seat in seats:
        raised = [p for p in seat.positions if p.value == Stance.OBJECTION and hasattr(p, "objection")]
        if not raised:
            continue
        newest = raised[-1]
        state = objection_state(row, newest, current=newest == seat.current)
        found.append(
            {
                "organisation": seat.seat.organisation_name,
                "position": newest,
                "objection": newest.objection,
                "state": state,
                "tone": {"open": "warn", "answered": "info", "resolved": "good", "stands": "bad"}[state],
                "icon": {
                    "open": "objection",
                    "answered": "comment",
                    "resolved": "check",
                    "stands": "objection",
                }[state],
                "word": ObjectionState(state).label,
            }
        )
    return found


def counted_now(row: Round) -> Tally:
    """What the round comes to: stored when closed, otherwise counted now by the same function."""
    outcome = getattr(row, "outcome", None)
    return tally_of(row) if outcome is None else Tally.from_json(outcome.tally)


def result_of(row: Round, seats: Sequence[SeatNow]) -> dict[str, Any]:
    """The outcome with its sentences, for pages that show it first."""
    counted = counted_now(row)
    tone, icon = RESULT_LOOK[counted.result]
    names = {seat.seat.organisation.key: seat.seat.organisation_name for seat in seats}
    sentences = outcome_sentences(counted, names)
    return {
        "tone": tone,
        "icon": icon,
        "headline": sentences[0],
        "word": OutcomeResult(counted.result).label,
        "sentences": sentences[1:],
        "tally": counted,
    }


def _result(row: Round, seats: Sequence[SeatNow], phase: RoundPhase) -> dict[str, Any]:
    if phase not in {RoundPhase.CLOSING, RoundPhase.CLOSED}:
        return {"result": None}
    entry = getattr(row, "entry", None)
    if entry is not None:
        entry.term = row.term
    return {"result": result_of(row, seats), "statement": getattr(row, "statement", None), "entry": entry}


def _steering(request: HttpRequest, row: Round) -> list[dict[str, str]]:
    """What the moderation or the editors may do with this round now, the next step first."""
    if not request.user.is_authenticated:
        return []
    labels = {
        "announce_round": _("Announce the round"),
        "change_round": _("Change the plan"),
        "close_round": _("Close the round"),
        "state_outcome": _("Write the outcome statement"),
        "publish_entry": _("Publish the agreed wording"),
        "move_end": _("Move the end"),
        "cancel_round": _("Call the round off") if row.announced_at else _("Withdraw the plan"),
    }
    return [
        {"label": labels[act], "url": reverse(view, kwargs={"key": row.key}), "act": act}
        for act, view in STEERING
        if may(request.user, act, row)
    ]
