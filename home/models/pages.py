"""The home page and the plain pages around the knowledge base (how it works, imprint, privacy, …)."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from home.front import front_page
from home.routing import known_child
from record.lines import PlainLines
from wiki.blocks import BodyBlock
from wiki.models.restricted import RestrictedFromAbove


class HomePage(RestrictedFromAbove, PlainLines, Page):
    """What this is in two sentences, and what is going on."""

    heading = models.CharField(_("heading"), max_length=160, blank=True)
    intro = models.TextField(_("introduction"), max_length=600, blank=True)
    heading_en = models.CharField(_("heading in English"), max_length=160, blank=True)
    intro_en = models.TextField(_("introduction in English"), max_length=600, blank=True)

    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    template = "home/home_page.html"
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("heading"),
        FieldPanel("intro"),
        MultiFieldPanel([FieldPanel("heading_en"), FieldPanel("intro_en")], heading=_("In English")),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Everything the home page lists, in a constant number of queries."""
        return {**super().get_context(request, *args, **kwargs), **front_page(request)}

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """As Wagtail routes, but the page right below is known already. Raises Http404 as Wagtail does."""
        child = known_child(self, path_components[0], request) if path_components else None
        if child is None:
            return super().route(request, path_components)
        return child.route(request, path_components[1:])

    @property
    def shown_heading(self) -> str:
        """In the reader's language, German where there is no English, the title where there is neither."""
        return (get_language() == "en" and self.heading_en) or self.heading or self.title

    @property
    def shown_intro(self) -> str:
        """In the reader's language, German where there is no English."""
        return (get_language() == "en" and self.intro_en) or self.intro


class ContentPage(RestrictedFromAbove, PlainLines, Page):
    """A plain page in German and, in the same place, in English."""

    gist = models.TextField(_("gist"), max_length=400, blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    gist_en = models.TextField(_("gist in English"), max_length=400, blank=True)
    body_en = StreamField(BodyBlock(), blank=True, verbose_name=_("text in English"))

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "home/content_page.html"
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("body")]
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("gist"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("title_en"), FieldPanel("gist_en"), FieldPanel("body_en")], heading=_("In English")
        ),
    ]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")

    @property
    def shown_language(self) -> str:
        """Language of the text that is shown: English only where there is an English text."""
        return "en" if get_language() == "en" and self.body_en else "de"

    @property
    def shown_title(self) -> str:
        """Title in the language shown."""
        return self.title_en if self.shown_language == "en" and self.title_en else self.title

    @property
    def shown_gist(self) -> str:
        """Gist in the language shown."""
        return self.gist_en if self.shown_language == "en" else self.gist

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The text through the same pipeline as the knowledge base."""
        context = super().get_context(request, *args, **kwargs)
        body = self.body_en if self.shown_language == "en" else self.body
        return {**context, "text": body}
