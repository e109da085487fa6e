"""What the knowledge base does when something happens elsewhere. Connected in WikiConfig.ready()."""

from typing import Any

from django.db import transaction
from wagtail.models import Page

from wiki.actions.texts import prepare_published
from wiki.models import KnowledgePage
from wiki.tasks import bring_texts_up_to_date


def on_page_published(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """In the transaction that publishes: whoever reads the page next finds everything ready."""
    if isinstance(instance, KnowledgePage):
        prepare_published(page=instance)


def on_labels_changed(sender: Any, **kwargs: Any) -> None:
    """Words or addresses of terms changed; sent on commit."""
    bring_texts_up_to_date.enqueue()


def on_addresses_changed(sender: Any, **kwargs: Any) -> None:
    """A page moved or got another slug: texts that link to it hold its old address."""
    transaction.on_commit(lambda: bring_texts_up_to_date.enqueue(force=True))


def on_picture_changed(sender: Any, instance: Any, created: bool, **kwargs: Any) -> None:
    """Another file or text alternative: texts that show the picture hold the old one."""
    if not created:
        transaction.on_commit(lambda: bring_texts_up_to_date.enqueue(force=True))
