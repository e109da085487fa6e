"""Tags of the site shell: navigation, footer, language switch, breadcrumb.

Each of them also renders without a request and without a database, because the error pages use them.
"""

from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from home.front import first_sentence
from home.navigation import is_read_only, menu

register = template.Library()
register.filter("first_sentence", first_sentence)

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


@register.inclusion_tag("components/navigation.html", takes_context=True)
def main_navigation(context: dict[str, Any]) -> dict[str, Any]:
    """The sections of the site."""
    path, english = _path(context), get_language() == "en"
    pages = [(item.title_en if english else item.title, item.path) for item in menu(context.get("request"))]
    links = [(title, _prefix() + url) for title, url in [(_("Glossary"), "/glossar/"), *pages]]
    return {"items": [{"title": title, "url": url, "active": _active(url, path)} for title, url in links]}


@register.inclusion_tag("components/read_only.html", takes_context=True)
def read_only_notice(context: dict[str, Any]) -> dict[str, Any]:
    """What every page says after a restore."""
    return {"read_only": is_read_only(context.get("request"))}


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
    return {"items": context.get("breadcrumb") or _page_trail(context)}


def _page_trail(context: dict[str, Any]) -> list[dict[str, str]]:
    """Wagtail pages below a list: the list. Their other ancestor is the home page, which the mark links to."""
    page = context.get("page")
    if page is None or getattr(page, "depth", 0) < 4:
        return []
    parent = page.get_parent().specific
    english = str(getattr(parent, "title_en", "")) if get_language() == "en" else ""
    return [{"title": english or parent.title, "url": parent.get_url(context.get("request"))}]
