"""Guides (Leitfäden): texts that tell how something is done."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from wiki.models.knowledge import KnowledgeIndexPage, KnowledgePage


class GuideIndexPage(KnowledgeIndexPage):
    """All guides."""

    template = "wiki/index_page.html"
    default_intro = _("How others do it, step by step, told by organisations that have done it themselves.")
    subpage_types: ClassVar = ["wiki.GuidePage"]

    class Meta:
        verbose_name = _("list of guides")
        verbose_name_plural = _("lists of guides")


class GuidePage(KnowledgePage):
    """A guide: written to be read through, terms linked to what was agreed."""

    is_creatable = True
    parent_page_types: ClassVar = ["wiki.GuideIndexPage"]
    template = "wiki/guide_page.html"

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")
