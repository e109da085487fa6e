"""Tags of the site shell: header, footer, breadcrumb.

Each of them also renders without a request and without a database, because the error pages use them.
"""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from home.editing import edit_url
from home.front import first_sentence
from home.kept import kept
from home.navigation import MenuItem, is_read_only, menu

register = template.Library()
register.filter("first_sentence", first_sentence)

LANGUAGE_TITLES = {"de": "Deutsch", "en": "English"}


def _language() -> str:
    return get_language() or "de"


def _prefix(language: str) -> str:
    return "/en" if language == "en" else ""


def _path(context: dict[str, Any]) -> str:
    request = context.get("request")
    return request.path if request is not None else ""


@register.simple_tag(takes_context=True)
def site_header(context: dict[str, Any]) -> SafeString:
    """The frame's head. What stands in it twice, for wide screens and in the menu, is rendered once."""
    language, path, user = _language(), _path(context), context.get("user")
    sections = _sections(menu(context.get("request")), language)
    home_url = f"{_prefix(language)}/"
    tools = {
        "language": _other_language(path or "/", language),
        "signed_in": user is not None and user.is_authenticated,
    }
    parts = {
        "home_url": home_url,
        "at_home": path == home_url,
        "navigation": _navigation(sections, *_active(sections, path, home_url)),
        "tools": render_to_string("components/site_tools.html", tools),
        "search": _search_form("suche-kopf", language),
        "search_in_menu": _search_form("suche-menue", language),
    }
    return render_to_string("components/site_header.html", parts)


def _sections(items: tuple[MenuItem, ...], language: str) -> tuple[tuple[str, str], ...]:
    """Titles and addresses of the sections: the glossary, then the pages in the menu."""
    english, prefix = language == "en", _prefix(language)
    pages = [(item.title_en if english else item.title, item.path) for item in items]
    return tuple((title, prefix + url) for title, url in [(_("Glossary"), "/glossar/"), *pages])


def _active(sections: tuple[tuple[str, str], ...], path: str, home_url: str) -> tuple[str, bool]:
    """The address of the section the path is in, and whether the path is the section itself."""
    for _title, url in sections:
        if url == path or (url != home_url and path.startswith(url)):
            return url, url == path
    return "", False


@kept
def _navigation(sections: tuple[tuple[str, str], ...], active: str, exact: bool) -> SafeString:
    return render_to_string(
        "components/navigation.html", {"sections": sections, "active": active, "exact": exact}
    )


@kept
def _search_form(field_id: str, language: str) -> SafeString:
    return render_to_string("components/search_form.html", {"field_id": field_id})


def _other_language(path: str, current: str) -> dict[str, str]:
    """The same page in the other language: one link, no POST, no cookie."""
    plain = path.removeprefix("/en") or "/" if path == "/en" or path.startswith("/en/") else path
    code = "de" if current == "en" else "en"
    return {"code": code, "title": LANGUAGE_TITLES[code], "url": f"{_prefix(code)}{plain}"}


@register.simple_tag
def site_footer() -> SafeString:
    """The foot of every page of a language."""
    return _footer(_language())


@kept
def _footer(language: str) -> SafeString:
    """How to take part, and what the law asks for."""
    prefix = _prefix(language)
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
    groups = [
        {"title": title, "items": [{"title": name, "url": prefix + url} for name, url in links]}
        for title, links in [(_("Take part"), take_part), (_("Legal"), legal)]
    ]
    parts = {"home_url": f"{prefix}/", "groups": groups, "LANGUAGE_CODE": language}
    return render_to_string("components/site_footer.html", parts)


@register.inclusion_tag("components/breadcrumb.html", takes_context=True)
def breadcrumb(context: dict[str, Any]) -> dict[str, Any]:
    """The way to this page: what the view put into ``breadcrumb``."""
    return {"items": context.get("breadcrumb") or _page_trail(context)}


@register.inclusion_tag("components/edit_link.html", takes_context=True)
def edit_link(context: dict[str, Any]) -> dict[str, str]:
    """The way to the admin, for those who may edit what the page shows."""
    return {"url": edit_url(context.get("request"), context)}


def _page_trail(context: dict[str, Any]) -> list[dict[str, str]]:
    """Wagtail pages below a list: the list. Their other ancestor is the home page, which the mark links to."""
    page = context.get("page")
    if page is None or getattr(page, "depth", 0) < 4:
        return []
    parent = page.get_parent().specific
    english = str(getattr(parent, "title_en", "")) if get_language() == "en" else ""
    return [{"title": english or parent.title, "url": parent.get_url(context.get("request"))}]


@register.inclusion_tag("components/read_only.html", takes_context=True)
def read_only_notice(context: dict[str, Any]) -> dict[str, Any]:
    """What every page says after a restore."""
    return {"read_only": is_read_only(context.get("request"))}
