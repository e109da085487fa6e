"""Good practices: what somebody did, where, for whom, and what came of it."""

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalManyToManyField
from wagtail.search import index

from wiki import panels
from wiki.models.knowledge import KnowledgeIndexPage, KnowledgePage
from wiki.models.vocabulary import TargetGroup
from wiki.states import Format, PracticeState
from wiki.text.markup import paragraphs

# Amtlicher Gemeindeschlüssel: 5 digits name a district, 8 a municipality.
official_key_validator = RegexValidator(
    r"^(\d{5}|\d{8})$", _("5 digits for a district, 8 for a municipality.")
)

SECTIONS = {
    "approach": _("How it was done"),
    "results": _("What came of it"),
    "stumbling_blocks": _("Where it got stuck"),
    "open_points": _("What is still open"),
    "transfer": _("What others need for it"),
}
TEXT_FIELDS = tuple(SECTIONS)


class PracticeIndexPage(KnowledgeIndexPage):
    """All practices, filtered by field of action, target group, state and format."""

    template = "wiki/index_page.html"
    default_intro = _(
        "What somebody tried, for whom, with which means, and what came of it. Also what failed."
    )
    subpage_types: ClassVar = ["wiki.PracticePage"]

    class Meta:
        verbose_name = _("list of practices")
        verbose_name_plural = _("lists of practices")


class PracticePage(KnowledgePage):
    """One practice. Required: what, where, for whom, how far, whom to ask. Everything else is optional.

    The gist is what was done. Texts are plain, a blank line separates paragraphs. The contact is a role, never a
    person. `partners` holds one per line.
    """

    place = models.CharField(_("municipality or district"), max_length=120)
    official_key = models.CharField(
        _("official municipality key"), max_length=8, blank=True, validators=[official_key_validator]
    )
    target_groups = ParentalManyToManyField(TargetGroup, related_name="practices", verbose_name=_("for whom"))
    state = models.CharField(_("state"), max_length=12, choices=PracticeState)
    contact = models.CharField(
        _("contact"),
        max_length=160,
        help_text=_("A role or an office, never a person: everybody can read this."),
    )
    commission = models.CharField(_("commissioned by"), max_length=250, blank=True)
    commission_evidence = models.CharField(_("evidence of the commission"), max_length=250, blank=True)
    format = models.CharField(_("format"), max_length=8, choices=Format, blank=True)
    period = models.CharField(_("period"), max_length=120, blank=True)
    provider = models.CharField(pgettext_lazy("practice", "provider"), max_length=160, blank=True)
    partners = models.TextField(_("partners"), blank=True, help_text=_("One per line."))
    approach = models.TextField(_("approach"), blank=True)
    staff = models.CharField(_("staff"), max_length=250, blank=True)
    cost = models.CharField(_("cost"), max_length=250, blank=True)
    funding = models.CharField(_("funding"), max_length=250, blank=True)
    results = models.TextField(_("results"), blank=True)
    results_how = models.TextField(_("how we know"), blank=True)
    stumbling_blocks = models.TextField(_("stumbling blocks"), blank=True)
    open_points = models.TextField(_("open points"), blank=True, help_text=_("What needs rework."))
    transfer = models.TextField(_("conditions for transfer"), blank=True)
    licence = models.CharField(_("licence"), max_length=80, blank=True)

    is_creatable = True
    parent_page_types: ClassVar = ["wiki.PracticeIndexPage"]
    template = "wiki/practice_page.html"
    search_fields: ClassVar = [
        *KnowledgePage.search_fields,
        *[index.SearchField(name) for name in ("place", "provider", "partners", *TEXT_FIELDS)],
    ]
    content_panels: ClassVar = panels.PRACTICE_CONTENT
    edit_handler = panels.tabs(panels.PRACTICE_CONTENT, (_("More about it"), panels.PRACTICE_MORE))

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")

    @property
    def partner_list(self) -> list[str]:
        """The partners, one per line."""
        return [line.strip() for line in self.partners.splitlines() if line.strip()]

    @property
    def sections(self) -> list[tuple[str, Any]]:
        """Long fields and their headings, in order of the page."""
        return [(name, SECTIONS[name]) for name in TEXT_FIELDS]

    def text_parts(self) -> list[tuple[str, str]]:
        """The long fields that are filled in, in order of the page."""
        return [
            (name, paragraphs(getattr(self, name))) for name in TEXT_FIELDS if getattr(self, name).strip()
        ]
