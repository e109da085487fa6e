"""What every page of the knowledge base has."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.coreutils import resolve_model_string
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from glossary.models import Term
from glossary.states import Register
from people.models import Organisation
from record.lines import PlainLines
from wiki import panels
from wiki.blocks import BodyBlock
from wiki.models.media import Picture
from wiki.models.restricted import RestrictedFromAbove
from wiki.models.vocabulary import FieldOfAction
from wiki.querysets import KnowledgeManager
from wiki.states import Curation
from wiki.text.markup import source_html
from wiki.text.source import TextSource


class KnowledgeTag(TaggedItemBase):
    """A tag on a page."""

    content_object = ParentalKey("wiki.KnowledgePage", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta(TaggedItemBase.Meta):
        verbose_name = _("tag")
        verbose_name_plural = _("tags")


class KnowledgePage(RestrictedFromAbove, PlainLines, Page):
    """A text somebody contributed and the editors looked through. Never created itself, only its kinds.

    The text belongs to the organisation, not to a person. Where a page stands (`curation`) is computed; only the day
    it was archived is stored. `twin` names the page this one renders in another language or in easy language.
    """

    gist = models.TextField(
        _("gist"), max_length=400, help_text=_("One sentence that says what readers get. Shown in lists.")
    )
    contributor = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="pages",
        verbose_name=_("contributed by"),
        help_text=_("The organisation the text belongs to."),
    )
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="de")
    register = models.CharField(_("register"), max_length=10, choices=Register, default=Register.STANDARD)
    twin = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="twins",
        verbose_name=_("rendering of"),
        help_text=_("The page of which this one is a translation or a version in easy language."),
    )
    picture = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    fields_of_action = ParentalManyToManyField(
        FieldOfAction, blank=True, related_name="pages", verbose_name=_("fields of action")
    )
    terms = ParentalManyToManyField(
        Term,
        blank=True,
        related_name="pages",
        verbose_name=_("terms it is about"),
        help_text=_(
            "Terms in the text are found by themselves. Name here what the page is about beyond that."
        ),
    )
    related_pages = ParentalManyToManyField(
        "self", blank=True, symmetrical=False, related_name="related_from", verbose_name=_("read on")
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))
    checked_on = models.DateField(
        _("checked on"),
        null=True,
        blank=True,
        help_text=_("When somebody last made sure that everything is right."),
    )
    review_on = models.DateField(_("to be reviewed on"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    archived_on = models.DateField(
        _("archived on"),
        null=True,
        blank=True,
        help_text=_("Stays readable and says that it is no longer kept up."),
    )
    tags = ClusterTaggableManager(through=KnowledgeTag, blank=True, verbose_name=_("tags"))

    objects = KnowledgeManager()

    is_creatable = False
    # Whether the page lists the terms it is about.
    shows_terms = False
    parent_page_types: ClassVar[list[str]] = []
    subpage_types: ClassVar[list[str]] = []
    # A copy is a text of its own: it renders nothing and nobody has checked it.
    exclude_fields_in_copy: ClassVar[list[str]] = ["twin", "checked_on", "archived_on"]
    show_in_menus_default = False
    template = "wiki/knowledge_page.html"

    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("gist"),
        index.SearchField("body"),
        index.FilterField("contributor"),
        index.FilterField("language"),
        index.FilterField("review_on"),
    ]

    class Meta:
        verbose_name = _("knowledge page")
        verbose_name_plural = _("knowledge pages")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(twin=models.F("page_ptr")), name="knowledgepage_renders_another_page"
            ),
        ]

    content_panels: ClassVar = panels.CONTENT
    edit_handler = panels.tabs(panels.CONTENT)

    def clean(self) -> None:
        """Dates in order; a rendering renders an original, not another rendering."""
        super().clean()
        errors = {}
        if self.valid_until and self.checked_on and self.valid_until < self.checked_on:
            errors["valid_until"] = _("This day lies before the day of the check.")
        if self.twin_id and self.twin_id == self.pk:
            errors["twin"] = _("A page cannot be a rendering of itself.")
        elif self.twin and self.twin.twin_id:
            errors["twin"] = _("Choose the original, not another rendering of it.")
        if errors:
            raise ValidationError(errors)

    def curation_on(self, day: date) -> Curation:
        """Where the page stands on `day`, for readers and editors alike."""
        if self.archived_on and self.archived_on <= day:
            return Curation.ARCHIVED
        if not self.live:
            return Curation.UNDER_REVIEW if self.workflow_in_progress else Curation.DRAFT
        if self.valid_until and self.valid_until < day:
            return Curation.EXPIRED
        if self.review_on and self.review_on <= day:
            return Curation.REVIEW_DUE
        return Curation.PUBLISHED

    def hero(self) -> tuple[str, str]:
        """The picture above the text, as a part of the text: its sizes are looked up when it is rendered."""
        return ("hero", f'<figure data-picture="{self.picture_id}"></figure>' if self.picture_id else "")

    def text_parts(self) -> list[tuple[str, str]]:
        """Texts beside the body whose terms are linked too: (name of the part, source HTML), in order of the page."""
        return []

    def text_source(self) -> TextSource:
        """Everything the page says, for the text pipeline."""
        body = ("body", source_html(self.body.get_prep_value()))
        return TextSource(self.language, (self.hero(), *self.text_parts(), body))


class KnowledgeIndexPage(RestrictedFromAbove, PlainLines, Page):
    """A list of pages of one kind. One of each exists; its children are the entries."""

    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    intro = models.TextField(_("introduction"), max_length=600, blank=True)
    intro_en = models.TextField(_("introduction in English"), max_length=600, blank=True)

    max_count = 1
    template = "wiki/index_page.html"
    # Shown until the editors write an introduction of their own.
    default_intro: ClassVar[Any] = ""
    # What an entry's page shows of other tables, fetched with it.
    fetched_with: ClassVar[tuple[str, ...]] = ("contributor",)
    content_panels: ClassVar = panels.INDEX
    promote_panels: ClassVar = panels.PROMOTE_INDEX

    class Meta:
        abstract = True
        verbose_name = pgettext_lazy("page", "list")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """An entry is fetched as what it is and with its contributor at once: one query instead of three.

        Raises Http404 when there is no such published entry.
        """
        if len(path_components) != 1:
            return super().route(request, path_components)
        kind = resolve_model_string(self.subpage_types[0])
        entries = kind.objects.child_of(self).select_related(*self.fetched_with)
        page = get_object_or_404(entries, slug=path_components[0])
        # Breadcrumbs ask for the parent.
        page._cached_parent_obj = self
        return page.route(request, [])

    @property
    def shown_title(self) -> str:
        """In the reader's language, German where there is no English."""
        return (get_language() == "en" and self.title_en) or self.title

    @property
    def shown_intro(self) -> str:
        """In the reader's language, German where there is no English, ours where editors wrote none."""
        return (get_language() == "en" and self.intro_en) or self.intro or str(self.default_intro)
