"""Being written."""

from django.http import Http404, HttpRequest, HttpResponse


def support(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Being written."""
    raise Http404
