"""Tags of the site shell: navigation, footer, language switch, breadcrumb.

Each of them also renders without a request and without a database, because the error pages use them.
"""

from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()

LANGUAGE_TITLES = {"de": "Deutsch", "en": "English"}


def _prefix() -> str:
    return "/en" if get_language() == "en" else ""


def _path(context: dict[str, Any]) -> str:
    request = context.get("request")
    return request.path if request is not None else ""


def _active(url: str, path: str) -> bool | str:
    if url == path:
        return True
    return "section" if path.startswith(url) and url.rstrip("/") != _prefix() else False


def _sections() -> list[tuple[str, str]]:
    return [
        (_("Glossary"), "/glossar/"),
        (_("Guides"), "/leitfaeden/"),
        (_("Practice"), "/praxis/"),
        (_("Links"), "/links/"),
        (_("Open topics"), "/themen/"),
        (_("Meetings"), "/treffen/"),
    ]


@register.inclusion_tag("components/navigation.html", takes_context=True)
def main_navigation(context: dict[str, Any]) -> dict[str, Any]:
    """The sections of the site."""
    path = _path(context)
    links = [(title, _prefix() + url) for title, url in _sections()]
    return {"items": [{"title": title, "url": url, "active": _active(url, path)} for title, url in links]}


@register.inclusion_tag("components/footer_navigation.html", takes_context=True)
def footer_navigation(context: dict[str, Any]) -> dict[str, Any]:
    """How to take part, and what the law asks for."""
    prefix = _prefix()
    take_part = [
        (_("How it works"), "/so-geht-es/"),
        (_("Take part"), "/mitmachen/"),
        (_("Who we are"), "/wer-wir-sind/"),
    ]
    legal = [
        (_("Imprint"), "/impressum/"),
        (_("Privacy"), "/datenschutz/"),
        (_("Accessibility"), "/barrierefreiheit/"),
    ]
    groups = [(_("Take part"), take_part), (_("Legal"), legal)]
    return {
        "groups": [
            {"title": title, "items": [{"title": name, "url": prefix + url} for name, url in links]}
            for title, links in groups
        ]
    }


@register.inclusion_tag("components/language_switch.html", takes_context=True)
def language_switch(context: dict[str, Any]) -> dict[str, Any]:
    """The same page in the other language."""
    path = _path(context) or "/"
    plain = path.removeprefix("/en") or "/" if path == "/en" or path.startswith("/en/") else path
    current = get_language() or "de"
    urls = {"de": plain, "en": f"/en{plain}"}
    return {
        "languages": [
            {"code": code, "title": title, "url": urls[code], "active": code == current}
            for code, title in LANGUAGE_TITLES.items()
        ]
    }


@register.inclusion_tag("components/breadcrumb.html", takes_context=True)
def breadcrumb(context: dict[str, Any]) -> dict[str, Any]:
    """The way to this page: what the view put into ``breadcrumb``."""
    items = context.get("breadcrumb") or []
    return {"items": items}
