"""What a round comes to: pure `tally(seats, rules) -> Outcome`, the one function behind page, API, close and export.

How it counts, edge by edge
---------------------------
*Value of a seat.* Its own position if it has one; otherwise the value carried over from the round this one follows.
The caller passes `carried` only when it counts (editorial change: at once; clarifying: after the click; meaning: never).
A carried value has spoken, in that earlier round. Taking an answer back also ends what was carried.

*Spoke*: a value other than "taken back". Quorum: spoke × 100 ≥ quorum × seats, in integers; exactly reached is reached.
Below it the outcome is `quorum_missed`, whatever was said. A round without seats misses every quorum.

*Consents* are "consent" and "consent with reservation": the latter consents and gives its concerns to the record.
Standing aside has spoken, counts for the quorum, consents to nothing and prevents nothing.

*Silence* never counts as having spoken, under no rule. A silent seat is one that never answered:
`not_counted`: nothing; `abstention`: listed as deemed to stand aside, without any effect; `consent_after_reach`: deemed
to consent if the seat was provably reached, which counts towards the minimum of consents and nothing else. A seat that
took its answer back is not deemed to mean anything.

*Minimum of consents*: consents + reservations + deemed consents; at least one, even if the rules say 0: what nobody
consented to is not agreed.

*Standing objections* are counted per seat, not per passage: one organisation, one voice. A seat whose value is
"objection" objects, answered or not: only the organisation itself ends it, by another position. With a carried
objection the objection is carried too. None: `carried`. One to the number allowed: `carried_with_dissent`, each
published as a dissent. More: `not_carried`. Reservations do not make a dissent.

*Provisional* (a committee still has to decide): counts by its value, and is listed as a reserve.

*Result*, in this order: `quorum_missed`, `not_carried` (too many objections or too few consents; both are named),
`carried_with_dissent`, `carried`. Names are sorted, so the order of the seats never matters.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Final, Self

from glossary.tally_words import ReasonCode, Result, Silence, Stance

__all__ = ["Outcome", "Reason", "ReasonCode", "Result", "Rules", "SeatView", "Silence", "Stance", "tally"]


MISSING: Final = frozenset({ReasonCode.NO_SEATS, ReasonCode.QUORUM_MISSED})
DECIDING: Final = MISSING | {ReasonCode.TOO_MANY_OBJECTIONS, ReasonCode.TOO_FEW_CONSENTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The frozen rules of one round. `duration_days` and `hidden` change nothing in the count. Raises ValueError."""

    quorum_percent: int = 50
    silence: str = Silence.NOT_COUNTED
    standing_objections_allowed: int = 1
    minimum_consents: int = 1
    duration_days: int = 21
    hidden: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.quorum_percent <= 100:
            raise ValueError(f"a quorum of {self.quorum_percent} percent")
        if min(self.standing_objections_allowed, self.minimum_consents) < 0 or self.duration_days < 1:
            raise ValueError("rules with a number below its smallest")
        Silence(self.silence)

    def as_json(self) -> dict[str, int | str | bool]:
        """Plain values for the copy in the round; `from_json` reads them back."""
        return {**asdict(self), "silence": str(self.silence)}

    @classmethod
    def from_json(cls, stored: dict[str, int | str | bool]) -> Self:
        """The rules from the round's copy. Raises TypeError for an unknown field, ValueError for an impossible value."""
        return cls(**stored)  # type: ignore[arg-type]  # __post_init__ refuses what does not fit


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatView:
    """One seat as the count sees it. `organisation` is its key; values are Stance strings. Raises ValueError.

    `objections` holds the states of the objections of the current position ("open", "answered", "stands" …); it is
    passed on for pages and never decides: see "Standing objections" above.
    """

    organisation: str
    value: str | None = None
    provisional: bool = False
    carried: str | None = None
    reached: bool = False
    objections: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for value in (self.value, self.carried):
            if value is not None:
                Stance(value)

    @property
    def counted(self) -> Stance | None:
        """The value that counts: its own, otherwise the carried one, otherwise None."""
        value = self.carried if self.value is None else self.value
        return None if value is None else Stance(value)

    @property
    def spoke(self) -> bool:
        """True unless it never answered or took its answer back."""
        return self.counted not in {None, Stance.TAKEN_BACK}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason with its numbers: `have` of `of`, where at least (for objections: at most) `need` were needed."""

    code: ReasonCode
    have: int
    need: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the round comes to. For a sense check only the counts mean anything, not `result` and `reasons`."""

    result: Result
    seats: int
    spoke: int
    silent: int
    consents: int
    reservations: int
    stand_asides: int
    objections: int
    taken_back: int
    carried: int
    deemed_consents: int
    deemed_abstentions: int
    reserves: tuple[str, ...]
    standing_objections: tuple[str, ...]
    reasons: tuple[Reason, ...]

    @property
    def is_carried(self) -> bool:
        """True when the wording was agreed, with or without dissent."""
        return self.result in {Result.CARRIED, Result.CARRIED_WITH_DISSENT}

    @property
    def counts(self) -> dict[str, int]:
        """Seats per value, every value present, in the order of `Stance`."""
        numbers = (self.consents, self.reservations, self.stand_asides, self.objections, self.taken_back)
        return dict(zip(map(str, Stance), numbers, strict=True))

    @property
    def deciding_reasons(self) -> tuple[Reason, ...]:
        """Those that kept it from being carried; empty when it was. A missed quorum decides alone."""
        codes = MISSING if self.result == Result.QUORUM_MISSED else DECIDING
        return tuple(reason for reason in self.reasons if reason.code in codes)

    def as_json(self) -> dict[str, object]:
        """Plain values with a canonical form, to be stored at the close and shown by the API; `from_json` reads them."""
        stored = asdict(self)
        stored["result"] = str(self.result)
        stored["reserves"] = list(self.reserves)
        stored["standing_objections"] = list(self.standing_objections)
        stored["reasons"] = [{**asdict(reason), "code": str(reason.code)} for reason in self.reasons]
        return stored

    @classmethod
    def from_json(cls, stored: dict[str, object]) -> Self:
        """The outcome as it was stored. Raises TypeError or ValueError when the stored value is none."""
        known = dict(stored)
        known["result"] = Result(str(known["result"]))
        for field in ("reserves", "standing_objections"):
            known[field] = tuple(known[field])  # type: ignore[arg-type]
        known["reasons"] = tuple(
            Reason(**{**reason, "code": ReasonCode(reason["code"])})
            for reason in known["reasons"]  # type: ignore[attr-defined]
        )
        return cls(**known)  # type: ignore[arg-type]


