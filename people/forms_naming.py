"""Forms for naming people and ending mandates. They check shape; actions decide."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.actions.naming import Naming
from people.forms import DomainErrorForm
from people.models import MandateRole, Organisation, User, WorkingGroup
from people.names import NameField
from record.lines import LineField

# How a choice names all working groups at once; a group is named by its key.
EVERYWHERE = "alle"
ROLE_LABELS = [
    (MandateRole.DEPUTY, _("Deputy: may answer at any time. The speaker is told.")),
    (
        MandateRole.SPEAKER,
        _("Successor: becomes the speaker. Whoever speaks until then stops the day before."),
    ),
    (MandateRole.DRAFTER, _("Drafter: prepares drafts and sends nothing.")),
    (MandateRole.OBSERVER, _("Observer: reads what members read.")),
]

NEEDED = {
    "person_name": _("Please enter the name, so that the moderation knows who is meant."),
    "email": _("Please enter the address the invitation goes to."),
}


class DateInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class PersonChoice(forms.ModelChoiceField):
    """People by name; their addresses are nobody's business."""

    def label_from_instance(self, obj: User) -> str:
        """The name members see."""
        return obj.get_full_name()


class NamingForm(DomainErrorForm):
    """Who shall act for the organisation, in which role, from when."""

    scope = forms.ChoiceField(label=_("In which working group?"))
    role = forms.ChoiceField(
        label=_("Which role?"), choices=ROLE_LABELS, widget=forms.RadioSelect,
        error_messages={"required": _("Please choose a role.")},
    )  # fmt: skip
    user = PersonChoice(
        label=_("Somebody who acts for the organisation already"), queryset=User.objects.none(),
        to_field_name="key", required=False, empty_label=_("somebody else"),
    )  # fmt: skip
    person_name = NameField(
        label=_("Name of somebody else"), max_length=160, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail address of this person"), required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("The invitation goes there. The role begins when it is accepted."),
    )  # fmt: skip
    valid_from = forms.DateField(
        label=_("From"), required=False, widget=DateInput, help_text=_("Empty: as soon as possible.")
    )
    valid_until = forms.DateField(
        label=_("Last day"), required=False, widget=DateInput, help_text=_("Empty: until further notice.")
    )
    evidence_title = LineField(
        label=_("Title of the evidence"), max_length=250, required=False,
        help_text=_("For example the council's decision. Without it the page says “without evidence”."),
    )  # fmt: skip
    evidence_date = forms.DateField(label=_("Date of the evidence"), required=False, widget=DateInput)
    evidence_url = forms.URLField(label=_("Link to the evidence"), required=False, assume_scheme="https")

    def __init__(self, *args: Any, organisation: Organisation, scopes: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        self.groups: dict[str, WorkingGroup | None] = {
            group.key if group else EVERYWHERE: group for group in scopes
        }
        fields: dict[str, Any] = self.fields
        fields["scope"].choices = [
            (key, group.name if group else _("All working groups")) for key, group in self.groups.items()
        ]
        today = timezone.localdate()
        acting = organisation.mandates.valid_on(today).values("user_id")
        fields["user"].queryset = User.objects.filter(pk__in=acting, is_active=True).order_by(
            "last_name", "first_name"
        )
        if not fields["user"].queryset.exists():
            del fields["user"]
        everybody = _("Everybody can read this.")
        fields["person_name"].readers = _("The moderation reads this, and you.")
        fields["email"].readers = _("Only the editors see it in the list of invitations.")
        for name in ("evidence_title", "evidence_date", "evidence_url"):
            fields[name].readers = everybody

    def clean(self) -> dict[str, Any]:
        """Everything that is missing at once, each beside its field."""
        data = super().clean() or self.cleaned_data
        typed = bool(data.get("person_name") or data.get("email"))
        if data.get("user") and typed:
            self.add_error("user", _("Choose somebody, or enter name and address, not both."))
        elif not data.get("user"):
            for name, message in NEEDED.items():
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, message)
        begin, end = data.get("valid_from"), data.get("valid_until")
        if begin and end and end < begin:
            self.add_error("valid_until", _("It cannot end before it begins."))
        return data

    def naming(self) -> Naming:
        """What the action takes."""
        data = dict(self.cleaned_data)
        group = self.groups[data.pop("scope")]
        return Naming(organisation=self.organisation, group=group, **data)


class EndForm(DomainErrorForm):
    """The last day of a mandate."""

    valid_until = forms.DateField(
        label=_("Last day"), widget=DateInput, help_text=_("Today or later. This day still counts.")
    )


class RefusalForm(DomainErrorForm):
    """Why a proposal is not confirmed."""

    reason = forms.CharField(
        label=_("Reason, if you refuse"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].readers = _("Whoever proposed reads this in a mail.")  # type: ignore[attr-defined]
