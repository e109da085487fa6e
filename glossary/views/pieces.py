"""The parts pages are made of: status lines, voices of a round, columns. Plain data for templates, no markup."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from glossary.models import ConsensusEntry, Position, Round, Seat, Term
from glossary.phrases import long_day, of_dissents, of_organisations
from glossary.states import (
    OutcomeResult,
    RoundPhase,
    Stance,
    TermStage,
)
from people.models import MandateRole

STATUS_LOOK: dict[str, tuple[str, str]] = {
    TermStage.COLLECTED: ("quiet", "silent"),
    TermStage.PROPOSED: ("quiet", "document"),
    TermStage.IN_NEGOTIATION: ("info", "comments"),
    TermStage.CARRIED: ("info", "check"),
    TermStage.COMING: ("info", "calendar"),
    TermStage.AGREED: ("good", "check-circle"),
    TermStage.AGREED_WITH_DISSENT: ("warn", "check-split"),
    TermStage.RETIRED: ("quiet", "archive"),
}
PHASE_LOOK: dict[str, tuple[str, str]] = {
    RoundPhase.PLANNED: ("quiet", "calendar"),
    RoundPhase.UPCOMING: ("quiet", "calendar"),
    RoundPhase.OPEN: ("info", "comments"),
    RoundPhase.CLOSING: ("warn", "clock"),
    RoundPhase.CLOSED: ("quiet", "check"),
    RoundPhase.CANCELLED: ("quiet", "close"),
}
RESULT_LOOK: dict[str, tuple[str, str]] = {
    OutcomeResult.CARRIED: ("good", "check-circle"),
    OutcomeResult.CARRIED_WITH_DISSENT: ("warn", "check-split"),
    OutcomeResult.NOT_CARRIED: ("bad", "objection"),
    OutcomeResult.QUORUM_MISSED: ("quiet", "silent"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A status as word, tone and icon, with what stands behind the word."""

    word: str
    tone: str
    icon: str
    detail: str = ""


def full_name(term: Term) -> str:
    """The preferred label, with the qualifier that tells two meanings apart."""
    return qualified(term.name, term.qualifier)


def qualified(name: str, qualifier: str) -> str:
    """A name with its qualifier, where it does not say it itself."""
    return f"{name} ({qualifier})" if qualifier and qualifier not in name else name


def status_look(stage: str, detail: str = "") -> Look:
    """How far a term is."""
    tone, icon = STATUS_LOOK[stage]
    return Look(word=str(TermStage(stage).label), tone=tone, icon=icon, detail=detail)


def phase_look(round: Round, detail: str = "") -> Look:
    """What a reader sees of a round: state and clock together; closed ones by their result."""
    phase = round.phase()
    outcome = getattr(round, "outcome", None)
    if phase == RoundPhase.CLOSED and outcome is not None and outcome.result:
        tone, icon = RESULT_LOOK[outcome.result]
        return Look(word=str(OutcomeResult(outcome.result).label), tone=tone, icon=icon, detail=detail)
    tone, icon = PHASE_LOOK[phase]
    return Look(word=str(phase.label), tone=tone, icon=icon, detail=detail)


def entry_detail(entry: ConsensusEntry, carried_today: Sequence[Any] | None = None, dissents: int = 0) -> str:
    """ "Gilt seit 3. März 2026 · Fassung 2 · vereinbart von 5 von 6 Organisationen · heute getragen von 7"."""
    today = timezone.localdate()
    parts = [
        _("In force since %(day)s") % {"day": long_day(entry.valid_from)}
        if entry.valid_from <= today
        else _("In force from %(day)s") % {"day": long_day(entry.valid_from)},
        pgettext("inside a line", "version %(number)s") % {"number": entry.number},
    ]
    if entry.asked:
        parts.append(
            _("agreed by %(organisations)s")
            % {"organisations": of_organisations(len(entry.carried_by), len(entry.asked))}
        )
    if dissents:
        parts.append(of_dissents(dissents))
    if carried_today is not None:
        parts.append(
            ngettext("carried today by %(number)s", "carried today by %(number)s", len(carried_today))
            % {"number": len(carried_today)}
        )
    return " · ".join(parts)


@dataclass(slots=True, kw_only=True)
class SeatNow:
    """One seat of a round with all its positions, the newest last."""

    seat: Seat
    positions: list[Position] = field(default_factory=list)

    @property
    def current(self) -> Position | None:
        """What counts now; None when it never answered."""
        return self.positions[-1] if self.positions else None

    @property
    def spoke(self) -> bool:
        """Any value but taken back."""
        return self.current is not None and self.current.value != Stance.TAKEN_BACK


def seats_of(round: Round) -> list[SeatNow]:
    """All seats of a round with their positions and objections, in two queries."""
    seats = {
        seat.pk: SeatNow(seat=seat)
        for seat in Seat.objects.filter(round=round)
        .select_related("organisation")
        .only("round", "organisation_name", "organisation__key", "organisation__slug")
        .order_by("organisation_name")
    }
    positions = Position.objects.filter(seat__round=round).select_related("objection")
    for position in positions.order_by("seat_id", "number"):
        seats[position.seat_id].positions.append(position)
    return list(seats.values())


def bar_of(round: Round) -> list[dict[str, str]]:
    """What the seats of a round say now, for the bar alone; one query."""
    newest = Position.objects.filter(seat=OuterRef("pk")).order_by("-number")
    values = (
        Seat.objects.filter(round=round)
        .order_by("organisation_name")
        .values_list(Subquery(newest.values("value")[:1]), flat=True)
    )
    return [{"value": "" if value in {None, Stance.TAKEN_BACK} else value} for value in values]


def voices(
    seats: Sequence[SeatNow], language: str, names: dict[str, str] | None = None
) -> list[dict[str, Any]]:
    """The seats as the position bar shows them: organisation and role for everybody, names for members only."""
    return [_voice(seat, language, names or {}) for seat in seats]


def _voice(seat: SeatNow, language: str, names: dict[str, str]) -> dict[str, Any]:
    voice: dict[str, Any] = {
        "organisation": seat.seat.organisation_name,
        "url": seat.seat.organisation.get_absolute_url(),
        "value": "",
        "lang": language,
    }
    position = seat.current
    if position is None:
        return voice
    meta = [str(MandateRole(position.role).label), long_day(position.taken_at)]
    if name := names.get(position.actor_key):
        meta.insert(0, name)
    if position.value == Stance.TAKEN_BACK:
        meta.append(_("answer taken back"))
    elif position.number > 1:
        meta.append(pgettext("answer", "changed"))
    objection = getattr(position, "objection", None)
    return voice | {
        "value": position.value if seat.spoke else "",
        "meta": ", ".join(part for part in meta if part),
        "reason": _("The reason was removed.") if position.reason is None else position.reason,
        "reserve": _reserve(position),
        "objection": objection,
        "position": position,
    }


def _reserve(position: Position) -> str:
    if not position.provisional_until or position.value == Stance.TAKEN_BACK:
        return ""
    facts = {"day": long_day(position.provisional_until), "body": position.provisional_body}
    if position.provisional_until < timezone.localdate():
        return _("Committee's decision of %(day)s still missing") % facts
    if position.provisional_body:
        return _("Subject to the decision of %(body)s on %(day)s") % facts
    return _("Subject to a committee's decision on %(day)s") % facts
