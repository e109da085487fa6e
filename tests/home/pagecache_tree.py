"""What editors do to the tree itself: the home page, the lists, the plain pages, and the words and pictures pages use."""

from collections.abc import Callable
from typing import Any

from wagtail.models import Page

from home.actions import fill_page
from home.models import ContentPage, HomePage
from tests.factories.cast import Cast
from tests.home.pagecache_pages import BODY, changed, list_of, own, unsaved
from tests.home.pagecache_world import Case, Rows, World
from wiki.actions.bodies import body_from
from wiki.actions.pages import INDEX_OF, create_page
from wiki.actions.vocabularies import ensure_word
from wiki.models import FieldOfAction, GuideIndexPage, GuidePage

# What happens to a page of every type; a test holds every type of ours to all of them.
ACTS = ("published", "changed", "unpublished", "moved", "deleted", "restricted")
# The one page below the root has no place to go.
NOWHERE = {"HomePage moved"}

Act = Callable[[World], Any]
Pages = Callable[[World], list[str]]


def the(kind: type[Page]) -> Callable[[Cast], Rows]:
    """The first page of its kind, as the site starts with it."""
    return lambda cast: {"page": kind.objects.order_by("pk").first()}


def hidden(kind: type[Page]) -> Callable[[Cast], Rows]:
    """The same, not public any more."""

    def arrange(cast: Cast) -> Rows:
        page = kind.objects.order_by("pk").first()
        page.unpublish()
        return {"page": page}

    return arrange


def publish(page: Page) -> None:
    """As the admin's form does it, with other words in both languages."""
    if hasattr(page, "title_en"):
        page.title_en = "Another title"
    changed(page).save_revision().publish()


def _cases_of(kind: type[Page], move: Act, pages: Pages) -> list[Case]:
    acts: dict[str, tuple[Callable[[Cast], Rows], Act]] = {
        "published": (hidden(kind), lambda w: publish(w.page)),
        "changed": (the(kind), lambda w: publish(w.page)),
        "unpublished": (the(kind), lambda w: w.page.unpublish()),
        "moved": (the(kind), move),
        "deleted": (the(kind), lambda w: w.page.delete()),
        "restricted": (
            the(kind),
            lambda w: w.page.view_restrictions.create(restriction_type="login"),
        ),
    }
    cases = [Case(f"{kind.__name__} {act}", *acts[act], pages) for act in ACTS]
    return [case for case in cases if case.name not in NOWHERE]


def _to_other_end(w: World) -> None:
    """First in the menu becomes last, any other first."""
    home, page = HomePage.objects.get(), w.page
    first = home.get_children().in_menu().first()
    page.move(home, "last-child" if first.pk == page.pk else "first-child")


def _in_the_menu(w: World) -> list[str]:
    """Its own page while it stays where it is, and the pages that have nothing to do with it but the menu."""
    return ["/", "/en/", "/glossar/"]


def _itself_and_menu(w: World) -> list[str]:
    return [*own(w), *_in_the_menu(w)]


def _a_word(cast: Cast) -> Rows:
    word = ensure_word(kind=FieldOfAction, name="Ganztag", by=cast.dora)
    page = create_page(
        page=unsaved(GuidePage, cast), by=cast.dora, body=body_from(BODY), fields_of_action=[word]
    )
    return {"word": word, "page": page}


def _rename(w: World) -> None:
    word = w.word
    word.name = "Ganzer Tag"
    word.save()


def _own_and_lists(w: World) -> list[str]:
    return [*own(w), list_of(GuidePage)]


LISTS = [case for kind in INDEX_OF.values() for case in _cases_of(kind, _to_other_end, _itself_and_menu)]
PLAIN = _cases_of(ContentPage, lambda w: w.page.move(GuideIndexPage.objects.get(), "last-child"), own)
HOME = _cases_of(HomePage, lambda w: None, own)
REST = [
    Case("home.actions.fill_page", the(HomePage),
         lambda w: fill_page(page=w.page, by=w.dora, heading="Neu", intro="Willkommen."), lambda w: ["/"]),
    Case("FieldOfAction renamed", _a_word, _rename, _own_and_lists),
    Case("FieldOfAction deleted", _a_word, lambda w: w.word.delete(), _own_and_lists),
]  # fmt: skip

TREE_CASES = [*LISTS, *PLAIN, *HOME, *REST]
