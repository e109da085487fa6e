"""Accounts are made by invitation only."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models.group import WorkingGroup
from people.models.keyed import KeyedRow
from people.models.mandate import MandateRole
from people.models.organisation import Organisation


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by what can still be done with them."""

    def open_at(self, moment: datetime) -> Self:
        """Neither accepted nor revoked nor over."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=moment)


class Invitation(KeyedRow):
    """A single-use link that expires. Only the token's SHA-256 is stored, so a copy of the table invites nobody."""

    KEY_KIND = "invitation"

    # Emptied some time after the invitation is over.
    email = models.EmailField(_("e-mail address"), blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("organisation"),
    )
    group = models.ForeignKey(
        WorkingGroup, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("working group")
    )
    role = models.CharField(_("role"), max_length=10, choices=MandateRole, blank=True)
    language = models.CharField(_("language"), max_length=5, default="de")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created"))
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(pgettext_lazy("invitation", "revoked"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return self.email
