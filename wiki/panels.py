"""What editors see of a page: the text first, then where it belongs, then until when it holds."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
)

CONTENT: list[Panel] = [FieldPanel("title"), FieldPanel("gist"), FieldPanel("picture"), FieldPanel("body")]

BELONGING: list[Panel] = [
    MultiFieldPanel([FieldPanel("contributor")], heading=_("Contributed by")),
    MultiFieldPanel(
        [FieldPanel("fields_of_action"), FieldPanel("terms"), FieldPanel("tags")], heading=_("Subject")
    ),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("language"), FieldPanel("register")]), FieldPanel("twin")],
        heading=_("Language"),
    ),
    FieldPanel("related_pages"),
]

CURATION: list[Panel] = [
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("checked_on"), FieldPanel("review_on")]),
            FieldRowPanel([FieldPanel("valid_until"), FieldPanel("archived_on")]),
        ],
        heading=_("Check and validity"),
        help_text=_("On the day of the review the contributor and the editors find the page in their list."),
    ),
]

PROMOTE: list[Panel] = [
    MultiFieldPanel(
        [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")], _("Address")
    ),
]

PROMOTE_INDEX: list[Panel] = [
    MultiFieldPanel(
        [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")], _("Address")
    ),
]

INDEX: list[Panel] = [
    FieldPanel("title"),
    FieldPanel("intro"),
    MultiFieldPanel([FieldPanel("title_en"), FieldPanel("intro_en")], heading=_("In English")),
]


def tabs(content: list[Panel], *more: tuple[Any, list[Panel]]) -> TabbedInterface:
    """The tabs of a page's form: text, what is special to the kind, belonging, curation, address, publishing."""
    extra = [ObjectList(children, heading=heading) for heading, children in more]
    return TabbedInterface(
        [
            ObjectList(content, heading=_("Text")),
            *extra,
            ObjectList(BELONGING, heading=pgettext_lazy("tab", "Belonging")),
            ObjectList(CURATION, heading=pgettext_lazy("tab", "Check")),
            ObjectList([*PROMOTE, PublishingPanel()], heading=_("Address and publishing")),
        ]
    )


PRACTICE_CONTENT: list[Panel] = [
    FieldPanel("title"),
    FieldPanel("gist", heading=_("What was done"), help_text=_("At most 400 characters. Shown in lists.")),
    MultiFieldPanel([FieldRowPanel([FieldPanel("place"), FieldPanel("official_key")])], heading=_("Where")),
    FieldPanel("target_groups"),
    FieldPanel("state"),
    FieldPanel("contact"),
    HelpPanel(content=_("This is all that is required. Everything in the next tab helps others to copy it.")),
    FieldPanel("picture"),
]

PRACTICE_MORE: list[Panel] = [
    MultiFieldPanel([FieldPanel("commission"), FieldPanel("commission_evidence")], heading=_("Commission")),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("format"), FieldPanel("period")]),
            FieldPanel("provider"),
            FieldPanel("partners"),
        ],
        heading=_("Frame"),
    ),
    FieldPanel("approach"),
    MultiFieldPanel([FieldPanel("staff"), FieldPanel("cost"), FieldPanel("funding")], heading=_("Resources")),
    MultiFieldPanel([FieldPanel("results"), FieldPanel("results_how")], heading=_("Results")),
    FieldPanel("stumbling_blocks"),
    FieldPanel("open_points"),
    FieldPanel("transfer"),
    FieldPanel("licence"),
    FieldPanel("body"),
]

LINKS_CONTENT: list[Panel] = [
    FieldPanel("title"),
    FieldPanel("gist"),
    FieldPanel("body"),
    InlinePanel("links", heading=_("Links"), label=_("Link"), min_num=0),
]

TOPIC_CONTENT: list[Panel] = [
    FieldPanel("title", heading=_("Question in short")),
    FieldPanel("gist", heading=_("The question in full")),
    FieldPanel("why"),
    FieldPanel("body"),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("state"), FieldPanel("added_on")]),
            FieldPanel("standing"),
        ],
        heading=_("Where it stands"),
    ),
]

MEETING_CONTENT: list[Panel] = [
    FieldPanel("title"),
    FieldPanel("gist"),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
            FieldRowPanel([FieldPanel("format"), FieldPanel("place")]),
            FieldPanel("join_url"),
            FieldPanel("group"),
            FieldPanel("organisations"),
        ],
        heading=_("When, where, who"),
    ),
    InlinePanel("agenda", heading=_("Agenda and results"), label=_("Item")),
    InlinePanel("announcements", heading=_("Announcements"), label=_("Announcement")),
    InlinePanel("shared_links", heading=_("Shared links"), label=_("Link")),
    FieldPanel("body"),
    FieldPanel("topics"),
]
