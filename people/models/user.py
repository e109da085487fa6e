"""A person with an account."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.managers import UserManager
from people.names import plain_name
from record.lines import PlainLines


class User(PlainLines, AbstractBaseUser, PermissionsMixin):
    """Signs in with an e-mail address. Never deleted; erasure empties the row and keeps its key."""

    key = models.CharField(max_length=8, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    first_name = models.CharField(_("first name"), max_length=80, blank=True, validators=[plain_name])
    last_name = models.CharField(_("last name"), max_length=80, blank=True, validators=[plain_name])
    display_name = models.CharField(
        _("display name"),
        max_length=80,
        blank=True,
        validators=[plain_name],
        help_text=_("Shown with comments. You choose it."),
    )
    language = models.CharField(
        _("language of mails"),
        max_length=5,
        choices=[("de", _("German")), ("en", _("English"))],
        default="de",
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("staff"), default=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True, editable=False)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique_without_case",
                violation_error_message=_("Another account has this address."),
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        """Name for members of the network; the public sees organisation and role instead."""
        if self.erased_at is not None:
            return str(_("Erased account"))
        name = f"{self.first_name} {self.last_name}".strip()
        return name or self.display_name or self.email

    def get_short_name(self) -> str:
        """Name for greetings and comments."""
        if self.erased_at is not None:
            return str(_("Erased account"))
        return self.display_name or self.first_name or self.email.split("@", maxsplit=1)[0]
