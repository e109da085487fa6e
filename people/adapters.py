"""Accounts are made by invitation only; what allauth says is said in our words and the reader's language."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from people.models import User


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """Closes allauth's own sign-up; people.actions.invitations makes accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def format_email_subject(self, subject: str) -> str:
        """Our subjects name the site themselves."""
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language the person chose for mails, whatever language the page has."""
        user = User.objects.filter(email__iexact=email).only("language").first()
        with translation.override(user.language if user else translation.get_language()):
            super().send_mail(template_prefix, email, context)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The own area, in the language of the page."""
        return reverse("home:mine")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Home, in the language of the page; without a message, which would need a cookie there."""
        return "/en/" if translation.get_language() == "en" else "/"
