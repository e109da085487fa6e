"""Where what is on a public page is edited in the admin, for those who may edit it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page

from people.models import User
from people.roles import is_editor

# Pages that show one object: the route, the name of the object in its context, and where the admin edits it.
OBJECTS = {
    "glossary:term": ("term", "glossary_terms:edit"),
    "people:organisation": ("organisation", "organisations:edit"),
    "people:group": ("group", "working_groups:edit"),
}


def edit_url(request: HttpRequest | None, context: Any) -> str:
    """The address in the admin; empty for everybody who may not, in previews and where there is nothing to edit."""
    user = getattr(request, "user", None)
    if (
        request is None
        or not isinstance(user, User)
        or not is_editor(user)
        or getattr(request, "is_preview", False)
    ):
        return ""
    page = context.get("page")
    if isinstance(page, Page):
        may = page.permissions_for_user(user).can_edit()
        return reverse("wagtailadmin_pages:edit", args=[page.pk]) if may else ""
    match = request.resolver_match
    name, route = OBJECTS.get(match.view_name if match else "", ("", ""))
    found = context.get(name) if name else None
    return reverse(route, args=[found.pk]) if found is not None else ""
