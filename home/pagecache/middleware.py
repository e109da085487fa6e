"""The whole-page cache for anonymous readers. Never stale, because its key holds the data's generation.

The generation is read before rendering: a commit in between makes the stored page one nobody asks for again.
Each entry also ends at the next clock edge.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.db.utils import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from home.pagecache.generation import current_generation, next_edge
from home.pagecache.keys import cache_key, is_cacheable_request

SECONDS_KEPT = 24 * 60 * 60
KEPT_HEADERS_NOT = frozenset({"set-cookie", "date", "connection"})
# What a page may vary by and still be kept: the key tells compressed from plain, nobody with cookies of ours is served,
# and the language is decided by the path alone (config.urls has no prefix for the default language).
VARY_KNOWN = frozenset({"cookie", "accept-encoding", "accept-language"})


class CachedPage(NamedTuple):
    """A stored answer: the body as it goes over the wire."""

    body: bytes
    headers: dict[str, str]
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
        generation = generation_of(request)
        key = cache_key(request, generation) if generation else None
        if key is None:
            return self.get_response(request)
        now = timezone.now()
        cache = caches["pages_with_query" if request.META.get("QUERY_STRING") else "pages"]
        page: CachedPage | None = cache.get(key)
        if page is not None and now < page.good_until:
            return answer_from(page, request)
        response = self.get_response(request)
        # A view may answer HEAD without a body: only what GET brought is kept.
        if request.method != "GET" or not is_cacheable_response(response):
            return response
        page = page_from(key, response, good_until=next_edge(now, generation))
        cache.set(key, page, SECONDS_KEPT)
        return answer_from(page, request)


def generation_of(request: HttpRequest) -> str:
    """The data's generation, for this request; empty without a database, so that what needs none is still answered."""
    try:
        generation = current_generation()
    except DatabaseError:
        return ""
    request.data_generation = generation  # type: ignore[attr-defined]
    return generation


def is_cacheable_response(response: HttpResponseBase) -> bool:
    """Only complete 200 answers, the same for everybody: no cookie, no wish to stay private, no unknown variants."""
    if response.status_code != 200 or response.streaming or response.cookies:
        return False
    control = response.headers.get("Cache-Control", "")
    if "private" in control or "no-store" in control:
        return False
    vary = response.headers.get("Vary", "").lower()
    return all(name.strip() in VARY_KNOWN for name in vary.split(",") if name.strip())


def page_from(key: str, response: HttpResponseBase, *, good_until: datetime) -> CachedPage:
    """The answer as it is kept. Browsers ask again each time: they cannot know whether somebody wrote meanwhile."""
    assert isinstance(response, HttpResponse)  # noqa: S101  for the type: streaming answers are not kept
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    etag = f'W/"{hashlib.sha256(key.encode() + response.content).hexdigest()[:24]}"'
    response.headers["Cache-Control"] = "no-cache"
    response.headers["ETag"] = etag
    headers = {name: value for name, value in response.items() if name.lower() not in KEPT_HEADERS_NOT}
    return CachedPage(bytes(response.content), headers, etag, good_until)


def answer_from(page: CachedPage, request: HttpRequest) -> HttpResponse:
    """The stored answer, or 304 for a browser that already has it."""
    response: HttpResponse
    if page.etag in request.META.get("HTTP_IF_NONE_MATCH", ""):
        response = HttpResponseNotModified()
        for name in ("ETag", "Cache-Control", "Vary"):
            response.headers[name] = page.headers[name]
        return response
    response = HttpResponse(page.body)
    for name, value in page.headers.items():
        response.headers[name] = value
    return response
