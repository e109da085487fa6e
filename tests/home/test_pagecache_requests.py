"""Whom the page cache serves, what it keeps, and what nobody can talk it into."""

import gzip
import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from home.pagecache import middleware
from home.pagecache.keys import KNOWN_PARAMETERS, is_cacheable_request
from home.pagecache.middleware import PageCacheMiddleware, is_cacheable_response
from tests.factories.cast import make_cast
from tests.factories.glossary import entry_v1
from tests.home.pagecache_pages import KINDS, published

pytestmark = pytest.mark.django_db(transaction=True)
INDEX = "/glossar/"


@pytest.fixture(autouse=True)
def _cached(settings: Any) -> None:
    settings.PAGE_CACHE_ENABLED = True


def queries_of(url: str, client: Client | None = None, **headers: Any) -> int:
    with CaptureQueriesContext(connection) as queries:
        (client or Client()).get(url, **headers)
    return len(queries)


def kept() -> int:
    return len(caches["pages"]._cache) + len(caches["pages_with_query"]._cache)


# ---- what is served


def test_a_page_from_the_cache_costs_one_query_and_is_the_same() -> None:
    first = Client().get(INDEX)

    with CaptureQueriesContext(connection) as queries:
        second = Client().get(INDEX)

    assert len(queries) == 1
    assert second.content == first.content
    assert second.headers == first.headers


def test_a_browser_that_has_the_page_gets_304_with_the_headers_that_matter() -> None:
    first = Client().get(INDEX)

    again = Client().get(INDEX, headers={"if-none-match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert {name: again.headers[name] for name in ("ETag", "Vary", "Cache-Control")} == {
        name: first.headers[name] for name in ("ETag", "Vary", "Cache-Control")
    }


def test_another_etag_gets_the_page() -> None:
    Client().get(INDEX)

    assert Client().get(INDEX, headers={"if-none-match": 'W/"other"'}).status_code == 200


def test_browsers_are_told_to_ask_again() -> None:
    response = Client().get(INDEX)

    assert response.headers["Cache-Control"] == "no-cache"
    assert {"cookie", "accept-encoding"} <= {
        name.strip().lower() for name in response.headers["Vary"].split(",")
    }


@pytest.mark.parametrize("encoding", ["gzip", "gzip, deflate, br", "identity", ""])
def test_packed_and_plain_are_kept_apart(encoding: str) -> None:
    plain = Client().get(INDEX).content
    Client().get(INDEX, headers={"accept-encoding": "gzip"})

    response = Client().get(INDEX, headers={"accept-encoding": encoding})

    packed = response.headers.get("Content-Encoding") == "gzip"
    assert packed == ("gzip" in encoding)
    assert (gzip.decompress(response.content) if packed else response.content) == plain


def test_head_is_answered_from_the_cache_and_never_fills_it() -> None:
    Client().head(INDEX)
    before = kept()
    Client().get(INDEX)

    with CaptureQueriesContext(connection) as queries:
        head = Client().head(INDEX)

    assert (before, len(queries), head.status_code) == (0, 1, 200)


def test_both_languages_are_kept_apart_and_the_browsers_wish_changes_nothing() -> None:
    german = Client().get(INDEX, headers={"accept-language": "en"}).content

    assert Client().get(INDEX, headers={"accept-language": "de"}).content == german
    assert Client().get("/en" + INDEX).content != german


# ---- whom it leaves alone


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "messages"])
def test_whoever_brings_a_cookie_of_ours_gets_a_page_of_their_own(name: str) -> None:
    client = Client()
    client.cookies[name] = "x"
    Client().get(INDEX)

    assert queries_of(INDEX, client) > 1
    assert kept() == 1


def test_a_cookie_that_is_not_ours_changes_nothing() -> None:
    client = Client()
    client.cookies["consent"] = "x"
    Client().get(INDEX)

    assert queries_of(INDEX, client) == 1


def test_a_signed_in_person_neither_reads_nor_fills_the_cache() -> None:
    cast, client = make_cast(), Client()
    client.force_login(cast.bob, backend="django.contrib.auth.backends.ModelBackend")

    own = client.get(INDEX).content

    assert kept() == 0
    assert Client().get(INDEX).content != own


@pytest.mark.parametrize(
    "url", ["/konto/anmelden/", "/healthz", "/readyz", "/mein/", "/admin/", "/en/konto/anmelden/"]
)
def test_private_pages_are_not_kept(url: str) -> None:
    Client().get(url)

    assert kept() == 0


@pytest.mark.parametrize(
    "url", ["/gibt-es-nicht/", f"{INDEX}?utm_source=x", f"{INDEX}?{'a' * 300}=1", "/suche/?q=bildung"]
)
def test_errors_and_unknown_parameters_are_answered_and_not_kept(url: str) -> None:
    Client().get(url)

    assert kept() == 0


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
def test_other_methods_pass(method: str) -> None:
    Client().get(INDEX)

    assert getattr(Client(), method)(INDEX).status_code != 200 or method == "options"


