"""Where a negotiation stands, as one line of steps with dates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from glossary.models import ConsensusEntry, Round
from glossary.phrases import deadline, long_day, long_moment
from glossary.standing import waits_for_publication
from glossary.states import (
    CARRIED_RESULTS,
    DefinitionOrigin,
    DefinitionState,
    EntryKind,
    OutcomeResult,
    RoundKind,
    RoundPhase,
    RoundState,
)
from glossary.views.columns import DefinitionRow

DEFINITIONS = "#definitionen"


@dataclass(slots=True, kw_only=True)
class Step:
    """One step of the line: what, since or until when, where to read on; done, current, skipped or todo."""

    title: str
    date: str = ""
    url: str = ""
    state: str = "todo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One way from proposals to an agreed version, as far as it has come; the `entry` is where it has led to.

    `before` is the version it began after. The round was about a wording that may be older than the course.
    """

    definitions: Sequence[DefinitionRow]
    check: Round | None
    asked: Round | None
    entry: ConsensusEntry | None
    before: ConsensusEntry | None

    def moment(self, row: DefinitionRow) -> datetime | None:
        """When a definition entered this course: when it was brought in, otherwise when it was rewritten."""
        since = self.before.published_at if self.before else None
        if since is None or row.proposed_at > since or self.is_asked_about(row):
            return row.proposed_at
        return row.made_at if row.made_at > since else None

    def is_asked_about(self, row: DefinitionRow) -> bool:
        """The consent round is about its wording."""
        return self.asked is not None and self.asked.wording_id == row.wording_id


def running_when(round: Round) -> str:
    """What the clock says of an announced round: when it begins, how long it runs, since when it is over."""
    phase = round.phase()
    if phase == RoundPhase.UPCOMING:
        return _("starts on %(moment)s") % {"moment": long_moment(round.opens_at)}
    if phase == RoundPhase.OPEN:
        return deadline(round.closes_at)
    return _("ended on %(moment)s") % {"moment": long_moment(round.closes_at)}


def steps(
    definitions: Sequence[DefinitionRow], rounds: Sequence[Round], entries: Sequence[ConsensusEntry]
) -> list[Step]:
    """Proposals, sense check, joint draft, consent round, agreed: how far the newest course has come.

    Entries are all of the term, by number; rounds come newest first, with their outcomes.
    """
    course = _newest_course(definitions, rounds, entries)
    waiting = waits_for_publication(rounds, entries)
    line = [*_written(course), _asked(course), _agreed(course, waiting)]
    reached = [place for place, step in enumerate(line) if step.state in {"done", "current"}]
    if not reached:
        return line
    # Where nobody is being asked now, the line has come as far as its last step.
    line[reached[-1]].state = "current"
    for step in line[: reached[-1]]:
        if step.state == "todo":
            step.state = "skipped"
    return line


def _newest_course(
    definitions: Sequence[DefinitionRow], rounds: Sequence[Round], entries: Sequence[ConsensusEntry]
) -> Course:
    """What has begun since the last version was published, otherwise the course that led to it."""
    last = entries[-1] if entries else None
    since = last.published_at if last else None
    asked = next((r for r in _consent(rounds) if _is_after(r, since)), None)
    on_the_table = (r for r in definitions if r.is_proposed and r.origin != DefinitionOrigin.SOURCE)
    if last is None or asked or any(row.made_at > last.published_at for row in on_the_table):
        rows = [row for row in definitions if row.state != DefinitionState.WITHDRAWN]
        check = next((r for r in _checks(rounds) if since is None or r.opens_at > since), None)
        return Course(definitions=rows, check=check, asked=asked, entry=None, before=last)
    before = entries[-2] if len(entries) > 1 else None
    end = last.published_at
    checks = (
        r for r in _checks(rounds) if r.opens_at <= end and (not before or r.opens_at > before.published_at)
    )
    rows = [row for row in definitions if row.proposed_at <= end]
    return Course(definitions=rows, check=next(checks, None), asked=last.round, entry=last, before=before)


