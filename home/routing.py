"""Finding the pages right below the home page without asking the database for each request.

They are few and every address begins with one of them. Kept per process and generation, as the navigation is.
"""

from copy import copy
from functools import lru_cache

from django.http import HttpRequest
from wagtail.models import Page

from home.pagecache.generation import current_generation


def known_child(home: Page, slug: str, request: HttpRequest) -> Page | None:
    """The child of the home page with that address, as what it is; None if there is none. A copy: requests may mark it."""
    if getattr(request, "data_generation", None) is None:
        request.data_generation = current_generation()  # type: ignore[attr-defined]
    generation: str = request.data_generation  # type: ignore[attr-defined]
    children = _children(generation, home.path) if generation else _read(home.path)
    child = copy(children.get(slug))
    if child is not None:
        child._cached_parent_obj = home
    return child


@lru_cache(maxsize=2)
def _children(generation: str, path: str) -> dict[str, Page]:
    return _read(path)


def _read(path: str) -> dict[str, Page]:
    pages = Page.objects.filter(path__startswith=path, depth=len(path) // Page.steplen + 1)
    return {page.slug: page for page in pages.specific()}
