"""Tags of the knowledge base: the text of a page with its terms, what belongs around it, and lists."""

from dataclasses import dataclass, field
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language
from wagtail.blocks import StreamValue

from glossary.linking import Tooltip
from wiki import facts, listing, reading
from wiki.memo import remembered
from wiki.models import KnowledgeIndexPage, KnowledgePage, MeetingPage, Picture, PracticePage, TopicPage
from wiki.pictures import SocialPicture, picture_tag, social_picture_of
from wiki.providing import kind_of
from wiki.rendering import RenderedText, rendered
from wiki.states import Curation
from wiki.text.markup import source_html
from wiki.text.source import TextSource

register = template.Library()


@dataclass
class Reading:
    """A page as it is read. What a template does not ask for is not fetched."""

    page: KnowledgePage
    text: RenderedText
    tips: dict[str, Tooltip] = field(default_factory=dict)
    named: list[str] = field(default_factory=list)
    request: HttpRequest | None = None

    @property
    def named_terms(self) -> list[Tooltip]:
        """The terms the page is about, named or not in its text."""
        return [self.tips[key] for key in self.named if key in self.tips]

    @cached_property
    def tooltips(self) -> list[dict[str, str]]:
        """For components/tooltips.html."""
        return reading.tooltip_items(self.tips, self.text.term_keys)

    @cached_property
    def newer(self) -> list[reading.Newer]:
        """Terms with a newer agreed wording than the one this page was written against."""
        return reading.newer_wordings(self.page, self.tips)

    @cached_property
    def _neighbours(self) -> reading.Neighbours:
        key = ("neighbours", self.page.pk, self.page.twin_id, tuple(self.text.terms))
        return remembered(self.request, key, lambda: reading.neighbours(self.page, self.text))

    @property
    def renderings(self) -> list[reading.Rendering]:
        """The page in other languages."""
        return self._neighbours.renderings

    @property
    def related(self) -> list[KnowledgePage]:
        """Pages to read on with."""
        return self._neighbours.related

    @cached_property
    def canonical(self) -> str:
        """The address in the page's own language."""
        return reading.own_address(self.page)

    @cached_property
    def curation(self) -> Curation:
        """Where the page stands today."""
        return self.page.curation_on(timezone.localdate())

    @cached_property
    def index_url(self) -> str:
        """The list the page belongs to."""
        return self.page.get_parent().get_url() or "/"

    @cached_property
    def is_over(self) -> bool:
        """Whether a meeting is over."""
        return isinstance(self.page, MeetingPage) and self.page.is_over(timezone.now())

    @property
    def toc(self) -> list[dict[str, Any]]:
        """Sections, if there are enough to need a table of contents. Titles are escaped already."""
        rows = self.text.headings
        return (
            [{"title": mark_safe(row["title"]), "anchor": row["anchor"]} for row in rows]
            if len(rows) > 2
            else []
        )

    @property
    def lang(self) -> str:
        """The page's language where it is not that of the interface, else nothing."""
        return self.page.language if self.page.language != (get_language() or "de")[:2] else ""


@register.simple_tag(takes_context=True)
def read_page(context: dict[str, Any], page: KnowledgePage) -> Reading:
    """The page with its rendered text and the tooltips of its terms; made once, whichever block asks first."""
    read: Reading | None = page.__dict__.get("_reading")
    if read is None:
        text = rendered(page.text_source())
        named = [term.key for term in page.terms.all()] if page.shows_terms else []
        keys, request = (*text.term_keys, *named), context.get("request")
        tips = remembered(
            request, ("tips", page.language, keys), lambda: reading.term_tooltips(keys, page.language)
        )
        read = page.__dict__["_reading"] = Reading(page, text, tips, named, request)
    return read


@register.simple_tag
def text_part(read: Reading, name: str, number: int | None = None) -> SafeString:
    """One part of the text ("approach"; "result" with its number)."""
    return read.text.html(name if number is None else f"{name}-{number}")


@register.simple_tag
def read_text(body: StreamValue, language: str = "de") -> dict[str, Any]:
    """A text outside the knowledge base: `html`, `tooltips`, `toc`."""
    text = rendered(TextSource(language, (("body", source_html(body.get_prep_value())),)))
    tips = reading.term_tooltips(text.term_keys, language)
    return {
        "html": text.html(),
        "tooltips": reading.tooltip_items(tips, text.term_keys),
        "toc": [{"title": mark_safe(row["title"]), "anchor": row["anchor"]} for row in text.headings],
    }


@register.simple_tag
def practice_facts(page: PracticePage) -> list[facts.Fact]:
    """At a glance."""
    return facts.practice_facts(page)


@register.simple_tag
def practice_frame(page: PracticePage) -> list[facts.Fact]:
    """Frame and resources, without what is not filled in."""
    return [fact for fact in facts.practice_frame(page) if fact["value"] or fact.get("many")]


@register.simple_tag
def meeting_facts(page: MeetingPage) -> list[facts.Fact]:
    """When, where, who."""
    return facts.meeting_facts(page, timezone.now())


@register.simple_tag
def page_status(page: KnowledgePage) -> facts.Status | None:
    """The status of kinds that have one."""
    if isinstance(page, TopicPage):
        return facts.topic_status(page)
    if isinstance(page, MeetingPage):
        return facts.meeting_status(page, timezone.now())
    return facts.practice_status(page) if isinstance(page, PracticePage) else None


@register.simple_tag
def entry_row(page: KnowledgePage) -> facts.Row:
    """What a row of a list shows beside title and gist."""
    return facts.row_of(page, timezone.now())


@register.filter
def canonical_list(index: KnowledgeIndexPage) -> str:
    """The list without filters, under the address a reader of this language cites."""
    return f"{settings.PUBLIC_URL}{index.get_url() or ''}"


@register.simple_tag(takes_context=True)
def list_page(context: dict[str, Any], index: KnowledgeIndexPage) -> listing.Listing:
    """The list below an index page, as the address asks for it."""
    request = context.get("request")
    return listing.listing(index, request.GET.dict() if request is not None else {})


@register.simple_tag
def picture(image: Picture | None, lazy: bool = True) -> SafeString:
    """A picture in its fixed sizes."""
    return picture_tag(image, lazy=lazy) if image else mark_safe("")


@register.simple_tag
def social_picture(page: KnowledgePage) -> SocialPicture | None:
    """The page's picture for previews elsewhere, as it was made on publish."""
    return social_picture_of(page.picture_id)


@register.filter
def kind(page: KnowledgePage) -> str:
    """The word for the badge."""
    return capfirst(kind_of(page))


@register.filter
def foreign(language: str) -> SafeString:
    """A lang attribute where the language is not that of the interface."""
    if not language or language == (get_language() or "de")[:2]:
        return mark_safe("")
    return format_html(' lang="{}"', language)
