"""What waits for the moderation and the editors: rounds to announce, to close or to state, wordings to publish."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from glossary.models import Round
from glossary.policy import may
from glossary.states import CARRIED_RESULTS, RoundState
from people.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing to do: what, about what, since when, by whom and where. `mine` when the asking person may do it.

    A planned round waits from its beginning on, which may be still to come.
    """

    what: str
    title: str
    since: datetime
    who: str
    url: str
    mine: bool


def waiting_rounds(user: User, now: datetime | None = None) -> list[Waiting]:
    """Rounds whose next step is missing, oldest first: planned ones, and those whose time is over."""
    moment = now or timezone.now()
    over = Q(state__in=[RoundState.ANNOUNCED, RoundState.CLOSED], closes_at__lte=moment, entry=None)
    found = Round.objects.filter(over | Q(state=RoundState.PLANNED))
    rows = found.select_related("term__steward", "group", "outcome", "statement").order_by("closes_at")
    return [step for row in rows if (step := _next_step(row, user, moment)) is not None]


def _next_step(row: Round, user: User, moment: datetime) -> Waiting | None:
    """What has to happen next; None when nothing more will (not carried, or overtaken by a later round)."""
    moderation, editors = _("Moderation"), _("Editors")
    if row.state == RoundState.PLANNED:
        act, what, who, view = (
            "announce_round",
            _("Announce the round"),
            moderation,
            "glossary:round_announce",
        )
    elif row.state == RoundState.ANNOUNCED:
        act, what, who, view = "close_round", _("Close the round"), moderation, "glossary:round_close"
    elif not hasattr(row, "statement"):
        act, what, who = "state_outcome", _("Write the outcome statement"), moderation
        view = "glossary:round_statement"
    elif row.outcome.result in CARRIED_RESULTS and row.is_newest_closed():
        act, what, who = "publish_entry", _("Publish the agreed wording"), editors
        view = "glossary:round_publish"
    else:
        return None
    mine = may(user, act, row, now=moment)
    url = reverse(view, kwargs={"key": row.key}) if mine else row.get_absolute_url()
    since = row.opens_at if row.state == RoundState.PLANNED else row.closed_at or row.closes_at
    return Waiting(what=what, title=row.question, since=since, who=who, url=url, mine=mine)
