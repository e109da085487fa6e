"""Two small vocabularies the editors keep: what a page is about, and for whom something was made."""

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from record.lines import PlainLines


class Vocabulary(PlainLines):
    """A word of a vocabulary. The slug stands in addresses of filtered lists."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels: ClassVar = [
        FieldPanel("name"),
        FieldPanel("name_en"),
        FieldPanel("slug"),
        FieldPanel("sort_order"),
    ]

    class Meta:
        abstract = True
        ordering: ClassVar = ["sort_order", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def display_name(self) -> str:
        """The name in the reader's language, German where there is no other."""
        if (get_language() or "de").startswith("en") and self.name_en:
            return self.name_en
        return self.name


class FieldOfAction(index.Indexed, Vocabulary):
    """What a page is about (Handlungsfeld)."""

    search_fields: ClassVar = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta(Vocabulary.Meta):
        verbose_name = _("field of action")
        verbose_name_plural = _("fields of action")


class TargetGroup(index.Indexed, Vocabulary):
    """For whom something was made (Zielgruppe)."""

    search_fields: ClassVar = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta(Vocabulary.Meta):
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")
