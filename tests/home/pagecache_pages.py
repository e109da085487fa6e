"""What editors do to pages, for every kind of page, and the pages that show it."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from wagtail.models import Page

from home.models import HomePage
from tests.factories.cast import Cast
from tests.home.pagecache_world import Case, Rows, World
from wiki.actions.bodies import body_from
from wiki.actions.pages import create_page, index_for, publish_page, relate_pages, unpublish_page
from wiki.actions.texts import (
    mark_due,
    prepare_published,
    prepare_source,
    rerender_due,
    rerender_texts,
    rerender_what_is_due,
    write_uses,
)
from wiki.actions.vocabularies import add_picture, ensure_word
from wiki.models import (
    FieldOfAction,
    GuidePage,
    KnowledgePage,
    LinkCollectionPage,
    MeetingPage,
    PracticePage,
    RenderedBody,
    TopicPage,
)
from wiki.rendering import rendered

KINDS: dict[type[KnowledgePage], dict[str, Any]] = {
    GuidePage: {},
    PracticePage: {"place": "Musterstadt", "state": "running", "contact": "Bildungsbüro"},
    LinkCollectionPage: {},
    TopicPage: {},
    MeetingPage: {"starts_at": timezone.make_aware(timezone.datetime(2030, 5, 1, 10)), "place": "Rathaus"},
}
BODY = [{"type": "text", "html": "<p>Ein Text über vieles.</p>"}]


def unsaved(kind: type[KnowledgePage], cast: Any, title: str = "Eine Seite") -> KnowledgePage:
    slug = title.lower().replace(" ", "-")
    return kind(title=title, slug=slug, gist="Worum es geht.", contributor=cast.town, **KINDS[kind])


def published(kind: type[KnowledgePage], cast: Cast, title: str = "Eine Seite") -> KnowledgePage:
    return create_page(page=unsaved(kind, cast, title), by=cast.dora, body=body_from(BODY))


def changed(page: Page, title: str = "Ein neuer Titel") -> Page:
    page.title = title
    return page


def own(w: World) -> list[str]:
    return [Page.objects.get(pk=w.rows["page"][1]).url]


def list_of(kind: type[KnowledgePage]) -> str:
    return str(index_for(kind).url)


def _cases_of(kind: type[KnowledgePage]) -> list[Case]:
    name = kind.__name__

    def there(cast: Cast) -> Rows:
        return {"page": published(kind, cast)}

    def draft(cast: Cast) -> Rows:
        page = create_page(page=unsaved(kind, cast), by=cast.dora, body=body_from(BODY), publish=False)
        return {"page": page}

    def page_and_list(w: World) -> list[str]:
        return [*own(w), list_of(kind)]

    return [
        Case(f"{name} published", draft, lambda w: publish_page(page=w.page, by=w.dora), page_and_list),
        Case(
            f"{name} changed", there, lambda w: publish_page(page=changed(w.page), by=w.dora), page_and_list
        ),
        Case(f"{name} unpublished", there, lambda w: unpublish_page(page=w.page, by=w.dora), page_and_list),
        Case(
            f"{name} moved", there, lambda w: w.page.move(HomePage.objects.get(), "last-child"), page_and_list
        ),
        Case(f"{name} deleted", there, lambda w: w.page.delete(), page_and_list),
        Case(
            f"{name} restricted",
            there,
            lambda w: w.page.view_restrictions.create(restriction_type="login"),
            page_and_list,
        ),
    ]


# ---- actions of the knowledge base


def a_guide(cast: Cast) -> Rows:
    return {"page": published(GuidePage, cast)}


def two_guides(cast: Cast) -> Rows:
    return {"page": published(GuidePage, cast), "other": published(GuidePage, cast, "Eine zweite Seite")}


def a_draft_guide(cast: Cast) -> Rows:
    return {
        "page": create_page(page=unsaved(GuidePage, cast), by=cast.dora, body=body_from(BODY), publish=False)
    }


def a_stale_row(cast: Cast) -> Rows:
    """The stored text of a page is another than what it would be today, as after the move of a page it links to."""
    rows = a_guide(cast)
    RenderedBody.objects.update(parts={"body": "<p>Von gestern.</p>"})
    return rows


def a_noted_row(cast: Cast) -> Rows:
    rows = a_stale_row(cast)
    mark_due(pages=[rows["page"].pk])
    return rows


def a_due_row(cast: Cast) -> Rows:
    rows = a_stale_row(cast)
    mark_due(pages=[rows["page"].pk])
    return rows


def _picture() -> SimpleUploadedFile:
    buffer = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(buffer, "PNG")
    return SimpleUploadedFile("bild.png", buffer.getvalue(), "image/png")


WIKI = [
    Case("wiki.actions.pages.create_page", lambda cast: {},
         lambda w: create_page(page=unsaved(GuidePage, w), by=w.dora, body=body_from(BODY)),
         lambda w: ["/leitfaeden/", "/"]),
    Case("wiki.actions.pages.publish_page", a_guide, lambda w: publish_page(page=changed(w.page), by=w.dora), own),
    Case("wiki.actions.pages.relate_pages", two_guides,
         lambda w: relate_pages(page=w.page, by=w.dora, to=[w.other]), own),
    Case("wiki.actions.pages.unpublish_page", a_guide, lambda w: unpublish_page(page=w.page, by=w.dora), own),
    Case("wiki.actions.texts.prepare_published", a_draft_guide, lambda w: prepare_published(page=w.page), lambda w: []),
    Case("wiki.actions.texts.prepare_source", a_stale_row,
         lambda w: prepare_source(source=w.page.text_source()), own),
    Case("wiki.actions.texts.write_uses", a_guide,
         lambda w: write_uses(page=w.page, text=rendered(w.page.text_source())), lambda w: []),
    Case("wiki.actions.texts.rerender_texts", a_stale_row, lambda w: rerender_texts(force=True), own),
    Case("wiki.actions.texts.mark_due", a_guide, lambda w: mark_due(pages=[w.page.pk]), lambda w: []),
    Case("wiki.actions.texts.rerender_due", a_noted_row, lambda w: rerender_due(), own),
    Case("wiki.actions.texts.rerender_what_is_due", a_noted_row, lambda w: rerender_what_is_due(), own),
    Case("wiki.actions.texts.mark_due", a_guide, lambda w: mark_due(pages=[w.page.pk]), lambda w: []),
    Case("wiki.actions.texts.rerender_due", a_due_row, lambda w: rerender_due(), own),
    Case("wiki.actions.texts.rerender_what_is_due", a_due_row, lambda w: rerender_what_is_due(), own),
    Case("wiki.actions.vocabularies.ensure_word", lambda cast: {},
         lambda w: ensure_word(kind=FieldOfAction, name="Ganztag", by=w.dora), lambda w: []),
    Case("wiki.actions.vocabularies.add_picture", lambda cast: {},
         lambda w: add_picture(by=w.dora, title="Bild", description="Ein Bild.", file=_picture()), lambda w: []),
]  # fmt: skip

PAGE_CASES = [case for kind in KINDS for case in _cases_of(kind)] + WIKI
