"""Pages of the tree."""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import views

from home.routing import known_site


@wraps(views.serve)
def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Wagtail's view, which is told what is known already."""
    known_site(request)
    answer: HttpResponse = views.serve(request, *args, **kwargs)
    return answer
