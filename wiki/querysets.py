"""QuerySets that speak the domain. Import no models."""

from datetime import date
from functools import cache

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail.query import PageQuerySet

LISTED = (
    "title", "url_path", "content_type", "gist", "language", "register", "twin", "checked_on", "archived_on",
    "contributor__name",
)  # fmt: skip


@cache
def readable_by_all(prefix: str = "") -> Q:
    """Published, and neither itself nor below a page under a view restriction. `prefix` leads to the page.

    A condition without values: made once.
    """
    # The path comes by a subquery, not a join: a planner without statistics walks all pages for each page otherwise.
    path = Subquery(Page.objects.filter(pk=OuterRef("page_id")).values("path")[:1])
    restrictions = PageViewRestriction.objects.annotate(
        reader_path=ExpressionWrapper(OuterRef(f"{prefix}path"), output_field=CharField()), closed_path=path
    )
    closed = Exists(restrictions.filter(reader_path__startswith=F("closed_path")))
    return Q(Q(~closed), **{f"{prefix}live": True})


class KnowledgeQuerySet(PageQuerySet):
    """Pages of the knowledge base."""

    def visible_to_all(self) -> "KnowledgeQuerySet":
        """What anybody may read."""
        return self.filter(readable_by_all())

    def current(self) -> "KnowledgeQuerySet":
        """Those that are not archived."""
        return self.filter(archived_on=None)

    def review_due_on(self, day: date) -> "KnowledgeQuerySet":
        """Published pages somebody has to look at again."""
        return self.live().current().filter(Q(review_on__lte=day) | Q(valid_until__lt=day))

    def for_lists(self, *more: str) -> "KnowledgeQuerySet":
        """With what a row of a list shows, and `more` where a kind shows more. Never the text: it fills most of a row."""
        return self.select_related("contributor").only(*LISTED, *more)


KnowledgeManager = PageManager.from_queryset(KnowledgeQuerySet)
