"""Lines people type (names, titles, questions): no character that nobody sees or that turns the reading direction.

Such a character makes a line read differently than it is stored, or two different names look the same. Wordings and
comments drop them; a line is refused, so that whoever pasted it knows. The soft hyphen may stay: it only breaks words.
"""

import re
from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from record.errors import Invalid

__all__ = ["LineField", "PlainLines", "hidden_character", "plain_line", "refuse_hidden"]

# Controls with tab and line ends, zero-width characters but joiners, bidi marks, overrides and isolates, separators,
# annotations, tags, and lone surrogates.
HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
MESSAGE = _(
    "There is a character in this line that nobody can see (%(code)s). Please delete it or type the line anew."
)


def hidden_character(text: str) -> str:
    """The first one as U+202E, or nothing."""
    found = HIDDEN.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def plain_line(text: str) -> None:
    """For form fields. Raises ValidationError."""
    if code := hidden_character(str(text)):
        raise ValidationError(MESSAGE, code="hidden", params={"code": code})


def refuse_hidden(text: str, *, field: str) -> None:
    """For actions. Raises Invalid beside the field."""
    if code := hidden_character(text):
        raise Invalid(MESSAGE % {"code": code}, field=field)


class LineField(forms.CharField):
    """One line of text in a form."""

    default_validators = (plain_line,)  # type: ignore[assignment]


class PlainLines(models.Model):
    """Checks every line of a row wherever it is validated: in forms of the admin and in the actions that clean it."""

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """As usual, and no hidden characters in columns of one line. Raises ValidationError."""
        errors: dict[str, Any] = {}
        try:
            super().clean_fields(exclude=exclude)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        for field in self._meta.concrete_fields:
            if type(field) is models.CharField and not field.choices and field.name not in (exclude or ()):
                try:
                    plain_line(getattr(self, field.attname) or "")
                except ValidationError as error:
                    errors.setdefault(field.name, []).extend(error.error_list)
        if errors:
            raise ValidationError(errors)
