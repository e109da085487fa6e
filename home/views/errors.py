"""Error pages in the site's dress; they must render without a database."""

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400. To a host that is not ours without the request: templates that ask for the host would fail again."""
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
    return HttpResponse(render_to_string("500.html"), status=500)
