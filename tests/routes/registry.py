"""All routes of the URL configuration, by name."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

OURS = ("discussion", "glossary", "home", "people", "search", "wiki")
# Other people's views under names of our own site.
ALSO_OURS = ("allauth", "wagtail.contrib.sitemaps")


@dataclass(frozen=True)
class Route:
    """One entry of the URL configuration."""

    name: str
    pattern: str
    module: str
    admin: bool
    model: str = ""


def all_routes() -> list[Route]:
    """Everything that can be asked for."""
    return list(_walk(get_resolver().url_patterns, (), ""))


def own_routes() -> list[str]:
    """Names of our routes outside the admin, and of allauth's that we use."""
    rooms = (*OURS, *ALSO_OURS)
    return [route.name for route in all_routes() if not route.admin and route.module.startswith(rooms)]


def admin_routes() -> list[Route]:
    """Everything below /admin/."""
    return [route for route in all_routes() if route.admin]


def staff_routes() -> list[str]:
    """Names of the admin's routes to our models: viewsets, vocabularies, pages with history, files, choosers."""
    pages = (
        "wagtailadmin_pages:",
        "wagtailadmin_choose_page",
        "wagtailimages",
        "wagtaildocs",
        "wagtailusers",
    )
    ours = {
        route.name
        for route in admin_routes()
        if route.model.startswith(OURS) or route.module.startswith(OURS) or route.name.startswith(pages)
    }
    return sorted(name for name in ours if "/" not in name)


def _walk(patterns: list[URLPattern | URLResolver], spaces: tuple[str, ...], before: str) -> Iterator[Route]:
    for entry in patterns:
        pattern = f"{before}{entry.pattern}"
        if isinstance(entry, URLResolver):
            inside = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from _walk(entry.url_patterns, inside, pattern)
        else:
            name = ":".join([*spaces, entry.name or pattern])
            yield Route(
                name, pattern, entry.callback.__module__, pattern.startswith("admin/"), _model(entry.callback)
            )


def _model(view: Any) -> str:
    """App and name of the model a view is about, if it says so."""
    model = getattr(view, "view_initkwargs", {}).get("model") or getattr(
        getattr(view, "view_class", None), "model", None
    )
    return model._meta.label_lower if hasattr(model, "_meta") else ""