def tally(seats: Sequence[SeatView], rules: Rules) -> Outcome:
    """The outcome of these seats under these rules, by the module's text. Raises ValueError if one sits twice."""
    if len({seat.organisation for seat in seats}) != len(seats):
        raise ValueError("an organisation has one seat per round")
    counts = Counter(seat.counted for seat in seats)
    deemed_consents, deemed_abstentions = _deemed(seats, rules)
    standing = _names(seat for seat in seats if seat.counted == Stance.OBJECTION)
    reserves = _names(seat for seat in seats if seat.provisional and seat.value is not None and seat.spoke)
    spoke = sum(seat.spoke for seat in seats)
    agreeing = counts[Stance.CONSENT] + counts[Stance.RESERVATION] + deemed_consents

    main = (
        _quorum(spoke, len(seats), rules),
        _objections(len(standing), rules),
        _consents(agreeing, len(seats), rules),
    )
    beside = (
        Reason(ReasonCode.RESERVES, len(reserves), of=spoke),
        Reason(ReasonCode.SILENCE_CONSENTS, deemed_consents, of=len(seats) - spoke),
        Reason(ReasonCode.SILENCE_ABSTAINS, deemed_abstentions, of=len(seats) - spoke),
    )
    return Outcome(
        result=_result(main, dissent=bool(standing)),
        seats=len(seats),
        spoke=spoke,
        silent=counts[None],
        consents=counts[Stance.CONSENT],
        reservations=counts[Stance.RESERVATION],
        stand_asides=counts[Stance.STAND_ASIDE],
        objections=counts[Stance.OBJECTION],
        taken_back=counts[Stance.TAKEN_BACK],
        carried=sum(seat.value is None and seat.spoke for seat in seats),
        deemed_consents=deemed_consents,
        deemed_abstentions=deemed_abstentions,
        reserves=reserves,
        standing_objections=standing,
        reasons=(
            *sorted(main, key=lambda reason: reason.code not in DECIDING),
            *(reason for reason in beside if reason.have),
        ),
    )


def _names(seats: Iterable[SeatView]) -> tuple[str, ...]:
    return tuple(sorted(seat.organisation for seat in seats))


def _deemed(seats: Sequence[SeatView], rules: Rules) -> tuple[int, int]:
    """How many silent seats are deemed to consent, and to stand aside."""
    silent = [seat for seat in seats if seat.counted is None]
    if rules.silence == Silence.CONSENT_AFTER_REACH:
        return sum(seat.reached for seat in silent), 0
    return 0, len(silent) if rules.silence == Silence.ABSTENTION else 0


def _quorum(spoke: int, seats: int, rules: Rules) -> Reason:
    if not seats:
        return Reason(ReasonCode.NO_SEATS, 0)
    met = spoke * 100 >= rules.quorum_percent * seats
    need = -(-rules.quorum_percent * seats // 100)
    return Reason(ReasonCode.QUORUM_MET if met else ReasonCode.QUORUM_MISSED, spoke, need, seats)


def _objections(standing: int, rules: Rules) -> Reason:
    allowed = rules.standing_objections_allowed
    if standing > allowed:
        return Reason(ReasonCode.TOO_MANY_OBJECTIONS, standing, allowed)
    return Reason(ReasonCode.OBJECTIONS_ALLOWED if standing else ReasonCode.NO_OBJECTIONS, standing, allowed)


def _consents(agreeing: int, seats: int, rules: Rules) -> Reason:
    need = max(1, rules.minimum_consents)
    code = ReasonCode.ENOUGH_CONSENTS if agreeing >= need else ReasonCode.TOO_FEW_CONSENTS
    return Reason(code, agreeing, need, seats)


def _result(main: tuple[Reason, ...], *, dissent: bool) -> Result:
    codes = {reason.code for reason in main}
    if codes & MISSING:
        return Result.QUORUM_MISSED
    if codes & DECIDING:
        return Result.NOT_CARRIED
    return Result.CARRIED_WITH_DISSENT if dissent else Result.CARRIED
