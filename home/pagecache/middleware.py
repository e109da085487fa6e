"""The whole-page cache for anonymous readers. Never stale, because its key holds the data's generation.

The generation is read before rendering: a commit in between makes the stored page one nobody asks for again.
Each entry also ends at the next clock edge.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from home.pagecache.generation import current_generation, next_edge
from home.pagecache.keys import cache_key, is_cacheable_request

SECONDS_KEPT = 24 * 60 * 60
KEPT_HEADERS_NOT = frozenset({"set-cookie", "date", "connection"})


class CachedPage(NamedTuple):
    """A stored answer: the body as it goes over the wire."""

    body: bytes
    headers: list[tuple[str, str]]
    etag: str
    good_until: datetime


class PageCacheMiddleware:
    """Outermost of our middleware: what it serves costs one query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve from the cache, or render and keep."""
        if not settings.PAGE_CACHE_ENABLED or not is_cacheable_request(request):
            return self.get_response(request)
        now = timezone.now()
        generation = current_generation()
        request.data_generation = generation  # type: ignore[attr-defined]
        key = cache_key(request, generation)
        if key is None:
            return self.get_response(request)
        page: CachedPage | None = cache.get(key)
        if page is not None and now < page.good_until:
            return answer_from(page, request)
        response = self.get_response(request)
        if not is_cacheable_response(response):
            return response
        page = keep(key, response, now=now)
        return answer_from(page, request)


def is_cacheable_response(response: HttpResponseBase) -> bool:
    """Only complete 200 answers without a cookie and without a wish to stay private."""
    if response.status_code != 200 or response.streaming or response.cookies:
        return False
    control = response.get("Cache-Control", "")
    return "private" not in control and "no-store" not in control


def keep(key: str, response: HttpResponseBase, *, now: datetime) -> CachedPage:
    """Store the answer until the next clock edge."""
    assert isinstance(response, HttpResponse)  # streaming answers are not cacheable
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    response["Cache-Control"] = "no-cache"
    etag = f'W/"{hashlib.sha256(key.encode() + response.content).hexdigest()[:24]}"'
    response["ETag"] = etag
    headers = [(name, value) for name, value in response.items() if name.lower() not in KEPT_HEADERS_NOT]
    page = CachedPage(bytes(response.content), headers, etag, next_edge(now))
    cache.set(key, page, SECONDS_KEPT)
    return page


def answer_from(page: CachedPage, request: HttpRequest) -> HttpResponse:
    """The stored answer, or 304 for a browser that already has it."""
    response: HttpResponse
    if page.etag in request.META.get("HTTP_IF_NONE_MATCH", ""):
        response = HttpResponseNotModified()
        response["ETag"] = page.etag
        response["Cache-Control"] = "no-cache"
        return response
    response = HttpResponse(page.body)
    for name, value in page.headers:
        response.headers[name] = value
    return response
