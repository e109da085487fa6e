"""Names of people stand in mails to others: what a mail program would make a link of is no name."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from record.errors import Invalid
from record.lines import LineField, plain_line

ADDRESS = re.compile(r"[@/\\<>]|www\.", re.IGNORECASE)
MESSAGE = _("A name has no address in it. Please enter the name only.")


def plain_name(text: str) -> None:
    """For models and forms. Raises ValidationError."""
    if ADDRESS.search(str(text)):
        raise ValidationError(MESSAGE, code="address")


def refuse_address(text: str, *, field: str) -> None:
    """For actions that store without validating the row. Raises Invalid beside the field."""
    if ADDRESS.search(text):
        raise Invalid(MESSAGE, field=field)


class NameField(LineField):
    """A person's name in a form."""

    default_validators = (plain_line, plain_name)  # type: ignore[assignment]
