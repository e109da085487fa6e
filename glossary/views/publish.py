"""Being written."""

from django.http import Http404, HttpRequest, HttpResponse


def publish(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Being written."""
    raise Http404
