"""QuerySets that speak the domain. Import no models."""

from datetime import date

from django.db.models import Q
from wagtail.models import PageManager
from wagtail.query import PageQuerySet


class KnowledgeQuerySet(PageQuerySet):
    """Pages of the knowledge base."""

    def visible_to_all(self) -> "KnowledgeQuerySet":
        """What anybody may read: published and under no view restriction."""
        return self.live().public()

    def current(self) -> "KnowledgeQuerySet":
        """Those that are not archived."""
        return self.filter(archived_on=None)

    def review_due_on(self, day: date) -> "KnowledgeQuerySet":
        """Published pages somebody has to look at again."""
        return self.live().current().filter(Q(review_on__lte=day) | Q(valid_until__lt=day))

    def for_lists(self) -> "KnowledgeQuerySet":
        """With what a row of a list shows, without the text."""
        return self.select_related("contributor").defer_streamfields()


KnowledgeManager = PageManager.from_queryset(KnowledgeQuerySet)