def test_a_preview_passes() -> None:
    request = RequestFactory().get(INDEX)
    request.is_dummy = True  # type: ignore[attr-defined]

    assert not is_cacheable_request(request)


# ---- what it keeps


def answer(**headers: str) -> HttpResponse:
    return HttpResponse("x", headers={name.replace("_", "-"): value for name, value in headers.items()})


def test_cookies_secrets_and_unknown_variants_are_not_kept() -> None:
    with_cookie = answer()
    with_cookie.set_cookie("a", "b")

    assert is_cacheable_response(answer())
    assert is_cacheable_response(answer(Vary="Cookie, Accept-Language"))
    assert not is_cacheable_response(with_cookie)
    assert not is_cacheable_response(answer(Cache_Control="private"))
    assert not is_cacheable_response(answer(Cache_Control="no-store"))
    assert not is_cacheable_response(answer(Vary="Accept"))
    assert not is_cacheable_response(HttpResponse(status=206))


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-host": "evil.example"},
        {"x-forwarded-proto": "https"},
        {"x-original-url": "/konto/"},
        {"x-forwarded-prefix": "/evil"},
        {"forwarded": "host=evil.example"},
    ],
)
def test_no_header_poisons_a_page_for_others(headers: dict[str, str]) -> None:
    Client().get(INDEX, headers=headers)

    assert b"evil" not in Client().get(INDEX).content


def test_hosts_and_ports_do_not_share_pages() -> None:
    Client().get(INDEX)

    assert queries_of(INDEX, HTTP_HOST="localhost:9999", SERVER_PORT="9999") > 1
    assert queries_of(INDEX, HTTP_HOST="localhost:9999", SERVER_PORT="9999") == 1


def test_a_host_that_is_not_ours_is_refused_and_not_kept() -> None:
    assert Client().get(INDEX, HTTP_HOST="evil.example").status_code == 400
    assert kept() == 0


def test_without_a_database_the_request_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> str:
        raise DatabaseError

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("here")

    monkeypatch.setattr(middleware, "current_generation", fail)

    assert PageCacheMiddleware(view)(RequestFactory().get(INDEX)).content == b"here"


def test_pages_lie_apart_from_what_limits_attempts(settings: Any) -> None:
    assert settings.CACHES["pages"]["OPTIONS"]["MAX_ENTRIES"] == 1_000
    assert caches["pages"]._cache is not caches["default"]._cache


# ---- what pages link to


def test_every_parameter_of_our_links_and_forms_is_known() -> None:
    cast = make_cast()
    for kind in KINDS:
        published(kind, cast)
    entry = entry_v1(cast)
    pages = [
        "/", INDEX, "/suche/?q=bildung", "/leitfaeden/", "/praxis/", "/links/", "/themen/", "/treffen/",
        entry.term.get_absolute_url(), entry.get_absolute_url(), entry.round.get_absolute_url(),
    ]  # fmt: skip

    found = {name for url in pages for name in parameters(Client().get(url).content.decode())}

    # What people type is answered and not kept; its kind comes with it.
    assert found - KNOWN_PARAMETERS - {"q", "kind", "next"} == set()


def parameters(html: str) -> set[str]:
    links = re.findall(r'href="([^"#]*\?[^"#]*)', html)
    forms = re.findall(r'<form[^>]*method="get".*?</form>', html, re.DOTALL | re.IGNORECASE)
    named = {name for form in forms for name in re.findall(r'<(?:input|select)[^>]*?\bname="([^"]+)"', form)}
    return named | {
        name for link in links for name, _ in parse_qsl(urlsplit(link.replace("&amp;", "&")).query)
    }


@pytest.mark.django_db(transaction=True)
def test_invented_queries_push_out_no_page_without_a_query(client: Client) -> None:
    client.get("/glossar/")
    most = caches["pages_with_query"]._max_entries

    for number in range(most + 50):
        client.get(f"/glossar/?page={number}")

    assert len(caches["pages"]._cache) == 1
    assert 0 < len(caches["pages_with_query"]._cache) <= most


@pytest.mark.django_db(transaction=True)
def test_a_page_with_a_known_query_is_still_kept(client: Client, django_assert_num_queries: Any) -> None:
    first = client.get("/glossar/?buchstabe=A")

    with django_assert_num_queries(1):
        again = client.get("/glossar/?buchstabe=A")

    assert again.content == first.content


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("host", "number"), [("localhost", 1), ("localhost:80", 1), ("localhost:4711", 0)])
def test_an_invented_port_is_answered_and_not_kept(client: Client, host: str, number: int) -> None:
    assert client.get("/glossar/", headers={"host": host}).status_code == 200
    assert kept() == number


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("host", "number"), [("localhost", 1), ("LocalHost", 0), ("localhost.", 0)])
def test_another_spelling_of_the_host_is_answered_and_not_kept(
    client: Client, host: str, number: int
) -> None:
    assert client.get("/glossar/", headers={"host": host}).status_code == 200
    assert kept() == number
