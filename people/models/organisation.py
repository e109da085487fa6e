"""Organisations: the voices in a negotiation."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from record.lines import PlainLines


class OrganisationKind(models.TextChoices):
    """What an organisation is."""

    MUNICIPALITY = "municipality", _("Municipality")
    DISTRICT = "district", _("District")
    PROVIDER = "provider", _("Provider")
    MINISTRY = "ministry", _("Ministry")
    ASSOCIATION = "association", _("Association")
    NETWORK = "network", _("Network")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations, asked in the words of the domain."""

    def active_on(self, day: date) -> "OrganisationQuerySet":
        """Those that have not ended on `day`."""
        return self.filter(models.Q(ended_on=None) | models.Q(ended_on__gte=day))


class Organisation(PlainLines):
    """Never deleted or merged: it ends. A successor inherits neither positions nor support."""

    key = models.CharField(max_length=8, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=160, unique=True)
    short_name = models.CharField(_("short name"), max_length=60)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=OrganisationKind)
    description = models.TextField(_("description"), blank=True)
    website = models.URLField(_("website"), blank=True)
    official_key = models.CharField(_("official municipality key"), max_length=12, blank=True)
    mailbox = models.EmailField(_("function mailbox"), help_text=_("Receives every reminder too."))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(successor=None) | models.Q(ended_on__isnull=False),
                name="organisation_successor_only_after_end",
                violation_error_message=_("Only an organisation that ends has a successor."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("people:organisation", kwargs={"slug": self.slug})


class OrganisationSlug(models.Model):
    """An address an organisation has had; the old ones answer 301."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="slugs")
    slug = models.SlugField(max_length=80, unique=True)

    def __str__(self) -> str:
        return self.slug
