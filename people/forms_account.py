"""allauth's forms in our words (ACCOUNT_FORMS)."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.utils.translation import gettext_lazy as _

LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Current password"),
    "password1": _("New password"),
    "password2": _("New password again"),
    "code": _("Code"),
}
HELP = {
    "password1": _("At least 10 characters. A sentence is easier to remember than a word."),
    "code": _("The code is in the mail. Capital and small letters make no difference."),
}


class OurWords(forms.Form):
    """Labels of ours, no placeholders (they vanish while one types), no links inside help texts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = HELP.get(name, "")
            field.widget.attrs.pop("placeholder", None)


class LoginForm(OurWords, allauth_forms.LoginForm):
    """E-mail address and password."""


class RequestLoginCodeForm(OurWords, allauth_forms.RequestLoginCodeForm):
    """E-mail address a code is sent to."""


class ConfirmLoginCodeForm(OurWords, allauth_forms.ConfirmLoginCodeForm):
    """The code."""


class ChangePasswordForm(OurWords, allauth_forms.ChangePasswordForm):
    """Current and new password."""


class SetPasswordForm(OurWords, allauth_forms.SetPasswordForm):
    """A first password."""


class ResetPasswordForm(OurWords, allauth_forms.ResetPasswordForm):
    """E-mail address a link is sent to."""


class ResetPasswordKeyForm(OurWords, allauth_forms.ResetPasswordKeyForm):
    """A new password after the link."""


class ReauthenticateForm(OurWords, allauth_forms.ReauthenticateForm):
    """The password once more."""
