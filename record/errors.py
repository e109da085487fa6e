"""What an action says when it refuses. Views turn these into messages, the API into problem+json, commands into exits."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class DomainError(Exception):
    """An act that was refused. `message` is for people; `field` names the form field it belongs to, if there is one."""

    status = 400
    default: Text = _("That is not possible.")

    def __init__(self, message: Text | None = None, *, field: str | None = None) -> None:
        self.message: Text = self.default if message is None else message
        self.field = field
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


class Invalid(DomainError):
    """Something in what was sent is missing or wrong."""


class WrongState(DomainError):
    """What the act is about is not in the state the act needs (any more)."""

    status = 409


class NotAllowed(DomainError):
    """This person may not do this."""

    status = 403
    default = _("You may not do this.")


class Stale(DomainError):
    """The form was made against a version that has been replaced meanwhile; `current` is what stands now."""

    status = 409
    default = _("Somebody changed this meanwhile. Please look at what is there now and decide again.")

    def __init__(self, message: Text | None = None, *, current: Any = None, field: str | None = None) -> None:
        super().__init__(message, field=field)
        self.current = current


class ReadOnly(DomainError):
    """The site was restored from a backup and nobody has confirmed yet that the record goes on from there."""

    status = 503
    default = _(
        "This site was restored from a backup and has not been released yet. Nothing was stored. "
        "Please try again later."
    )
