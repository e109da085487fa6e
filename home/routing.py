"""Finding the site, its home page and the pages right below without asking the database for each request.

They are few and every address begins with them. Kept per process and generation, as the navigation is.
"""

from copy import copy
from functools import lru_cache

from django.http import HttpRequest
from django.http.request import split_domain_port
from wagtail.models import Page, Site
from wagtail.models.sites import get_site_for_hostname

from home.pagecache.generation import current_generation


def known_site(request: HttpRequest) -> None:
    """Tells Wagtail which site the request is for, with its home page as what it is. It would ask for both each time.

    `_wagtail_site` is where `Site.find_for_request` keeps its answer, by its own documentation; there is no public way to
    hand it in. Without it a guide costs 2 of 12 queries and a fifth of its Python calls more (measured with Wagtail 8.0);
    should a later Wagtail read another name, only that is lost.
    """
    generation = _generation(request)
    if generation:
        host = split_domain_port(request._get_raw_host())[0]  # type: ignore[attr-defined]  # as Wagtail asks
        request._wagtail_site = _own(_site(generation, host, request.get_port()))  # type: ignore[attr-defined]


def _own(site: Site | None) -> Site | None:
    """A copy for one request, which may mark it."""
    if site is None:
        return None
    mine = copy(site)
    mine.root_page = copy(site.root_page)
    return mine


@lru_cache(maxsize=8)
def _site(generation: str, host: str, port: str) -> Site | None:
    try:
        site: Site = get_site_for_hostname(host, port)
    except Site.DoesNotExist:
        return None
    site.root_page = site.root_page.specific
    return site


def known_child(home: Page, slug: str, request: HttpRequest) -> Page | None:
    """The child of the home page with that address, as what it is; None if there is none. A copy: requests may mark it."""
    generation = _generation(request)
    children = _children(generation, home.path) if generation else _read(home.path)
    child = copy(children.get(slug))
    if child is not None:
        child._cached_parent_obj = home
    return child


def _generation(request: HttpRequest) -> str:
    if getattr(request, "data_generation", None) is None:
        request.data_generation = current_generation()  # type: ignore[attr-defined]
    return request.data_generation  # type: ignore[attr-defined]


@lru_cache(maxsize=2)
def _children(generation: str, path: str) -> dict[str, Page]:
    return _read(path)


def _read(path: str) -> dict[str, Page]:
    pages = Page.objects.filter(path__startswith=path, depth=len(path) // Page.steplen + 1)
    return {page.slug: page for page in pages.specific()}
