"""Forms of the own account and of invitations. They check shape; actions decide."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import User
from people.names import NameField
from record.errors import DomainError

BAD_REQUEST, UNPROCESSABLE = 400, 422
LANGUAGES = [("de", _("German")), ("en", _("English"))]


class DomainErrorForm(forms.Form):
    """Shows what an action refused beside the field it is about."""

    def refuse(self, error: DomainError) -> int:
        """Put what the action refused beside its field, or above the form. Answers with the HTTP status."""
        field = error.field if error.field in self.fields else None
        self.add_error(field, str(error.message))
        return UNPROCESSABLE if error.status == BAD_REQUEST else error.status


class AccountForm(DomainErrorForm, forms.ModelForm):
    """Own names and language."""

    class Meta:
        model = User
        fields: ClassVar[list[str]] = ["first_name", "last_name", "display_name", "language"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        members = _("Members of the network can read this.")
        everybody = _("Everybody can read this beside your comments.")
        self.fields["first_name"].required = True
        for name in ("first_name", "last_name"):
            self.fields[name].readers = members  # type: ignore[attr-defined]
        self.fields["first_name"].widget.attrs["autocomplete"] = "given-name"
        self.fields["last_name"].widget.attrs["autocomplete"] = "family-name"
        self.fields["display_name"].widget.attrs["autocomplete"] = "nickname"
        self.fields["display_name"].help_text = _("If you leave it empty, your first name is shown.")
        self.fields["display_name"].readers = everybody  # type: ignore[attr-defined]


class InvitationForm(DomainErrorForm):
    """What somebody without an account fills in to accept an invitation."""

    first_name = NameField(label=_("First name"), max_length=80)
    last_name = NameField(label=_("Last name"), max_length=80)
    display_name = NameField(
        label=_("Display name"),
        max_length=80,
        required=False,
        help_text=_("Shown with comments. If you leave it empty, your name is shown."),
    )
    password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=True),
        help_text=_("At least 10 characters. Without a password you sign in by a code we send to you."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["first_name"].widget.attrs["autocomplete"] = "given-name"
        self.fields["last_name"].widget.attrs["autocomplete"] = "family-name"
        members = _("Members of the network can read this.")
        self.fields["first_name"].readers = self.fields["last_name"].readers = members  # type: ignore[attr-defined]
        self.fields["display_name"].readers = _("Everybody can read this beside your comments.")  # type: ignore[attr-defined]
