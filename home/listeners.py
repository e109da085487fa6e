"""What the shell does when a plain page is published: its texts are rendered and its pictures made, as in the wiki."""

from typing import Any

from wagtail.models import Page

from home.models import ContentPage
from wiki.actions.texts import prepare_source
from wiki.text.markup import source_html
from wiki.text.source import TextSource


def on_page_published(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """In the transaction that publishes: reading never renders and never makes a picture."""
    if not isinstance(instance, ContentPage):
        return
    for language, body in (("de", instance.body), ("en", instance.body_en)):
        blocks = body.get_prep_value()
        pictures = [block["value"]["picture"] for block in blocks if block["type"] == "picture"]
        source = TextSource(language, (("body", source_html(blocks)),))
        prepare_source(source=source, pictures=[pk for pk in pictures if pk])
