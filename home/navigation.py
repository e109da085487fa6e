"""The main navigation, and what stands on every page: the glossary, what editors put into the menu of the page tree.

Kept per process and generation, so that a page costs no query for it.
"""

from functools import lru_cache
from typing import NamedTuple

from django.db.utils import Error as DatabaseError
from django.http import HttpRequest
from wagtail.models import Page

from home.models import HomePage
from home.pagecache.generation import current_generation
from record.models import Restore
from wiki.models import KnowledgeIndexPage


class MenuItem(NamedTuple):
    """One entry, with the path below the language prefix."""

    title: str
    title_en: str
    path: str


# Shown where there is no database to ask (error pages).
FALLBACK: tuple[MenuItem, ...] = ()


def menu(request: HttpRequest | None) -> tuple[MenuItem, ...]:
    """The pages in the menu, in the order of the tree."""
    if request is None:
        # The 500 page: the database may hang, or sit in a broken transaction.
        return FALLBACK
    try:
        return _menu(_generation(request))
    except DatabaseError:
        return FALLBACK


def is_read_only(request: HttpRequest | None) -> bool:
    """A restored backup waits to be confirmed: every page says that nothing can be stored."""
    if request is None:
        return False
    try:
        return _read_only(_generation(request))
    except DatabaseError:
        return False


@lru_cache(maxsize=2)
def _read_only(generation: str) -> bool:
    return Restore.objects.exists()


def _generation(request: HttpRequest | None) -> str:
    """Read once per request: the page cache may have done so, and the menu stands on a page twice."""
    if request is None:
        return current_generation()
    if getattr(request, "data_generation", None) is None:
        request.data_generation = current_generation()  # type: ignore[attr-defined]
    return request.data_generation  # type: ignore[attr-defined]


@lru_cache(maxsize=2)
def _menu(generation: str) -> tuple[MenuItem, ...]:
    home = HomePage.objects.live().first()
    if home is None:
        return FALLBACK
    pages = home.get_children().live().public().in_menu().specific()
    return tuple(_item(page, home) for page in pages)


def _item(page: Page, home: HomePage) -> MenuItem:
    english = page.title_en if isinstance(page, KnowledgeIndexPage) else ""
    return MenuItem(page.title, english or page.title, "/" + page.url_path.removeprefix(home.url_path))
