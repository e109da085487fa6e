"""Link collections: where others have already done good work."""

from typing import ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable
from wagtail.search import index

from people.models import Organisation
from record.lines import PlainLines
from wiki import panels
from wiki.models.knowledge import KnowledgeIndexPage, KnowledgePage
from wiki.states import Cost, Provider


class LinkIndexPage(KnowledgeIndexPage):
    """All link collections."""

    template = "wiki/index_page.html"
    default_intro = _("Good work others have done already, each with a sentence on what to expect.")
    subpage_types: ClassVar = ["wiki.LinkCollectionPage"]

    class Meta:
        verbose_name = _("list of link collections")
        verbose_name_plural = _("lists of link collections")


class LinkCollectionPage(KnowledgePage):
    """Links on one subject, each with what readers want to know before they click."""

    is_creatable = True
    parent_page_types: ClassVar = ["wiki.LinkIndexPage"]
    template = "wiki/link_collection_page.html"
    search_fields: ClassVar = [
        *KnowledgePage.search_fields,
        index.RelatedFields("links", [index.SearchField("title"), index.SearchField("context")]),
    ]
    content_panels: ClassVar = panels.LINKS_CONTENT
    edit_handler = panels.tabs(panels.LINKS_CONTENT)

    class Meta:
        verbose_name = _("link collection")
        verbose_name_plural = _("link collections")

    @property
    def rows(self) -> list["Link"]:
        """The links in order, with who brought them in."""
        return list(self.links.select_related("contributor"))


class Link(PlainLines, Orderable):
    """One link: what it is, who brought it in and why, and what it costs to use it."""

    page = ParentalKey(LinkCollectionPage, on_delete=models.CASCADE, related_name="links")
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"), max_length=500)
    kind = models.CharField(
        _("kind"), max_length=60, help_text=_("In one word: guide, study, campaign, portal …")
    )
    context = models.TextField(
        _("context"),
        max_length=400,
        blank=True,
        help_text=_("One sentence: what readers find there, why it helps."),
    )
    contributor = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="links",
        verbose_name=_("brought in by"),
        help_text=_("Empty: whoever contributed the collection."),
    )
    provider = models.CharField(pgettext_lazy("link", "provider"), max_length=10, choices=Provider)
    cost = models.CharField(_("cost"), max_length=8, choices=Cost, default=Cost.FREE)
    account_needed = models.BooleanField(_("account needed"), default=False)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="de")
    last_reachable = models.DateField(_("last reachable on"), null=True, blank=True)

    panels: ClassVar = [
        FieldPanel("title"),
        FieldPanel("url"),
        FieldPanel("context"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("provider")]),
        FieldRowPanel([FieldPanel("cost"), FieldPanel("account_needed")]),
        FieldPanel("contributor"),
        FieldRowPanel([FieldPanel("language"), FieldPanel("last_reachable")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self) -> str:
        return self.title

    @property
    def host(self) -> str:
        """Where the link leads, as people read addresses."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")
