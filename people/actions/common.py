"""What every action of `people` needs: permission, clean values, one record row."""

from collections.abc import Mapping
from copy import copy
from datetime import date, datetime, timedelta
from functools import partial

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.memo import look_again
from people.models import Organisation, User
from people.policy import may
from record import acting, chain
from record.chain import Act
from record.errors import Invalid, NotAllowed

HORIZON = timedelta(days=20 * 365)

Fact = str | int | bool | None


def demand(by: User, act: str, obj: object = None) -> None:
    """Raises NotAllowed unless this person may do this act now, and still when it is recorded."""
    acting.demand(partial(_refuse_unless, by, act, copy(obj)))


def _refuse_unless(by: User, act: str, obj: object) -> None:
    look_again(by)
    if not may(by, act, obj):
        raise NotAllowed(_("You may not do this. Ask the editors if you think you should."))


def demand_open(user: User, *, field: str) -> None:
    """Raises Invalid for an account that is closed, also if that happens before the act is recorded."""
    acting.demand(partial(_refuse_closed, user, field))


def _refuse_closed(user: User, field: str) -> None:
    user.refresh_from_db(fields=["is_active"])
    if not user.is_active:
        raise Invalid(_("This account is not active."), field=field)


def write_record(
    act: str,
    *,
    by: User,
    at: datetime,
    kind: str,
    key: str,
    organisation: Organisation | None = None,
    facts: Mapping[str, Fact] | None = None,
) -> None:
    """One row of the record. The last thing an action does: the head is its last lock."""
    chain.append(
        Act(
            name=act,
            at=at,
            actor_key=by.key,
            organisation_key=organisation.key if organisation else "",
            object_kind=kind,
            object_key=key,
            facts=facts or {},
        )
    )


def clean(instance: models.Model) -> None:
    """Check a row as a form would. Raises Invalid with the first message and its field."""
    try:
        instance.full_clean()
    except ValidationError as error:
        for field, messages in error.message_dict.items():
            raise Invalid(messages[0], field=None if field == "__all__" else field) from error


def not_backwards(day: date, *, field: str = "valid_until") -> None:
    """Raises Invalid for a day that is over: what was valid stays valid for what was done then."""
    if day < timezone.localdate():
        raise Invalid(_("This day is over. Choose today or later."), field=field)


def not_too_far(day: date | None, *, field: str) -> None:
    """Raises Invalid for a day nobody means: beyond any commission or council decision."""
    if day is not None and day > timezone.localdate() + HORIZON:
        raise Invalid(_("Please choose a day within the next 20 years."), field=field)


def as_text(day: date | None) -> str | None:
    """A day for the record."""
    return day.isoformat() if day else None
