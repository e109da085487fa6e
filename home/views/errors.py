"""Error pages in the site's dress; they must render without a database."""

import sys

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string

from home.busy import has_files, is_database_away, kept_fields

RETRY_SECONDS = 30


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400. To a host that is not ours without the request: templates that ask for the host would fail again."""
    if is_database_away(exception):
        # A session that could not be written looks like a bad request.
        return database_away(request)
    try:
        request.get_host()
    except DisallowedHost:
        return HttpResponse(render_to_string("400.html"), status=400)
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, with the reason where the view gave one in the reader's words."""
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, without context processors: whatever broke must not break this too."""
    if is_database_away(sys.exc_info()[1]):
        return database_away(request)
    return HttpResponse(render_to_string("500.html"), status=500)


def database_away(request: HttpRequest) -> HttpResponse:
    """503 for now. What was typed into a form stands on the page, to be sent again or copied; nothing was stored."""
    return nothing_stored(request, "503.html", retry_seconds=RETRY_SECONDS)


def nothing_stored(
    request: HttpRequest, template: str, *, retry_seconds: int, **more: object
) -> HttpResponse:
    """503 with what was typed. Without the request in the template: its tags would ask the database."""
    kept = kept_fields(request)
    # Whoever sends a form from elsewhere gets no token for it.
    ours = bool(getattr(request, "csrf_processing_done", False))
    context = {
        "kept": kept,
        "posted": request.method == "POST",
        "had_files": has_files(request),
        "csrf_token": get_token(request) if kept and ours else "",
        **more,
    }
    response = HttpResponse(render_to_string(template, context), status=503)
    response.headers["Retry-After"] = str(retry_seconds)
    response.headers["Cache-Control"] = "no-store"
    return response
