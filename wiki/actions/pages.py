"""Making pages without the admin: for the demo, importers and tests. The admin's own forms end in the same publishing."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Page

from glossary.models import Term
from people.models import User
from record.errors import Invalid, NotAllowed
from wiki.models import (
    FieldOfAction,
    GuideIndexPage,
    GuidePage,
    KnowledgeIndexPage,
    KnowledgePage,
    LinkCollectionPage,
    LinkIndexPage,
    MeetingIndexPage,
    MeetingPage,
    PracticeIndexPage,
    PracticePage,
    TopicIndexPage,
    TopicPage,
)

INDEX_OF: dict[type[KnowledgePage], type[KnowledgeIndexPage]] = {
    GuidePage: GuideIndexPage,
    PracticePage: PracticeIndexPage,
    LinkCollectionPage: LinkIndexPage,
    TopicPage: TopicIndexPage,
    MeetingPage: MeetingIndexPage,
}


def index_for(kind: type[KnowledgePage]) -> KnowledgeIndexPage:
    """The list under which pages of this kind stand. Raises Invalid when the site has none."""
    index = INDEX_OF[kind].objects.first()
    if index is None:
        raise Invalid(f"There is no {INDEX_OF[kind]._meta.verbose_name} to put it under.")
    return index


@transaction.atomic
def create_page(
    *,
    page: KnowledgePage,
    by: User,
    body: Sequence[dict[str, Any]] = (),
    fields_of_action: Iterable[FieldOfAction] = (),
    tags: Iterable[str] = (),
    terms: Iterable[Term] = (),
    publish: bool = True,
    published_at: datetime | None = None,
) -> KnowledgePage:
    """Put an unsaved page under the list of its kind, and publish it if asked to.

    `page` carries its own fields, many-to-many fields and child rows (`page.links = [Link(…)]`); `body` comes from
    `bodies.body_from`. `published_at` dates the first publication back (demo, imports).
    Raises NotAllowed without the right to add or publish there, Invalid for what a form would refuse.
    Effects, in order: page, revision, log entries; publishing makes renditions, rendered text and the use index.
    """
    parent = index_for(type(page))
    rights = parent.permissions_for_user(by)
    if not rights.can_add_subpage() or (publish and not rights.can_publish_subpage()):
        raise NotAllowed
    if body:
        page.body = json.dumps(list(body))
    page.owner = by
    page.live = False
    page.fields_of_action = list(fields_of_action)
    page.terms = list(terms)
    page.tags.add(*tags)
    with _refusals(page):
        parent.add_child(instance=page)
        revision = page.save_revision(user=by)
    if publish:
        if published_at:
            page.first_published_at = published_at
            Page.objects.filter(pk=page.pk).update(first_published_at=published_at)
        revision.publish(user=by)
        page.refresh_from_db()
    return page


@contextmanager
def _refusals(page: KnowledgePage) -> Iterator[None]:
    """What a form would refuse, said by the action."""
    try:
        yield
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Invalid(f"{page.title}: {field}: {messages[0]}", field=field) from error


@transaction.atomic
def publish_page(*, page: KnowledgePage, by: User) -> KnowledgePage:
    """Save what is set on the page as a new revision and publish it. Raises NotAllowed without the right to publish."""
    if not page.permissions_for_user(by).can_publish():
        raise NotAllowed
    page.save_revision(user=by).publish(user=by)
    page.refresh_from_db()
    return page


@transaction.atomic
def relate_pages(*, page: KnowledgePage, by: User, to: Iterable[KnowledgePage]) -> KnowledgePage:
    """Name the pages to read on with, and publish that. Raises NotAllowed without the right to publish."""
    page.related_pages = list(to)
    return publish_page(page=page, by=by)


@transaction.atomic
def unpublish_page(*, page: KnowledgePage, by: User) -> KnowledgePage:
    """Take a page from the public; drafts stay. Raises NotAllowed without the right to do so."""
    if not page.permissions_for_user(by).can_unpublish():
        raise NotAllowed
    page.unpublish(user=by)
    page.refresh_from_db()
    return page
