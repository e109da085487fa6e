"""Filling the pages every installation starts with, without the admin's form."""

from typing import Any, TypeVar

from django.db import transaction
from wagtail.models import Page

from people.models import User
from record.errors import NotAllowed

AnyPage = TypeVar("AnyPage", bound=Page)


@transaction.atomic
def fill_page(*, page: AnyPage, by: User, **fields: Any) -> AnyPage:
    """Set fields of a page and publish it as a new revision. Raises NotAllowed without the right to publish."""
    if not page.permissions_for_user(by).can_publish():
        raise NotAllowed
    for name, value in fields.items():
        setattr(page, name, value)
    page.full_clean()
    page.save_revision(user=by).publish(user=by)
    return page
