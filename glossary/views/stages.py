"""Where a negotiation stands, as one line of steps with dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from glossary.models import ConsensusEntry, Round
from glossary.phrases import deadline, long_day, long_moment
from glossary.states import OutcomeResult, RoundKind, RoundPhase, RoundState
from glossary.views.columns import DefinitionRow

CARRIED = frozenset({OutcomeResult.CARRIED, OutcomeResult.CARRIED_WITH_DISSENT})
DEFINITIONS = "#definitionen"


@dataclass(slots=True, kw_only=True)
class Step:
    """One step of the line: what, since or until when, where to read on; done, current or todo."""

    title: str
    date: str = ""
    url: str = ""
    state: str = "todo"


def running_when(round: Round) -> str:
    """What the clock says of an announced round: when it begins, how long it runs, since when it is over."""
    phase = round.phase()
    if phase == RoundPhase.UPCOMING:
        return _("starts on %(moment)s") % {"moment": long_moment(round.opens_at)}
    if phase == RoundPhase.OPEN:
        return deadline(round.closes_at)
    return _("ended on %(moment)s") % {"moment": long_moment(round.closes_at)}


def steps(
    definitions: Sequence[DefinitionRow],
    rounds: Sequence[Round],
    entries: Sequence[ConsensusEntry],
    entry: ConsensusEntry | None,
) -> list[Step]:
    """Proposals, sense check, joint draft, consent round, agreed: how far the term has come.

    `entries` are all of the term, `entry` the one in force; rounds come newest first, with their outcomes.
    """
    newest = next(
        (r for r in rounds if r.kind == RoundKind.CONSENT and r.state != RoundState.CANCELLED), None
    )
    asked, agreed = _asked(newest), _agreed(entry)
    line = [*_before(definitions, rounds), asked, agreed]
    if newest is not None and _waits_for_editors(newest, entries):
        agreed.date = _("%(day)s, not published yet") % {"day": long_day(newest.closed_at)}
        agreed.url, agreed.state = newest.get_absolute_url(), "current"
    elif asked.state != "current" and (reached := [step for step in line if step.state == "done"]):
        # Nobody is being asked now: the line has come as far as its last step.
        reached[-1].state = "current"
    if agreed.date:
        for step in line:
            # What was skipped on the way to an agreement lies behind it too.
            if step.state == "todo" and not (step is asked and step.date):
                step.state = "done"
    return line


def _before(definitions: Sequence[DefinitionRow], rounds: Sequence[Round]) -> list[Step]:
    """Proposals, the last sense check if there was one, the joint draft."""
    check = next((r for r in rounds if r.kind == RoundKind.SENSE_CHECK), None)
    first = min((row.proposed_at for row in definitions), default=None)
    line = [_past(_("Proposals"), first, DEFINITIONS)]
    if check is not None:
        line.append(_past(_("Sense check"), check.opens_at, check.get_absolute_url()))
    written = max((row.made_at for row in definitions if row.is_joint_draft), default=None)
    return [*line, _past(_("Joint draft"), written, DEFINITIONS)]


def _asked(newest: Round | None) -> Step:
    """The newest consent round: announced for later, running, or closed."""
    if newest is None:
        return Step(title=_("Consent round"))
    if newest.state != RoundState.ANNOUNCED:
        return _past(_("Consent round"), newest.closed_at, newest.get_absolute_url())
    upcoming = newest.phase() == RoundPhase.UPCOMING
    return Step(
        title=_("Consent round"),
        date=running_when(newest),
        url=newest.get_absolute_url(),
        state="todo" if upcoming else "current",
    )


def _agreed(entry: ConsensusEntry | None) -> Step:
    if entry is None:
        return Step(title=_("Agreed"))
    since = _("Version %(number)s, %(day)s") % {"number": entry.number, "day": long_day(entry.valid_from)}
    return Step(title=_("Agreed"), date=since, url=entry.get_absolute_url(), state="done")


def _past(title: str, day: date | datetime | None, url: str) -> Step:
    return Step(title=title, date=long_day(day), url=url, state="done") if day else Step(title=title)


def _waits_for_editors(newest: Round, entries: Sequence[ConsensusEntry]) -> bool:
    """The round carried its wording, and no version has been published from it yet."""
    outcome = getattr(newest, "outcome", None)
    published = any(entry.round_id == newest.pk for entry in entries)
    return outcome is not None and outcome.result in CARRIED and not published
