"""What the knowledge base does when something happens elsewhere. Connected in WikiConfig.ready().

Changed words need no listener: every stored text says for which words it was made, and `manage.py tick` makes anew what
is out of date.
"""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Model
from wagtail.models import Page

from wiki.actions.texts import mark_due, prepare_published, rerender_due
from wiki.models import Attachment, KnowledgePage, Picture, Rendition
from wiki.references import pages_referring_to

# So many pages are rendered before the editor gets an answer; more of them are left to the tick.
FEW = 20


def on_page_published(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """In the transaction that publishes: whoever reads the page next finds everything ready."""
    if isinstance(instance, KnowledgePage):
        prepare_published(page=instance)
    # Pages that link to it may have shown plain words while it was not public.
    mark_due(pages=pages_referring_to([instance]))


def on_page_hidden(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Unpublished, which comes before a deletion too: what links to it must not lead nowhere."""
    _changed([instance])


def on_page_deleted(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Before it is gone, because with it goes who referred to it."""
    _changed([instance])


def on_addresses_changed(sender: Any, instance: Page, **kwargs: Any) -> None:
    """A page moved or got another slug: texts that link to it, or to what stands below it, hold an old address."""
    _changed(Page.objects.descendant_of(instance, inclusive=True))


def on_media_changed(sender: Any, instance: Picture | Attachment, created: bool, **kwargs: Any) -> None:
    """Another file, title or text alternative: texts that show it hold the old one."""
    if not created:
        _changed([instance])


def on_media_deleted(sender: Any, instance: Picture | Attachment, **kwargs: Any) -> None:
    """Before it is gone, because with it goes who referred to it."""
    _changed([instance])


def on_rendition_deleted(sender: Any, instance: Rendition, **kwargs: Any) -> None:
    """Replacing a picture's file deletes its sizes, after the picture was saved: texts that show them need new ones."""
    _changed([Picture(pk=instance.image_id)])


def _changed(objects: Iterable[Model]) -> None:
    """Note the published pages that refer to these; few of them are rendered as soon as all is committed."""
    due = mark_due(pages=pages_referring_to(objects))
    if 0 < len(due) <= FEW:
        # What fails here was noted, and is left to the tick.
        transaction.on_commit(partial(rerender_due, pages=due), robust=True)
