"""The topic store (Themenspeicher): questions nobody has answered yet."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.search import index

from wiki import panels
from wiki.models.knowledge import KnowledgeIndexPage, KnowledgePage
from wiki.states import TopicState
from wiki.text.markup import paragraphs


class TopicIndexPage(KnowledgeIndexPage):
    """All open topics."""

    template = "wiki/index_page.html"
    default_intro = _("Questions nobody here has answered yet. Whoever knows something adds it.")
    subpage_types: ClassVar = ["wiki.TopicPage"]

    class Meta:
        verbose_name = _("list of topics")
        verbose_name_plural = _("lists of topics")


class TopicPage(KnowledgePage):
    """A question somebody raised. The gist is the question in full; kept until it is answered."""

    state = models.CharField(_("state"), max_length=12, choices=TopicState, default=TopicState.OPEN)
    added_on = models.DateField(_("raised on"), null=True, blank=True)
    why = models.TextField(_("why it matters"), blank=True)
    standing = models.TextField(_("where it stands"), blank=True)

    is_creatable = True
    shows_terms = True
    parent_page_types: ClassVar = ["wiki.TopicIndexPage"]
    template = "wiki/topic_page.html"
    search_fields: ClassVar = [
        *KnowledgePage.search_fields,
        index.SearchField("why"),
        index.SearchField("standing"),
    ]
    content_panels: ClassVar = panels.TOPIC_CONTENT
    edit_handler = panels.tabs(panels.TOPIC_CONTENT)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def raised_at(self) -> list[Page]:
        """Published meetings at which the question came up."""
        return (
            list(self.meetings.visible_to_all().defer_streamfields().order_by("starts_at")) if self.pk else []
        )

    def text_parts(self) -> list[tuple[str, str]]:
        """Why the question matters and where it stands."""
        parts = [("why", self.why), ("standing", self.standing)]
        return [(name, paragraphs(text)) for name, text in parts if text.strip()]
