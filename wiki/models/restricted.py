"""Who may read a page, asked once."""

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.models import PageViewRestriction
from wagtail.url_routing import RouteResult


class RestrictedFromAbove:
    """Restrictions on the page and on what it stands below, in one query instead of one per level.

    While the page is served the answer is kept: Wagtail asks, and so does the thread below the page. To be mixed into
    pages, before Wagtail's class.
    """

    path: str
    steplen: int
    alias_of_id: int | None

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """As Wagtail routes; what is served is asked more than once who may read it, and answers once."""
        result: RouteResult = super().route(request, path_components)  # type: ignore[misc]
        self.__dict__["_served"] = True
        return result

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """As Wagtail answers; pages that mirror another one are asked Wagtail's way."""
        if self.alias_of_id:
            return super().get_view_restrictions()  # type: ignore[misc]
        if "_restrictions" in self.__dict__:
            found: QuerySet[PageViewRestriction] = self.__dict__["_restrictions"]
            return found
        paths = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        restrictions = PageViewRestriction.objects.filter(page__path__in=paths)
        if "_served" in self.__dict__:
            self.__dict__["_restrictions"] = restrictions
        return restrictions
