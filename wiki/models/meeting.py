"""Meetings: what was on the table, what came of it. Organisations only, no names of participants."""

from datetime import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from people.models import Organisation, WorkingGroup
from record.lines import PlainLines
from wiki import panels
from wiki.models.knowledge import KnowledgeIndexPage, KnowledgePage
from wiki.models.topic import TopicPage
from wiki.querysets import KnowledgeQuerySet
from wiki.states import Format
from wiki.text.markup import bullets, paragraphs


class MeetingIndexPage(KnowledgeIndexPage):
    """All meetings, the coming ones first."""

    subpage_types: ClassVar = ["wiki.MeetingPage"]
    template = "wiki/meeting_index_page.html"
    default_intro = _("What the network talks about, what it decides, and when it meets next.")
    fetched_with: ClassVar = ("contributor", "group")

    class Meta:
        verbose_name = _("list of meetings")
        verbose_name_plural = _("lists of meetings")


class MeetingPage(KnowledgePage):
    """A meeting of the network, before and after it took place."""

    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    format = models.CharField(_("format"), max_length=8, choices=Format, default=Format.DIGITAL)
    place = models.CharField(_("place"), max_length=200, blank=True)
    join_url = models.URLField(
        _("address to join"),
        blank=True,
        help_text=_("Public: leave it empty if only invited people may join."),
    )
    group = models.ForeignKey(
        WorkingGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("working group"),
    )
    organisations = ParentalManyToManyField(
        Organisation, blank=True, related_name="meetings", verbose_name=_("organisations that took part")
    )
    topics = ParentalManyToManyField(
        TopicPage, blank=True, related_name="meetings", verbose_name=_("topics raised")
    )

    is_creatable = True
    parent_page_types: ClassVar = ["wiki.MeetingIndexPage"]
    template = "wiki/meeting_page.html"
    search_fields: ClassVar = [
        *KnowledgePage.search_fields,
        index.RelatedFields(
            "agenda",
            [index.SearchField("title"), index.SearchField("result"), index.SearchField("decisions")],
        ),
        index.FilterField("starts_at"),
    ]
    content_panels: ClassVar = panels.MEETING_CONTENT
    edit_handler = panels.tabs(panels.MEETING_CONTENT)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        indexes: ClassVar = [models.Index(fields=["starts_at"], name="meeting_by_start")]

    def clean(self) -> None:
        """A meeting ends after it begins."""
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The end lies before the beginning.")})

    @property
    def news(self) -> list["Announcement"]:
        """The announcements in order, with who made them."""
        return list(self.announcements.select_related("organisation"))

    def public_topics(self) -> list[TopicPage]:
        """Published topics that came up; also those chosen but not saved yet, for the preview."""
        topics = self.topics.all()
        if isinstance(topics, KnowledgeQuerySet):
            return list(topics.visible_to_all().defer_streamfields())
        return [topic for topic in topics if topic.live]

    def is_over(self, now: datetime) -> bool:
        """Whether it is over at `now`; without an end it is over when it has begun."""
        return (self.ends_at or self.starts_at) <= now

    def text_parts(self) -> list[tuple[str, str]]:
        """Results and decisions: terms are linked in them too."""
        parts = []
        for number, item in enumerate(self.agenda.all()):
            parts.append((f"result-{number}", paragraphs(item.result)))
            parts.append((f"decisions-{number}", bullets(item.decision_list)))
        return [(name, text) for name, text in parts if text]


class AgendaItem(PlainLines, Orderable):
    """One item of the agenda and what came of it."""

    page = ParentalKey(MeetingPage, on_delete=models.CASCADE, related_name="agenda")
    title = models.CharField(_("title"), max_length=200)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    result = models.TextField(_("result"), blank=True)
    decisions = models.TextField(_("decisions"), blank=True, help_text=_("One per line."))

    panels: ClassVar = [
        FieldPanel("title"),
        FieldPanel("minutes"),
        FieldPanel("result"),
        FieldPanel("decisions"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("item of the agenda")
        verbose_name_plural = _("items of the agenda")

    def __str__(self) -> str:
        return self.title

    @property
    def decision_list(self) -> list[str]:
        """The decisions, one per line."""
        return [line.strip() for line in self.decisions.splitlines() if line.strip()]


class Announcement(PlainLines, Orderable):
    """Something that is going to happen."""

    page = ParentalKey(MeetingPage, on_delete=models.CASCADE, related_name="announcements")
    happens_on = models.DateField(_("date"), null=True, blank=True)
    text = models.TextField(_("announcement"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )

    panels: ClassVar = [FieldPanel("happens_on"), FieldPanel("text"), FieldPanel("organisation")]

    class Meta(Orderable.Meta):
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")

    def __str__(self) -> str:
        return self.text[:80]


class SharedLink(PlainLines, Orderable):
    """An address somebody shared in the meeting."""

    page = ParentalKey(MeetingPage, on_delete=models.CASCADE, related_name="shared_links")
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"), max_length=500)
    context = models.CharField(_("context"), max_length=250, blank=True)

    panels: ClassVar = [FieldPanel("title"), FieldPanel("url"), FieldPanel("context")]

    class Meta(Orderable.Meta):
        verbose_name = _("shared link")
        verbose_name_plural = _("shared links")

    def __str__(self) -> str:
        return self.title
