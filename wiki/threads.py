"""Every page of the knowledge base has a thread about the page, as long as everybody may read the page."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from discussion.registry import ThreadPolicy, register
from people.models import User
from wiki.models import GuidePage, KnowledgePage, LinkCollectionPage, MeetingPage, PracticePage, TopicPage

KINDS: tuple[type[KnowledgePage], ...] = (GuidePage, PracticePage, LinkCollectionPage, TopicPage, MeetingPage)


def _is_public(_user: User | AnonymousUser, page: KnowledgePage) -> bool:
    return page.live and not page.get_view_restrictions().exists()


def _is_kept_up(_user: User | AnonymousUser, page: KnowledgePage) -> bool:
    return page.archived_on is None


def _url(page: KnowledgePage) -> str:
    return page.url or "/"


def _language(page: KnowledgePage) -> str:
    return str(page.language)


def register_threads() -> None:
    """Open the threads."""
    policy = ThreadPolicy(may_read=_is_public, may_write=_is_kept_up, url=_url, language=_language)
    models: tuple[type[Model], ...] = KINDS
    for model in models:
        register(model, policy)
