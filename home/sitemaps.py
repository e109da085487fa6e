"""What search engines may find: pages, terms, entries, rounds, organisations."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap as DjangoSitemap
from django.db.models import QuerySet
from wagtail.contrib.sitemaps import Sitemap as PageSitemap
from wagtail.models import Page, Site

from glossary.models import ConsensusEntry, Round, Term
from people.models import Organisation, WorkingGroup


class TreeSitemap(PageSitemap):
    """Wagtail's pages; none where the home page is gone, and the site with it."""

    def items(self) -> Any:
        """What everybody may see."""
        return super().items() if Site.objects.filter(is_default_site=True).exists() else Page.objects.none()


class TermSitemap(DjangoSitemap):
    """Terms."""

    def items(self) -> QuerySet[Term]:
        """Every term; retired ones stay findable, because they are cited."""
        return Term.objects.order_by("slug")


class EntrySitemap(DjangoSitemap):
    """Agreed wordings, superseded ones too: they are cited in council papers."""

    def items(self) -> QuerySet[ConsensusEntry]:
        """All of them."""
        return ConsensusEntry.objects.select_related("term").order_by("pk")

    def lastmod(self, item: ConsensusEntry) -> datetime:
        """Never changes after publication."""
        return item.published_at


class RoundSitemap(DjangoSitemap):
    """Announced rounds."""

    def items(self) -> QuerySet[Round]:
        """What everybody may see."""
        return Round.objects.public().order_by("pk")


class PeopleSitemap(DjangoSitemap):
    """Organisations and working groups."""

    def items(self) -> Iterable[Any]:
        """Both kinds."""
        return [*Organisation.objects.order_by("slug"), *WorkingGroup.objects.order_by("slug")]


SITEMAPS = {
    "pages": TreeSitemap,
    "terms": TermSitemap,
    "entries": EntrySitemap,
    "rounds": RoundSitemap,
    "people": PeopleSitemap,
}
