"""The site's routes, and a hello view beside them that the page cache does not serve."""

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as site

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

LINE = "<p>Hallo, das ist eine Seite ohne Inhalt.</p>\n"


@lru_cache(maxsize=1)
def _body(size: int) -> bytes:
    return (LINE * (size // len(LINE) + 1)).encode()[:size]


def hello(request: HttpRequest, size: int) -> HttpResponse:
    """As many bytes as the page it is compared with. Below /mein/, which the page cache leaves alone."""
    return HttpResponse(_body(size))


urlpatterns = [path("mein/hallo/<int:size>/", hello), *site]
