"""Connects the knowledge base with the rest of the house; called once, from WikiConfig.ready()."""

from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from glossary import usage
from people import contributions
from wiki import listeners, providing
from wiki.models import Attachment, Picture, Rendition
from wiki.threads import register_threads


def connect() -> None:
    """Listeners first, then what others show of us. Calling it again changes nothing."""
    page_published.connect(listeners.on_page_published, dispatch_uid="wiki-published")
    page_unpublished.connect(listeners.on_page_hidden, dispatch_uid="wiki-hidden")
    page_slug_changed.connect(listeners.on_addresses_changed, dispatch_uid="wiki-slug")
    post_page_move.connect(listeners.on_addresses_changed, dispatch_uid="wiki-move")
    pre_delete.connect(listeners.on_page_deleted, sender=Page, dispatch_uid="wiki-page-deleted")
    for kind in (Picture, Attachment):
        uid = f"wiki-{kind.__name__}"
        post_save.connect(listeners.on_media_changed, sender=kind, dispatch_uid=f"{uid}-changed")
        pre_delete.connect(listeners.on_media_deleted, sender=kind, dispatch_uid=f"{uid}-deleted")
    post_delete.connect(
        listeners.on_rendition_deleted, sender=Rendition, dispatch_uid="wiki-rendition-deleted"
    )
    usage.register(providing.used_in_pages)
    contributions.register(providing.contributed_pages)
    register_threads()
