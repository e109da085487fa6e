"""Connects the knowledge base with the rest of the house; called once, from WikiConfig.ready()."""

from django.contrib.auth.models import AnonymousUser
from django.db.models.signals import post_save
from wagtail.signals import page_published, page_slug_changed, post_page_move

from discussion import registry
from discussion.registry import ThreadPolicy
from glossary import usage
from glossary.signals import labels_changed
from people import contributions
from people.models import User
from people.roles import is_editor
from wiki import listeners, providing
from wiki.models import (
    GuidePage,
    KnowledgePage,
    LinkCollectionPage,
    MeetingPage,
    Picture,
    PracticePage,
    TopicPage,
)

DISCUSSED: tuple[type[KnowledgePage], ...] = (
    GuidePage,
    PracticePage,
    LinkCollectionPage,
    TopicPage,
    MeetingPage,
)


def may_read(user: User | AnonymousUser, page: KnowledgePage) -> bool:
    """Published and under no restriction; editors also read what is not."""
    return (page.live and not page.get_view_restrictions().exists()) or is_editor(user)


def may_write(user: User | AnonymousUser, page: KnowledgePage) -> bool:
    """Everybody with an account, as long as the page is published and kept up."""
    return page.live and page.archived_on is None


def _address(page: KnowledgePage) -> str:
    return page.url or "/"


def _language(page: KnowledgePage) -> str:
    return page.language


def connect() -> None:
    """Listeners first, then what others show of us. Calling it again changes nothing."""
    page_published.connect(listeners.on_page_published, dispatch_uid="wiki-published")
    labels_changed.connect(listeners.on_labels_changed, dispatch_uid="wiki-labels")
    page_slug_changed.connect(listeners.on_addresses_changed, dispatch_uid="wiki-slug")
    post_page_move.connect(listeners.on_addresses_changed, dispatch_uid="wiki-move")
    post_save.connect(listeners.on_picture_changed, sender=Picture, dispatch_uid="wiki-picture")
    usage.register(providing.used_in_pages)
    contributions.register(providing.contributed_pages)
    policy = ThreadPolicy(may_read=may_read, may_write=may_write, url=_address, language=_language)
    for model in DISCUSSED:
        registry.register(model, policy)
