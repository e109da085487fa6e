"""Steering a round: plan, move, call off, state, publish."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from glossary.forms.base import DateInput, MomentField, SubmittedForm, VersionedForm, offer
from glossary.models import Definition
from glossary.states import ChangeClass, SupportKind
from record.lines import LineField

CHANGE_HELP = {
    ChangeClass.EDITORIAL: _("Spelling, punctuation, a link. Nobody could understand it differently."),
    ChangeClass.CLARIFYING: _("Says more precisely what was meant before."),
    ChangeClass.MEANING: _("Something is meant now that was not meant before, or the other way round."),
}
SUPPORT_LABELS = {
    SupportKind.JOINS: _("We join: from now on we carry this wording, too."),
    SupportKind.CONFIRMS: _("Our committee has confirmed our consent."),
    SupportKind.DISSENTS: _("We file a dissent."),
    SupportKind.WITHDRAWS_DISSENT: _("We withdraw our dissent."),
    SupportKind.ENDS: _("We no longer carry this wording."),
}


class QuestionForm(forms.Form):
    """What a consent round asks, about which wording, from when until when."""

    definition = forms.ModelChoiceField(
        label=_("Which wording is asked about?"), queryset=Definition.objects.none(), to_field_name="key",
        widget=forms.RadioSelect, empty_label=None,
    )  # fmt: skip
    question = LineField(
        label=_("Question"), max_length=250, help_text=_("One sentence; it heads the page."),
        error_messages={"required": _("Please write the question the organisations answer.")},
    )  # fmt: skip
    opens_at = MomentField(label=_("Answers from"))
    closes_at = MomentField(
        label=_("Answers until"), help_text=_("Two weeks are usual, so that committees can meet.")
    )

    def clean(self) -> dict[str, Any]:
        """The end comes after the beginning."""
        data = super().clean() or {}
        if data.get("opens_at") and data.get("closes_at") and data["closes_at"] <= data["opens_at"]:
            self.add_error("closes_at", _("The end must come after the beginning."))
        return data


class PlanForm(QuestionForm, SubmittedForm):
    """A consent round to come."""


class ChangeForm(QuestionForm, VersionedForm):
    """A planned round, before anybody is asked."""


class MoveForm(VersionedForm):
    """Another end."""

    closes_at = MomentField(label=_("New end"))
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=5000,
        error_messages={"required": _("Please write the reason. Everybody will read it.")},
    )  # fmt: skip


class CloseForm(VersionedForm):
    """Nothing to enter: the page shows what will be stored."""


class StatementForm(forms.Form):
    """The outcome statement."""

    text = forms.CharField(
        label=_("Outcome statement"), widget=forms.Textarea(attrs={"rows": 8}), max_length=20_000,
        help_text=_("What was agreed or not, what was decisive, what happens next. The count is added by itself."),
        error_messages={"required": _("Please write what was agreed or not, and what happens next.")},
    )  # fmt: skip


class PublishForm(SubmittedForm):
    """Publishing an agreed wording. The change is asked from the second version on."""

    change_class = forms.ChoiceField(
        label=_("How much changes against the version before?"),
        choices=ChangeClass.choices,
        widget=forms.RadioSelect,
    )
    change_reason = forms.CharField(
        label=_("What changed, and why?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=5000
    )
    valid_from = forms.DateField(label=_("In force from"), widget=DateInput)
    review_on = forms.DateField(
        label=_("To be reviewed on"), required=False, widget=DateInput,
        help_text=_("The working group is reminded to look at the wording again."),
    )  # fmt: skip

    def __init__(self, *args: Any, first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["change_class"], self.fields["change_reason"]

    def changes(self) -> list[dict[str, Any]]:
        """The change classes with a line of explanation each."""
        chosen = self["change_class"].value()
        return [
            {
                "value": kind.value,
                "label": kind.label,
                "help": CHANGE_HELP[kind],
                "checked": chosen == kind.value,
            }
            for kind in ChangeClass
        ]


class SupportForm(SubmittedForm):
    """What an organisation says after publication. `kinds` are those that make sense from where it stands."""

    kind = forms.ChoiceField(
        label=_("What does your organisation say?"), widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one of the answers.")},
    )  # fmt: skip
    made_on = forms.DateField(
        label=_("Decided on"), required=False, widget=DateInput, help_text=_("Empty: today.")
    )
    evidence = LineField(
        label=_("Evidence"), required=False, max_length=250,
        help_text=_("For example the committee and the number of its decision."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason for the dissent"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    passage = forms.CharField(
        label=_("Passage"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Copy the words from the wording. Leave it empty if you mean the whole text."),
    )  # fmt: skip
    alternative = forms.CharField(
        label=_("What would you write instead?"), required=False, max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    organisation = forms.CharField(widget=forms.HiddenInput, max_length=8)

    def __init__(self, *args: Any, kinds: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", [(kind, SUPPORT_LABELS[SupportKind(kind)]) for kind in kinds])

    def clean(self) -> dict[str, Any]:
        """A dissent says why."""
        data = super().clean() or {}
        dissents = data.get("kind") == SupportKind.DISSENTS
        if dissents and not data.get("reason", "").strip() and "reason" not in self.errors:
            self.add_error("reason", _("Please give your reason, so that the others can respond to it."))
        return data
