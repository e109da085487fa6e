"""Which requests the page cache serves, and under which name."""

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest

# Pages of their own reader, of editors, or with nothing to win.
PRIVATE_PREFIXES = (
    "/admin/",
    "/konto/",
    "/mein/",
    "/documents/",
    "/static/",
    "/media/",
    "/healthz",
    "/readyz",
)
# Query parameters public pages understand. A request with any other is answered but not kept: otherwise a
# stranger could fill the cache with copies of one page.
KNOWN_PARAMETERS = frozenset(
    {
        "a",
        "b",
        "p",
        "status",
        "sort",
        "kind",
        "q",
        "buchstabe",
        "feld",
        "zielgruppe",
        "stand",
        "format",
        "art",
        "seite",
        "beitraege",
    }
)
MAX_QUERY_LENGTH = 200


def is_cacheable_request(request: HttpRequest) -> bool:
    """GET or HEAD without a session, outside the private prefixes, with known query parameters only."""
    if request.method not in {"GET", "HEAD"} or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return False
    path = request.path_info
    plain = path[3:] if path.startswith("/en/") else path
    if plain.startswith(PRIVATE_PREFIXES) or "HTTP_AUTHORIZATION" in request.META:
        return False
    if len(request.META.get("QUERY_STRING", "")) > MAX_QUERY_LENGTH:
        return False
    return all(name in KNOWN_PARAMETERS for name in request.GET)


def cache_key(request: HttpRequest, generation: int) -> str | None:
    """Name of this page in this generation, or None for a host that is not ours."""
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    gzip = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    return f"page:{generation}:{int(gzip)}:{request.scheme}://{host}{request.get_full_path()}"
