"""Days, deadlines and numbers in words, in the reader's language.

Relative times change by the day only, because whole pages are cached until the next edge of the clock.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

__all__ = [
    "clock", "days_left", "deadline", "join", "local_day", "long_day", "long_moment", "of_dissents",
    "of_organisations",
]  # fmt: skip


def local_day(moment: datetime) -> date:
    """The calendar day people mean, in Europe/Berlin."""
    return timezone.localdate(moment)


def long_day(value: date | datetime | None) -> str:
    """ "3. März 2026", of a moment its local day; "" for nothing."""
    if value is None:
        return ""
    day = local_day(value) if isinstance(value, datetime) else value
    return _in_words(day, get_language())


@lru_cache(maxsize=1024)
def _in_words(day: date, _language: str | None) -> str:
    """Lists name the same few days over and over; the language is part of what is kept."""
    return date_format(day, "DATE_FORMAT")


def clock(moment: datetime) -> str:
    """ "18 Uhr", "18:30 Uhr"; in English "6 p.m."."""
    local = timezone.localtime(moment)
    if (get_language() or "de").startswith("de"):
        return f"{local.hour}:{local.minute:02d} Uhr" if local.minute else f"{local.hour} Uhr"
    return date_format(local, "P")


def long_moment(moment: datetime | None) -> str:
    """ "12. Mai 2026, 18 Uhr"; "" for nothing."""
    return f"{long_day(moment)}, {clock(moment)}" if moment else ""


def days_left(closes_at: datetime, today: date | None = None) -> str:
    """ "noch 3 Tage", counted in calendar days."""
    left = (local_day(closes_at) - (today or timezone.localdate())).days
    if left < 0:
        return _("time is over")
    if left == 0:
        return _("ends today")
    return ngettext("%(number)s day left", "%(number)s days left", left) % {"number": left}


def deadline(closes_at: datetime, today: date | None = None) -> str:
    """ "bis 12. Mai 2026, 18 Uhr – noch 3 Tage"."""
    return _("until %(moment)s – %(left)s") % {
        "moment": long_moment(closes_at),
        "left": days_left(closes_at, today),
    }


def join(names: Iterable[str]) -> str:
    """ "A, B und C"."""
    found = list(names)
    if len(found) < 2:
        return "".join(found)
    return _("%(all_but_last)s and %(last)s") % {"all_but_last": ", ".join(found[:-1]), "last": found[-1]}


def of_dissents(number: int) -> str:
    """ "1 Sondervotum"."""
    return ngettext("%(number)s dissent", "%(number)s dissents", number) % {"number": number}


def of_organisations(have: int, total: int) -> str:
    """ "4 von 6 Organisationen": every number with its denominator."""
    return ngettext("%(have)s of %(total)s organisation", "%(have)s of %(total)s organisations", total) % {
        "have": have,
        "total": total,
    }
