"""What the forms share: native date fields, the key that makes a form work once, raw values that survive errors."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Beyond these years time zones cannot be computed, and nobody plans a round.
EARLIEST_YEAR, LATEST_YEAR = 2000, 2200


class DateInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """The browser's own field for date and time."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class MomentField(forms.Field):
    """Date and time as people enter them, in Europe/Berlin. An hour that does not exist or exists twice is the action's."""

    widget = MomentInput
    default_error_messages = {"invalid": _("Please give date and time, for example 2026-05-12 18:00.")}

    def to_python(self, value: Any) -> datetime | None:
        """An aware moment, or None. The wall clock stays what was typed, so that actions can refuse a doubled hour."""
        if value in self.empty_values:
            return None
        if not isinstance(value, datetime):
            try:
                value = datetime.fromisoformat(str(value).strip())
            except ValueError:
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None
        if not EARLIEST_YEAR <= value.year <= LATEST_YEAR:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        if value.tzinfo is None:
            value = value.replace(tzinfo=timezone.get_default_timezone())
        return value

    def prepare_value(self, value: Any) -> Any:
        """Shown as wall clock time."""
        return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M") if isinstance(value, datetime) else value


class SubmittedForm(forms.Form):
    """A form that is sent once: its key makes a second sending harmless."""

    submission_key = forms.CharField(widget=forms.HiddenInput, max_length=36, required=False)

    def raw(self) -> dict[str, str]:
        """What was typed, valid or not, by field name; without the keys that belong to this one form."""
        return {
            name: str(self[name].value() or "").replace("\x00", "")
            for name in self.fields
            if name not in {"submission_key", "replaces", "draft_version"}
        }


def offer(form: forms.Form, name: str, choices: Any) -> None:
    """What a choice field offers in this request: a queryset, or pairs of value and label."""
    field: Any = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = choices
    else:
        field.choices = choices


class VersionedForm(forms.Form):
    """A form made against a version of what it changes."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(VersionedForm):
    """One act that needs a reason."""

    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}), max_length=5000, strip=True,
        error_messages={"required": _("Please write the reason. Everybody will read it.")},
    )  # fmt: skip
