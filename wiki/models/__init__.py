"""The knowledge base: pages, their media and vocabularies, and what is derived from them."""

from wiki.models.due import TextsDue
from wiki.models.guide import GuideIndexPage, GuidePage
from wiki.models.knowledge import KnowledgeIndexPage, KnowledgePage, KnowledgeTag
from wiki.models.links import Link, LinkCollectionPage, LinkIndexPage
from wiki.models.media import Attachment, Picture, Rendition
from wiki.models.meeting import (
    AgendaItem,
    Announcement,
    MeetingIndexPage,
    MeetingPage,
    SharedLink,
)
from wiki.models.practice import PracticeIndexPage, PracticePage
from wiki.models.rendered import RenderedBody, TermUse
from wiki.models.topic import TopicIndexPage, TopicPage
from wiki.models.vocabulary import FieldOfAction, TargetGroup

__all__ = [
    "AgendaItem",
    "Announcement",
    "Attachment",
    "FieldOfAction",
    "GuideIndexPage",
    "GuidePage",
    "KnowledgeIndexPage",
    "KnowledgePage",
    "KnowledgeTag",
    "Link",
    "LinkCollectionPage",
    "LinkIndexPage",
    "MeetingIndexPage",
    "MeetingPage",
    "Picture",
    "PracticeIndexPage",
    "PracticePage",
    "RenderedBody",
    "Rendition",
    "SharedLink",
    "TargetGroup",
    "TermUse",
    "TextsDue",
    "TopicIndexPage",
    "TopicPage",
]
