"""Side doors of Wagtail's admin, closed before Wagtail's own routes are asked."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, re_path


def no_bulk(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Wagtail's bulk actions on accounts would delete, close and promote people past our actions."""
    raise Http404


urlpatterns: list[URLPattern] = [re_path(r"^bulk/(?:people|auth)/", no_bulk)]
