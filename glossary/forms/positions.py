"""Answering in a round."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from glossary.forms.base import DateInput, SubmittedForm
from glossary.models import Wording
from glossary.passages import place_of
from glossary.states import REASON_REQUIRED, Stance
from record.errors import Invalid
from record.lines import LineField

ANSWERS = [Stance.CONSENT, Stance.RESERVATION, Stance.STAND_ASIDE, Stance.OBJECTION]
ANSWER_HELP = {
    Stance.CONSENT: _("We can carry this wording and work with it."),
    Stance.RESERVATION: _("We carry it; our concerns are published with the result."),
    Stance.STAND_ASIDE: _("That counts as an answer and prevents nothing."),
    Stance.OBJECTION: _("We cannot carry this wording. The rules say what that does."),
}


class AnswerForm(SubmittedForm):
    """What an organisation answers. `wording` is the one that is asked about."""

    value = forms.ChoiceField(
        label=pgettext_lazy("round", "Your answer"),
        choices=[(stance.value, stance.label) for stance in ANSWERS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one of the answers.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed with concerns and with an objection, welcome with every answer."),
    )
    passage = forms.CharField(
        label=_("Which passage do you object to?"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Copy the words from the wording. Leave it empty if you mean the whole text."),
    )
    change_wanted = forms.CharField(
        label=_("What would have to change so that you could carry it?"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    no_change_helps = forms.BooleanField(label=_("No change would help."), required=False)
    provisional = forms.BooleanField(label=_("Subject to a committee's decision"), required=False)
    provisional_until = forms.DateField(label=_("Decision expected on"), required=False, widget=DateInput)
    provisional_body = LineField(
        label=_("Committee"), required=False, max_length=160, help_text=_("For example: education committee")
    )
    organisation = forms.CharField(widget=forms.HiddenInput, max_length=8)
    replaces = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    draft_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, wording: Wording, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wording = wording

    def answers(self) -> list[dict[str, Any]]:
        """The choices with a line of explanation each."""
        chosen = self["value"].value()
        return [
            {
                "value": stance.value,
                "label": stance.label,
                "help": ANSWER_HELP[stance],
                "checked": chosen == stance.value,
            }
            for stance in ANSWERS
        ]

    def clean_passage(self) -> str:
        """The passage exactly as it stands in the wording, however its blanks were copied."""
        typed = self.cleaned_data["passage"].strip().strip('„“”"»«').strip()
        if not typed or self.data.get(self.add_prefix("value")) != Stance.OBJECTION:
            return ""
        text = self.wording.text or ""
        try:
            start, end = place_of(text, typed)
        except Invalid as error:
            raise forms.ValidationError(str(error.message)) from error
        self.cleaned_data["passage_start"], self.cleaned_data["passage_end"] = start, end
        return text[start:end]

    def clean(self) -> dict[str, Any]:
        """What belongs to an answer, and nothing else."""
        data = super().clean() or {}
        value = data.get("value")
        if value in REASON_REQUIRED and not data.get("reason", "").strip() and "reason" not in self.errors:
            self.add_error("reason", _("Please give your reason, so that the others can respond to it."))
        if (
            value == Stance.OBJECTION
            and not data.get("change_wanted", "").strip()
            and not data.get("no_change_helps")
        ):
            message = _("Please say what would have to change, or that no change would help.")
            self.add_error("change_wanted", message)
        self._clean_reserve(data)
        return data

    def _clean_reserve(self, data: dict[str, Any]) -> None:
        if not data.get("provisional"):
            data["provisional_until"], data["provisional_body"] = None, ""
        elif "provisional_until" in self.errors:
            return
        elif data.get("provisional_until") is None:
            self.add_error("provisional_until", _("Please say when the committee decides."))
        elif data["provisional_until"] < timezone.localdate():
            self.add_error("provisional_until", _("This day has passed already."))

    def position(self) -> dict[str, Any]:
        """What the action takes. Valid forms only."""
        data = self.cleaned_data
        objecting = data["value"] == Stance.OBJECTION
        return {
            "value": data["value"],
            "reason": data["reason"],
            "provisional_until": data["provisional_until"],
            "provisional_body": data["provisional_body"],
            "passage": data["passage"] if objecting else "",
            "passage_start": data.get("passage_start") if objecting else None,
            "passage_end": data.get("passage_end") if objecting else None,
            "change_wanted": data["change_wanted"] if objecting else "",
            "no_change_helps": data["no_change_helps"] if objecting else False,
            "replaces": data["replaces"],
            "submission_key": data["submission_key"] or None,
        }


class TakeBackForm(SubmittedForm):
    """Taking an answer back."""

    organisation = forms.CharField(widget=forms.HiddenInput, max_length=8)
    replaces = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
