"""What the shell does when a plain page is published: its texts are rendered and its pictures made, as in the wiki."""

from typing import Any

from wagtail.models import Page

from home.models import ContentPage
from wiki.actions.texts import prepare_source
from wiki.preparing import Prepared
from wiki.text.markup import source_html
from wiki.text.source import TextSource


def texts_of(page: Page) -> list[Prepared]:
    """The texts of a plain page, in both languages, with the pictures they show."""
    texts = []
    for language, body in (("de", page.body), ("en", page.body_en)):
        blocks = body.get_prep_value()
        pictures = [block["value"]["picture"] for block in blocks if block["type"] == "picture"]
        source = TextSource(language, (("body", source_html(blocks)),))
        texts.append(Prepared(source, [pk for pk in pictures if pk]))
    return texts


def on_page_published(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """In the transaction that publishes: reading never renders and never makes a picture."""
    if not isinstance(instance, ContentPage):
        return
    for text in texts_of(instance):
        prepare_source(source=text.source, pictures=text.pictures)
