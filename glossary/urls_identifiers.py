"""Permanent, language-neutral addresses. They have no trailing slash and never die."""

from django.urls import URLPattern, path

from glossary.views.identifiers import identifier, identifier_version

urlpatterns: list[URLPattern] = [
    path("<str:key>", identifier, name="identifier"),
    path("<str:key>/<int:number>", identifier_version, name="identifier_version"),
]