def _consent(rounds: Iterable[Round]) -> Iterable[Round]:
    return (r for r in rounds if r.kind == RoundKind.CONSENT and r.state != RoundState.CANCELLED)


def _checks(rounds: Iterable[Round]) -> Iterable[Round]:
    return (r for r in rounds if r.kind == RoundKind.SENSE_CHECK and r.state != RoundState.CANCELLED)


def _is_after(round: Round, since: datetime | None) -> bool:
    """The round runs, or was closed after that moment: from an older one nothing is published any more."""
    return since is None or round.closed_at is None or round.closed_at > since


def _written(course: Course) -> list[Step]:
    """Proposals, the last sense check if there was one, the joint draft with the day of its wording."""
    proposals = [row for row in course.definitions if row.origin == DefinitionOrigin.PROPOSAL]
    brought_in = min((day for row in proposals if (day := course.moment(row))), default=None)
    drafts = [row for row in course.definitions if row.is_joint_draft]
    drafted = max((row.made_at for row in drafts if course.moment(row)), default=None)
    check = course.check
    between = [_past(_("Sense check"), check.opens_at, check.get_absolute_url())] if check else []
    return [
        _past(_("Proposals"), brought_in, DEFINITIONS),
        *between,
        _past(_("Joint draft"), drafted, DEFINITIONS),
    ]


def _asked(course: Course) -> Step:
    """The newest consent round: announced for later, running, or closed; a failed one lies before a newer wording."""
    title, newest = _("Consent round"), course.asked
    if newest is None:
        return Step(title=title)
    url = newest.get_absolute_url()
    if newest.state == RoundState.ANNOUNCED:
        state = "todo" if newest.phase() == RoundPhase.UPCOMING else "current"
        return Step(title=title, date=running_when(newest), url=url, state=state)
    outcome = getattr(newest, "outcome", None)
    if outcome is None or not outcome.result or outcome.result in CARRIED_RESULTS or newest.closed_at is None:
        return _past(title, newest.closed_at, url)
    facts = {"day": long_day(newest.closed_at), "result": OutcomeResult(outcome.result).label}
    rewritten = any(
        row.is_proposed and row.origin != DefinitionOrigin.SOURCE and row.made_at > newest.closed_at
        for row in course.definitions
    )
    if rewritten:
        return Step(title=title, date=_("last on %(day)s: %(result)s") % facts, url=url)
    return Step(title=title, date=_("%(day)s: %(result)s") % facts, url=url, state="done")


def _agreed(course: Course, waiting: Round | None) -> Step:
    """The version this course has led to, the one waiting for the editors, otherwise the one that still applies."""
    title = _("Agreed")
    if course.entry is not None:
        return Step(title=title, date=_since(course.entry), url=course.entry.get_absolute_url(), state="done")
    if waiting is not None and waiting == course.asked:
        date = _("%(day)s, not published yet") % {"day": long_day(waiting.closed_at)}
        return Step(title=title, date=date, url=waiting.get_absolute_url(), state="done")
    before = course.before
    if before is None or before.kind == EntryKind.REVOKED:
        return Step(title=title)
    date = _("so far version %(number)s") % {"number": before.number}
    return Step(title=title, date=date, url=before.get_absolute_url())


def _since(entry: ConsensusEntry) -> str:
    facts = {"number": entry.number, "day": long_day(entry.valid_from)}
    if entry.kind == EntryKind.REVOKED:
        return _("revoked, %(day)s") % facts
    if entry.valid_from > timezone.localdate():
        return _("Version %(number)s, in force from %(day)s") % facts
    return _("Version %(number)s, %(day)s") % facts


def _past(title: str, day: datetime | None, url: str) -> Step:
    return Step(title=title, date=long_day(day), url=url, state="done") if day else Step(title=title)
