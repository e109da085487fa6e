"""Being written."""

from django.http import Http404, HttpRequest, HttpResponse


def propose(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Being written."""
    raise Http404


def discard(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Being written."""
    raise Http404


def joint_draft(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Being written."""
    raise Http404


def revise(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Being written."""
    raise Http404


def edit(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Being written."""
    raise Http404


def withdraw(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Being written."""
    raise Http404


def set_aside(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Being written."""
    raise Http404


def bring_back(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Being written."""
    raise Http404
