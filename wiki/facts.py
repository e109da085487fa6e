"""What pages of each kind show at a glance: description lists, status lines, rows of lists."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from wiki.models import KnowledgePage, LinkCollectionPage, MeetingPage, PracticePage, TopicPage
from wiki.states import PracticeState, TopicState

Fact = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A status as word, icon and tone, with what belongs to it."""

    word: str
    tone: str
    icon: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a row of a list shows beside title and gist."""

    kicker: str = ""
    meta: str = ""
    status: str = ""
    tone: str = ""
    icon: str = ""


PRACTICE_TONES = {
    PracticeState.PLANNED: ("quiet", "calendar"),
    PracticeState.RUNNING: ("info", "arrow-right"),
    PracticeState.ESTABLISHED: ("good", "check-circle"),
    PracticeState.ENDED: ("quiet", "archive"),
}
TOPIC_TONES = {
    TopicState.OPEN: ("quiet", "silent"),
    TopicState.IN_PROGRESS: ("info", "comments"),
    TopicState.ANSWERED: ("good", "check-circle"),
}


def _fact(term: str, value: Any = "", **more: Any) -> Fact:
    return {"term": term, "value": value, **more}


def practice_facts(page: PracticePage) -> list[Fact]:
    """Where, for whom, how far, whom to ask: what decides whether one reads on."""
    groups = ", ".join(group.display_name for group in page.target_groups.all())
    return [
        _fact(_("Where"), page.place),
        _fact(_("For whom"), groups),
        _fact(_("State"), page.get_state_display()),
        _fact(_("Format"), page.get_format_display() if page.format else ""),
        _fact(_("Period"), page.period),
        _fact(_("Contact"), f"{page.contact}, {page.contributor.name}"),
    ]


def practice_frame(page: PracticePage) -> list[Fact]:
    """Who decided, who made it, what it took."""
    commission = page.commission or (_("no commission named") if page.commission_evidence else "")
    if commission:
        evidence = page.commission_evidence or _("without evidence")
        commission = f"{commission} ({evidence})"
    return [
        _fact(pgettext("practice", "Provider"), page.provider),
        _fact(_("Partners"), many=page.partner_list),
        _fact(_("Commission"), commission),
        _fact(_("Staff"), page.staff),
        _fact(_("Cost"), page.cost),
        _fact(_("Funding"), page.funding),
        _fact(_("Official municipality key"), page.official_key),
        _fact(_("Licence"), page.licence),
    ]


def when(page: MeetingPage) -> str:
    """Day and hours, in words."""
    start = timezone.localtime(page.starts_at)
    day, begins = date_format(start, "DATE_FORMAT"), date_format(start, "H:i")
    if page.ends_at is None:
        return _("%(day)s, %(begins)s") % {"day": day, "begins": begins}
    end = timezone.localtime(page.ends_at)
    if end.date() != start.date():
        return _("%(day)s, %(begins)s until %(last)s, %(ends)s") % {
            "day": day, "begins": begins, "last": date_format(end, "DATE_FORMAT"), "ends": date_format(end, "H:i")
        }  # fmt: skip
    return _("%(day)s, %(begins)s to %(ends)s") % {
        "day": day,
        "begins": begins,
        "ends": date_format(end, "H:i"),
    }


def meeting_facts(page: MeetingPage, now: datetime) -> list[Fact]:
    """When, where, who."""
    names = [organisation.name for organisation in page.organisations.all()]
    who = _("Took part") if page.is_over(now) else _("Invited")
    return [
        _fact(_("When"), when(page)),
        _fact(_("Format"), page.get_format_display()),
        _fact(_("Where"), page.place),
        _fact(_("Join"), page.join_url, url=page.join_url) if not page.is_over(now) else _fact(""),
        _fact(_("Working group"), page.group.name, url=page.group.get_absolute_url())
        if page.group
        else _fact(""),
        _fact(who, many=names),
    ]


def meeting_status(page: MeetingPage, now: datetime) -> Status:
    """Whether it is still to come."""
    if page.is_over(now):
        return Status(word=_("Took place"), tone="quiet", icon="check")
    if page.starts_at <= now:
        return Status(word=_("Taking place now"), tone="good", icon="clock")
    return Status(word=_("To come"), tone="info", icon="calendar")


def practice_status(page: PracticePage) -> Status:
    """How far it has come."""
    tone, icon = PRACTICE_TONES[PracticeState(page.state)]
    return Status(word=page.get_state_display(), tone=tone, icon=icon)


def topic_status(page: TopicPage) -> Status:
    """Whether anybody has an answer."""
    tone, icon = TOPIC_TONES[TopicState(page.state)]
    detail = (
        _("raised on %(date)s") % {"date": date_format(page.added_on, "DATE_FORMAT")} if page.added_on else ""
    )
    return Status(word=page.get_state_display(), tone=tone, icon=icon, detail=detail)


def _checked(page: KnowledgePage) -> str:
    if not page.checked_on:
        return ""
    return _("Checked on %(date)s") % {"date": date_format(page.checked_on, "DATE_FORMAT")}


def row_of(page: KnowledgePage, now: datetime) -> Row:
    """The row of a list; expects what the list prefetched."""
    by = page.contributor.name
    if isinstance(page, PracticePage):
        status = practice_status(page)
        groups = ", ".join(capfirst(group.display_name) for group in page.target_groups.all())
        kicker = " · ".join(part for part in (page.place, groups) if part)
        return Row(kicker=kicker, meta=_checked(page), status=status.word, tone=status.tone, icon=status.icon)
    if isinstance(page, TopicPage):
        status = topic_status(page)
        return Row(
            kicker=by, meta=capfirst(status.detail), status=status.word, tone=status.tone, icon=status.icon
        )
    if isinstance(page, MeetingPage):
        status = meeting_status(page, now)
        kicker = " · ".join(part for part in (when(page), page.get_format_display()) if part)
        return Row(kicker=kicker, status=status.word, tone=status.tone, icon=status.icon)
    if isinstance(page, LinkCollectionPage):
        count = len(page.links.all())
        return Row(kicker=by, meta=ngettext("%(n)s link", "%(n)s links", count) % {"n": count})
    return Row(kicker=by, meta=_checked(page))
