"""Reading the demo's TOML files; their form is described at the top of each."""

import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

FOLDER = Path(__file__).parent


def read(name: str) -> dict[str, Any]:
    """One demo file as plain data."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def as_day(value: Any, today: date) -> date:
    """An absolute date, or `{days = -20}` from the day of loading; `workday` moves a weekend to Monday."""
    if isinstance(value, date):
        return value
    day = today + timedelta(days=value["days"])
    if value.get("workday") and day.weekday() >= 5:
        day += timedelta(days=7 - day.weekday())
    return day


def as_instant(value: Any, today: date) -> datetime:
    """`{days = -20, hour = 10, minute = 30}` in local time."""
    clock = time(value.get("hour", 12), value.get("minute", 0)) if isinstance(value, dict) else time(12)
    return timezone.make_aware(datetime.combine(as_day(value, today), clock))
