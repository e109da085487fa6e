"""Connects the knowledge base with the rest of the house; called once, from WikiConfig.ready()."""

from django.db.models.signals import post_save
from wagtail.signals import page_published, page_slug_changed, post_page_move

from glossary import usage
from glossary.signals import labels_changed
from people import contributions
from wiki import listeners, providing
from wiki.models import Picture
from wiki.threads import register_threads


def connect() -> None:
    """Listeners first, then what others show of us. Calling it again changes nothing."""
    page_published.connect(listeners.on_page_published, dispatch_uid="wiki-published")
    labels_changed.connect(listeners.on_labels_changed, dispatch_uid="wiki-labels")
    page_slug_changed.connect(listeners.on_addresses_changed, dispatch_uid="wiki-slug")
    post_page_move.connect(listeners.on_addresses_changed, dispatch_uid="wiki-move")
    post_save.connect(listeners.on_picture_changed, sender=Picture, dispatch_uid="wiki-picture")
    usage.register(providing.used_in_pages)
    contributions.register(providing.contributed_pages)
    register_threads()
