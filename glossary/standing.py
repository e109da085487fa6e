"""How a term stands, and organisations to its wording: the rules, each once. Facts in, answers out, no queries.

Lists and filters need a few of them in SQL; that stands once in `queries`, and a test holds the two together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from glossary.states import (
    CARRIED_RESULTS,
    EntryKind,
    RoundKind,
    RoundState,
    SupportKind,
    TermStage,
    TermStatus,
)

DISSENT = "dissent"


# ---- terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the stage of a term is read from."""

    retired: bool
    # There is an entry in force, and dissents about it that were not withdrawn.
    in_force: bool
    dissent: bool
    # A version is published and does not apply yet.
    coming: bool
    # A round is announced; the newest that was closed carried its wording and waits for the editors.
    asked: bool
    carried: bool
    # On the table: a joint draft, proposals of single organisations.
    joint_draft: bool
    proposal: bool
    # A working group looks after the term.
    steward: bool


def stage_of(facts: Facts) -> TermStage:
    """What readers are told about a term."""
    if facts.retired:
        return TermStage.RETIRED
    if facts.in_force:
        return TermStage.AGREED_WITH_DISSENT if facts.dissent else TermStage.AGREED
    if facts.coming:
        return TermStage.COMING
    if facts.asked:
        return TermStage.IN_NEGOTIATION
    if facts.carried:
        return TermStage.CARRIED
    if facts.joint_draft or (facts.proposal and facts.steward):
        return TermStage.IN_NEGOTIATION
    return TermStage.PROPOSED if facts.proposal else TermStage.COLLECTED


def status_of(stage: str) -> TermStatus:
    """The status of the domain, of which the stage is the finer word."""
    return _STATUS[TermStage(stage)]


_STATUS = {
    TermStage.COLLECTED: TermStatus.COLLECTED,
    TermStage.PROPOSED: TermStatus.IN_NEGOTIATION,
    TermStage.IN_NEGOTIATION: TermStatus.IN_NEGOTIATION,
    TermStage.CARRIED: TermStatus.IN_NEGOTIATION,
    TermStage.COMING: TermStatus.IN_NEGOTIATION,
    TermStage.AGREED: TermStatus.AGREED,
    TermStage.AGREED_WITH_DISSENT: TermStatus.AGREED_WITH_DISSENT,
    TermStage.RETIRED: TermStatus.RETIRED,
}


# ---- versions and rounds


class Version(Protocol):
    """What is asked of an agreed version."""

    number: int
    kind: str
    valid_from: date
    round_id: int | None


class Asked(Protocol):
    """What is asked of a round; with its outcome, if there is one."""

    pk: int
    kind: str
    state: str
    closed_at: datetime | None


SomeVersion = TypeVar("SomeVersion", bound=Version)
SomeRound = TypeVar("SomeRound", bound=Asked)


def in_force(versions: Iterable[SomeVersion], on: date) -> SomeVersion | None:
    """Of all versions of one term the one in force on a day: the highest number valid by then, none if revoked."""
    valid = [version for version in versions if version.valid_from <= on]
    newest = max(valid, key=lambda version: version.number, default=None)
    return None if newest is None or newest.kind == EntryKind.REVOKED else newest


def waits_for_publication(rounds: Iterable[SomeRound], versions: Iterable[Version]) -> SomeRound | None:
    """The newest consent round that was closed, if its wording was carried and no version is published from it yet."""
    closed = [r for r in rounds if r.kind == RoundKind.CONSENT and r.state == RoundState.CLOSED]
    newest = max(closed, key=lambda r: (r.closed_at, r.pk), default=None)
    outcome = getattr(newest, "outcome", None)
    if newest is None or outcome is None or outcome.result not in CARRIED_RESULTS:
        return None
    return None if any(version.round_id == newest.pk for version in versions) else newest


# ---- organisations


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing an organisation said about a version: a dissent (`kind` "dissent") or a support."""

    key: str
    name: str
    kind: str
    at: datetime
    reason: str | None
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How an organisation stands to a version today, under the name it last used."""

    name: str
    carries: bool
    dissents: bool


def standings(carried_by: Iterable[Mapping[str, str]], said: Iterable[Said]) -> dict[str, Standing]:
    """Organisation key → how it stands, from publication and everything it said since, in the order it was said."""
    words = list(said)
    found = {row["key"]: Standing(name=row["name"], carries=True, dissents=False) for row in carried_by}
    for one in words:
        if one.kind == DISSENT and not one.late:
            # Who consents and dissents at once is not possible; a dissent carried over may meet neither.
            found[one.key] = Standing(name=one.name, carries=False, dissents=True)
    for one in words:
        if one.kind != DISSENT:
            found[one.key] = Standing(
                name=one.name,
                carries=one.kind in {SupportKind.JOINS, SupportKind.CONFIRMS},
                dissents=one.kind == SupportKind.DISSENTS,
            )
    return found


def carriers(carried_by: Iterable[Mapping[str, str]], said: Iterable[Said]) -> list[dict[str, str]]:
    """Who carries a version today, by name."""
    found = [(key, one.name) for key, one in standings(carried_by, said).items() if one.carries]
    return [{"key": key, "name": name} for key, name in sorted(found, key=lambda pair: pair[1])]


def withdrawal_of(dissent: Said, said: Iterable[Said]) -> Said | None:
    """What withdrew a dissent: the organisation said so, then or later."""
    return next(
        (
            one
            for one in said
            if one.kind == SupportKind.WITHDRAWS_DISSENT and one.key == dissent.key and one.at >= dissent.at
        ),
        None,
    )


def standing_dissents(said: Iterable[Said]) -> list[Said]:
    """Dissents that were not withdrawn, by name."""
    words = list(said)
    standing = [one for one in words if one.kind == DISSENT and withdrawal_of(one, words) is None]
    return sorted(standing, key=lambda one: one.name)
