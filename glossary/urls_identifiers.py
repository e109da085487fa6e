"""Permanent, language-neutral addresses. They have no trailing slash and never die."""

from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from glossary.views.identifiers import identifier, identifier_version

urlpatterns: list[URLPattern] = [
    path("<str:key>", require_safe(identifier), name="identifier"),
    path("<str:key>/<int:number>", require_safe(identifier_version), name="identifier_version"),
]
