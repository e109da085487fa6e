"""Which requests the page cache serves, and under which name."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.middleware.gzip import re_accepts_gzip

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
# stranger could fill the cache with copies of one page. What people type into the search (`q`) is not kept either:
# it has no end. A test follows the links and forms of the site and finds every parameter here.
KNOWN_PARAMETERS = frozenset(
    {
        "a",
        "b",
        "status",
        "buchstabe",
        "beitraege",
        "page",
        "sortierung",
        "feld",
        "zielgruppe",
        "stand",
        "format",
        "von",
    }
)
MAX_QUERY_LENGTH = 200
PUBLIC_HOST = urlsplit(settings.PUBLIC_URL).netloc


def is_cacheable_request(request: HttpRequest) -> bool:
    """GET or HEAD by somebody nothing is known about, outside the private prefixes, with known query parameters only.

    A message for this reader may wait in its cookie; with a token against forgery pages may carry it in a form.
    """
    if request.method not in {"GET", "HEAD"} or getattr(request, "is_dummy", False):
        return False
    cookies = request.COOKIES
    if cookies and not cookies.keys().isdisjoint(
        (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages")
    ):
        return False
    path = request.path_info
    plain = path[3:] if path.startswith("/en/") else path
    if plain.startswith(PRIVATE_PREFIXES) or "HTTP_AUTHORIZATION" in request.META:
        return False
    query = request.META.get("QUERY_STRING", "")
    return not query or (
        len(query) <= MAX_QUERY_LENGTH and all(name in KNOWN_PARAMETERS for name in request.GET)
    )


def cache_key(request: HttpRequest, generation: str) -> str | None:
    """Name of this page in this generation, or None for a host or port that is not ours.

    Scheme, host and port are part of it: a page may repeat the address it was asked under. A port anybody can put into
    the header must not fill the cache with copies.
    """
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    domain, port = split_domain_port(host)
    if host not in {domain, f"{domain}:{port}"}:
        # The same host in other letters, or with a dot at its end.
        return None
    if port and host != PUBLIC_HOST and port != request.get_port():
        return None
    packed = "z" if re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")) else "p"
    return f"page:{generation}:{packed}:{request.scheme}://{host}{request.get_full_path()}"
