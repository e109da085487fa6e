"""Being written."""

from django.http import Http404, HttpRequest, HttpResponse


def announce(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Being written."""
    raise Http404


def move(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Being written."""
    raise Http404


def cancel(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Being written."""
    raise Http404


def close(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Being written."""
    raise Http404


def statement(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Being written."""
    raise Http404


def plan(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Being written."""
    raise Http404
