"""Absolute addresses for mails, which know no request."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation


def absolute(path: str) -> str:
    """A path of this site as a full address."""
    return f"{settings.PUBLIC_URL}{path}"


def absolute_reverse(name: str, *, language: str, **kwargs: Any) -> str:
    """The full address of a route, in the language of whoever reads the mail."""
    with translation.override(language):
        return absolute(reverse(name, kwargs=kwargs))
