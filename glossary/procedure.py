"""The one consent procedure there is for now. Named templates come with the negotiation issue; rounds keep a copy."""

from datetime import UTC, datetime, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from glossary.tally import Rules, Silence
from record.errors import Invalid

CONSENT_RULES: Final = Rules(
    quorum_percent=50,
    silence=Silence.NOT_COUNTED,
    standing_objections_allowed=1,
    minimum_consents=1,
    duration_days=14,
)
# Shorter than a day nobody can ask anybody; longer than a year is a typing mistake.
SHORTEST: Final = timedelta(hours=24)
LONGEST: Final = timedelta(days=366)
# Bringing the end forward leaves everybody at least this much time to change their answer.
NOTICE: Final = timedelta(hours=24)


def check_instant(moment: datetime, *, field: str) -> None:
    """Refuses a time of day that does not exist or exists twice where people live (clock change). Raises Invalid."""
    if timezone.is_naive(moment):
        raise Invalid(_("Please give date and time."), field=field)
    zone = timezone.get_default_timezone()
    wall_clock = moment.replace(tzinfo=None)
    if moment.tzinfo == zone and moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall_clock:
        raise Invalid(_("This time of day does not exist: the clocks are put forward."), field=field)
    local = moment.astimezone(zone)
    if local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset():
        raise Invalid(_("This time of day exists twice: the clocks are put back."), field=field)


def check_period(opens_at: datetime, closes_at: datetime) -> None:
    """A round lasts at least 24 hours and at most a year. Raises Invalid."""
    if closes_at - opens_at < SHORTEST:
        raise Invalid(_("A round lasts at least 24 hours."), field="closes_at")
    if closes_at - opens_at > LONGEST:
        raise Invalid(_("A round lasts at most a year."), field="closes_at")
