"""Mandates: who may speak for an organisation."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models.evidence import Evidenced
from people.models.group import PeriodQuerySet, WorkingGroup
from people.models.keyed import KeyedRow
from people.models.organisation import Organisation
from record.canonical import day


class MandateRole(models.TextChoices):
    """What a person may do for an organisation."""

    SPEAKER = "speaker", _("Speaker")
    DEPUTY = "deputy", _("Deputy")
    DRAFTER = "drafter", _("Drafter")
    OBSERVER = "observer", _("Observer")


# Who takes the organisation's position; a deputy may act at any time, the speaker is told.
SPEAKING_ROLES = frozenset({MandateRole.SPEAKER, MandateRole.DEPUTY})
# Who may write drafts for the organisation.
DRAFTING_ROLES = SPEAKING_ROLES | {MandateRole.DRAFTER}


class Mandate(KeyedRow, Evidenced):
    """Never edited: ended from now on, never backwards, and replaced.

    Validity is checked at the moment of the act and the act stores the mandate. `group` empty means all groups.
    """

    KEY_KIND = "mandate"

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="mandates", verbose_name=_("organisation")
    )
    group = models.ForeignKey(
        WorkingGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mandates",
        verbose_name=_("working group"),
        help_text=_("Empty: for all working groups."),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="mandates", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=10, choices=MandateRole)
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["organisation__name", "role", "valid_from"]
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(valid_until=None) | models.Q(valid_until__gte=models.F("valid_from")),
                name="mandate_ends_after_start",
                violation_error_message=_("It cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_role_display()}"

    def canonical(self) -> dict[str, str | None]:
        """How an immutable row names the mandate it was made under: by what never changes of it."""
        return {
            "from": day(self.valid_from),
            "group": self.group.key if self.group else None,
            "organisation": self.organisation.key,
            "person": self.user.key,
            "role": self.role,
        }
