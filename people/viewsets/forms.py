"""Forms of the admin: they check shape; actions decide."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from people.models import (
    Facilitation,
    GroupMembership,
    Invitation,
    Mandate,
    Organisation,
    User,
    WorkingGroup,
)
from people.viewsets.choosers import ChooseOrganisation, ChoosePerson

DATE = AdminDateInput


class HttpsURLField(forms.URLField):
    """What is typed without a scheme means https."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"assume_scheme": "https", **kwargs})  # type: ignore[arg-type]


class UntilField(forms.DateField):
    """The last day something is valid."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(
            label=_("Last day"),
            help_text=_("Today or later. This day still counts."),
            widget=DATE,
            **kwargs,  # type: ignore[arg-type]
        )


class OrganisationForm(forms.ModelForm):
    """An organisation as others know it."""

    slug = forms.SlugField(
        label=_("Address"),
        max_length=80,
        required=False,
        help_text=_("Left empty, it is made of the short name. Old addresses lead to the new one for ever."),
    )

    class Meta:
        model = Organisation
        fields: ClassVar = [
            "name", "short_name", "kind", "description", "website", "official_key", "mailbox", "slug",
        ]  # fmt: skip
        field_classes: ClassVar = {"website": HttpsURLField}


class EndOrganisationForm(forms.ModelForm):
    """When an organisation ends."""

    ended_on = UntilField()

    class Meta:
        model = Organisation
        fields: ClassVar = ["ended_on", "successor"]
        widgets: ClassVar = {"successor": ChooseOrganisation}


class GroupForm(forms.ModelForm):
    """A working group and its commission."""

    class Meta:
        model = WorkingGroup
        fields: ClassVar = [
            "name", "description", "commission_text", "commission_date", "commission_evidence",
            "commission_url",
        ]  # fmt: skip
        widgets: ClassVar = {"commission_date": DATE}
        field_classes: ClassVar = {"commission_url": HttpsURLField}


class EndGroupForm(forms.ModelForm):
    """When a working group ends."""

    ended_on = UntilField()

    class Meta:
        model = WorkingGroup
        fields: ClassVar = ["ended_on"]


class MembershipForm(forms.ModelForm):
    """An organisation joins a group."""

    class Meta:
        model = GroupMembership
        fields: ClassVar = ["group", "organisation", "valid_from", "valid_until"]
        widgets: ClassVar = {"organisation": ChooseOrganisation, "valid_from": DATE, "valid_until": DATE}


class EndMembershipForm(forms.ModelForm):
    """When an organisation leaves a group."""

    valid_until = UntilField()

    class Meta:
        model = GroupMembership
        fields: ClassVar = ["valid_until"]


class FacilitationForm(forms.ModelForm):
    """A person begins to moderate a group."""

    class Meta:
        model = Facilitation
        fields: ClassVar = ["group", "user", "valid_from", "valid_until"]
        widgets: ClassVar = {"user": ChoosePerson, "valid_from": DATE, "valid_until": DATE}


class EndFacilitationForm(forms.ModelForm):
    """When a person stops moderating a group."""

    valid_until = UntilField()

    class Meta:
        model = Facilitation
        fields: ClassVar = ["valid_until"]


class MandateForm(forms.ModelForm):
    """A person may act for an organisation."""

    class Meta:
        model = Mandate
        fields: ClassVar = [
            "organisation", "group", "user", "role", "valid_from", "valid_until",
            "evidence_title", "evidence_date", "evidence_url",
        ]  # fmt: skip
        widgets: ClassVar = {
            "organisation": ChooseOrganisation, "user": ChoosePerson, "valid_from": DATE, "valid_until": DATE,
            "evidence_date": DATE,
        }  # fmt: skip
        field_classes: ClassVar = {"evidence_url": HttpsURLField}


class EndMandateForm(forms.ModelForm):
    """When a mandate ends."""

    valid_until = UntilField()

    class Meta:
        model = Mandate
        fields: ClassVar = ["valid_until"]


class ReplaceMandateForm(forms.ModelForm):
    """Who takes over, and from when."""

    successor = forms.ModelChoiceField(
        label=_("New person"), queryset=User.objects.filter(is_active=True), widget=ChoosePerson
    )
    begins = forms.DateField(
        label=_("From"),
        widget=DATE,
        help_text=_("Tomorrow at the earliest. The old one ends the day before."),
    )

    class Meta:
        model = Mandate
        fields: ClassVar = ["evidence_title", "evidence_date", "evidence_url"]
        widgets: ClassVar = {"evidence_date": DATE}
        field_classes: ClassVar = {"evidence_url": HttpsURLField}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        # The evidence is that of the new mandate, not of the one that ends.
        for name in self.Meta.fields:
            self.initial[name] = None


class InvitationForm(forms.ModelForm):
    """Somebody gets a link."""

    language = forms.ChoiceField(
        label=_("Language of the mail"), choices=[("de", _("German")), ("en", _("English"))]
    )

    class Meta:
        model = Invitation
        fields: ClassVar = ["email", "organisation", "group", "role", "language"]
        widgets: ClassVar = {"organisation": ChooseOrganisation}


class NothingForm(forms.ModelForm):
    """An act that needs no word: the button is enough."""

    class Meta:
        model = Invitation
        fields: ClassVar[list[str]] = []


class RolesForm(forms.ModelForm):
    """What a person may do on the site itself."""

    editor = forms.BooleanField(
        label=_("Editor"), required=False, help_text=_("Publishes pages and agreed wordings, manages terms.")
    )
    moderator = forms.BooleanField(
        label=_("Moderator of discussions"), required=False, help_text=_("Hides and restores contributions.")
    )
    administrator = forms.BooleanField(
        label=_("Administrator"), required=False, help_text=_("May do everything, also erase people.")
    )

    class Meta:
        model = User
        fields: ClassVar[list[str]] = []


class EraseForm(forms.ModelForm):
    """Erasing asks for the key, because it cannot be undone."""

    confirm = forms.CharField(
        label=_("Key of the account"),
        help_text=_(
            "Type the key to confirm. Name, address and sign-in are gone for good; mandates end today. "
            "What the person said for an organisation stays, without the name."
        ),
    )

    class Meta:
        model = User
        fields: ClassVar[list[str]] = []

    def clean_confirm(self) -> str:
        """Exactly the key."""
        typed = self.cleaned_data["confirm"].strip().lower()
        if typed != self.instance.key:
            raise forms.ValidationError(_("This is not the key of this account."))
        return typed
