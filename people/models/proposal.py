"""Proposals: a speaker names who shall act for the organisation, a facilitator confirms."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.models.evidence import Evidenced
from people.models.group import WorkingGroup
from people.models.invitation import Invitation
from people.models.keyed import KeyedRow
from people.models.mandate import Mandate, MandateRole
from people.models.organisation import Organisation
from people.names import plain_name


class ProposalState(models.TextChoices):
    """What became of a proposal. Deciding is an act; nothing happens by time."""

    PROPOSED = "proposed", _("Waits for confirmation")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class MandateProposal(KeyedRow, Evidenced):
    """Who shall get which mandate. `group` empty means all groups, `valid_from` empty means as soon as possible.

    The person has an account (`user`) or is reached by an address. The address is kept only until somebody decides, then
    the invitation holds it; the name only until the invitation is accepted. So nobody learns from a proposal who has an
    account.
    """

    KEY_KIND = "mandate_proposal"

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="proposals", verbose_name=_("organisation")
    )
    group = models.ForeignKey(
        WorkingGroup, models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name=_("working group")
    )  # fmt: skip
    role = models.CharField(_("role"), max_length=10, choices=MandateRole)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person")
    )  # fmt: skip
    person_name = models.CharField(_("name"), max_length=160, blank=True, validators=[plain_name])
    email = models.EmailField(_("e-mail address"), blank=True)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_until = models.DateField(_("until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ProposalState, default=ProposalState.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("proposed"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    refusal = models.TextField(_("reason"), blank=True)
    invitation = models.OneToOneField(
        Invitation, models.PROTECT, null=True, blank=True, related_name="proposal"
    )
    # Whose place a new speaker takes, as whoever confirmed saw it.
    replaces = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        ordering: ClassVar = ["proposed_at", "pk"]
        verbose_name = _("proposed mandate")
        verbose_name_plural = _("proposed mandates")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(valid_until=None)
                | models.Q(valid_from=None)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="proposal_ends_after_start",
                violation_error_message=_("It cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="proposed")
                | models.Q(user__isnull=False, email="")
                | (models.Q(user=None) & ~models.Q(email="") & ~models.Q(person_name="")),
                name="proposal_names_one_person",
                violation_error_message=_("Choose somebody, or enter name and address, not both."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_role_display()}"

    @property
    def shown_name(self) -> str:
        """Of the account, or as it was written down; for those who decide and those who proposed."""
        return self.user.get_full_name() if self.user else self.person_name

    def get_absolute_url(self) -> str:
        """Where it is decided."""
        return reverse("people:proposal", kwargs={"slug": self.organisation.slug, "key": self.key})
