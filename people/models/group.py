"""Working groups: who negotiates a term, and with which commission."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.models.organisation import Organisation
from record.lines import PlainLines


class PeriodQuerySet(models.QuerySet):
    """Rows that hold from a day until a day, both inclusive."""

    def valid_on(self, day: date) -> "PeriodQuerySet":
        """Rows that hold on `day`."""
        return self.filter(models.Q(valid_until=None) | models.Q(valid_until__gte=day), valid_from__lte=day)


class WorkingGroup(PlainLines):
    """Stewards terms. Its commission (Auftrag) is its own: without evidence the page says so."""

    key = models.CharField(max_length=8, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=160, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    description = models.TextField(_("description"), blank=True)
    commission_text = models.TextField(
        _("commission"), blank=True, help_text=_("Empty: still being clarified.")
    )
    commission_date = models.DateField(_("commissioned on"), null=True, blank=True)
    commission_evidence = models.CharField(_("evidence of the commission"), max_length=250, blank=True)
    commission_url = models.URLField(_("link to the evidence"), blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    facilitators = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Facilitation", related_name="facilitated_groups"
    )
    members = models.ManyToManyField(Organisation, through="GroupMembership", related_name="working_groups")

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("people:group", kwargs={"slug": self.slug})


class GroupMembership(models.Model):
    """An organisation takes part in a working group."""

    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(valid_until=None) | models.Q(valid_until__gte=models.F("valid_from")),
                name="membership_ends_after_start",
                violation_error_message=_("It cannot end before it begins."),
            ),
            models.UniqueConstraint(
                fields=["group", "organisation"],
                condition=models.Q(valid_until=None),
                name="membership_one_running_per_organisation",
                violation_error_message=_("This organisation is a member already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.group}"


class Facilitation(models.Model):
    """A person moderates a working group (Moderation)."""

    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="facilitations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="facilitations")
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("facilitation")
        verbose_name_plural = _("facilitations")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(valid_until=None) | models.Q(valid_until__gte=models.F("valid_from")),
                name="facilitation_ends_after_start",
                violation_error_message=_("It cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.group}"
