"""What is measured, against which target, and how it is printed."""

import cProfile
import pstats
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from bench.measure import Server, milliseconds
from glossary.models import Definition, Round, Term
from people.models import User
from wiki.models import GuidePage

GZIP = {"HTTP_ACCEPT_ENCODING": "gzip"}
# Issue 3, "Must show" 5.
HELLO_OVER_BARE = 3.0
FIRST_VISIT, SECOND_PAGE = 120_000, 20_000
WARM_UP = 5
ASSET = re.compile(r'<(?:link|script)\b[^>]*?(?:href|src)="(/static/[^"]+)"[^>]*>')


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of page: its address, who asks, and how many hello views it may cost. None: only told."""

    name: str
    url: str
    most: float | None
    cached: bool = False
    signed_in: bool = False


def cases() -> list[Case]:
    """Addresses in the benchmark's data. Cached pages are served from the cache, all others are rendered each time."""
    term = Term.objects.get(slug="digitale-bildung")
    first, second = Definition.objects.filter(term=term).order_by("pk")[:2]
    guide = GuidePage.objects.get(title__startswith="Leitfaden 1000:")
    page, address = guide.url or "", term.get_absolute_url()
    asked = Round.objects.get(term=term, state="announced")
    compared = f"{address}vergleich/?a={first.wording.key}&b={second.wording.key}"
    return [
        Case("cached term page", address, 1.2, cached=True),
        Case("cached guide", page, 1.2, cached=True),
        Case("term page", address, 50),
        Case("guide", page, 50),
        Case("signed-in term page", address, 75, signed_in=True),
        Case("signed-in guide", page, 75, signed_in=True),
        Case("search", f"/suche/?q={quote('Lernraum Beratung')}", 60),
        Case("comparison", compared, 40),
        Case("home page", "/", None),
        Case("glossary index", "/glossar/", None),
        Case("round, 60 seats", asked.get_absolute_url(), None),
        Case("definition, 100 comments", first.get_absolute_url(), None),
        Case("guide index", "/leitfaeden/", None),
    ]


class Bench:
    """Three servers: as in production, without the page cache, and without any middleware."""

    def __init__(self) -> None:
        self.cookie = _cookie()
        with override_settings(ROOT_URLCONF="bench.urls"):
            self.server = Server(WSGIHandler())
        with override_settings(ROOT_URLCONF="bench.urls", MIDDLEWARE=[]):
            self.bare = Server(WSGIHandler())

    def request(self, case: Case, *, gzip: bool = False) -> Callable[[], bytes]:
        """Asks for the page in the way the case says."""
        headers = {**(GZIP if gzip else {}), **({"HTTP_COOKIE": self.cookie} if case.signed_in else {})}

        def ask() -> bytes:
            settings.PAGE_CACHE_ENABLED = case.cached
            body = self.server.get(case.url, headers=headers)
            settings.PAGE_CACHE_ENABLED = True
            return body

        return ask

    def hello(self, size: int, *, gzip: bool = False) -> Callable[[], bytes]:
        """A view of that size through the full middleware; the cache is on and leaves it alone."""
        return lambda: self.server.get(f"/mein/hallo/{size}/", headers=GZIP if gzip else {})


@override_settings(ROOT_URLCONF="bench.urls")
def run(*, rounds: int) -> list[str]:
    """Measure and print everything; returns the names of what missed its target."""
    bench, missed = Bench(), []
    print(f"\n{'page':<26}{'bytes':>9}{'queries':>9}{'ms':>9}{'hello ms':>10}{'× hello':>9}{'target':>8}")
    for case in cases():
        row = _measured(bench, case, rounds)
        if row is None:
            print(f"{case.name:<26} answered {bench.server.status}")
            missed.append(case.name)
            continue
        size, queries, own, hello = row
        ratio, target = own / hello, f"≤ {case.most:g}" if case.most else ""
        print(f"{case.name:<26}{size:>9,}{queries:>9}{own:>9.2f}{hello:>10.3f}{ratio:>9.2f}{target:>8}")
        if case.most and ratio > case.most:
            missed.append(case.name)
    missed += _hello_over_bare(bench, rounds)
    missed += _bytes(bench)
    return missed


def _measured(bench: Bench, case: Case, rounds: int) -> tuple[int, int, float, float] | None:
    """Bytes, queries, milliseconds, and those of a hello view of the same size in between."""
    request = bench.request(case)
    for _ in range(WARM_UP):
        body = request()
    if not bench.server.status.startswith("200"):
        return None
    with CaptureQueriesContext(connection) as captured:
        request()
    queries = len(captured)  # before the next request empties the log
    found = milliseconds(
        {"own": request, "hello": bench.hello(len(body))}, rounds=rounds * (20 if case.cached else 1)
    )
    return len(body), queries, found["own"], found["hello"]


def _hello_over_bare(bench: Bench, rounds: int) -> list[str]:
    """The whole middleware may cost twice the view's own way through Django."""
    size = 30_000
    bare = lambda: bench.bare.get(f"/mein/hallo/{size}/")  # noqa: E731
    found = milliseconds({"hello": bench.hello(size), "bare": bare}, rounds=rounds * 20)
    ratio = found["hello"] / found["bare"]
    print(
        f"\nhello {found['hello']:.3f} ms ÷ without middleware {found['bare']:.3f} ms = {ratio:.2f} (≤ {HELLO_OVER_BARE:g})"
    )
    return ["hello"] if ratio > HELLO_OVER_BARE else []


def _bytes(bench: Bench) -> list[str]:
    """What a first visit and the page after it bring over the wire, pictures left out."""
    home = bench.server.get("/", headers=GZIP)
    plain = bench.server.get("/").decode()
    parts = {"/": len(home)} | {url: len(bench.server.get(url, headers=GZIP)) for url in assets(bench, plain)}
    guide = next(case for case in cases() if case.name == "guide")
    second = len(bench.server.get(guide.url, headers=GZIP))
    first = sum(parts.values())
    print(
        f"first visit {first:,} bytes in {len(parts)} files (≤ {FIRST_VISIT:,}), second page {second:,} (≤ {SECOND_PAGE:,})"
    )
    for url, size in sorted(parts.items(), key=lambda item: -item[1])[:6]:
        print(f"    {size:>8,}  {url}")
    return [
        name
        for name, size, most in (("first visit", first, FIRST_VISIT), ("second page", second, SECOND_PAGE))
        if size > most
    ]


def assets(bench: Bench, html: str) -> list[str]:
    """Style sheets, scripts, fonts and icons the page loads."""
    found = list(dict.fromkeys(ASSET.findall(html) + re.findall(r'<use href="(/static/[^"#]+)', html)))
    for url in [url for url in found if url.endswith(".css")]:
        css = bench.server.get(url).decode()
        base = url.rsplit("/", 1)[0]
        for name in re.findall(r"url\([\"']?([^\"')]+)[\"']?\)", css):
            if not name.startswith(("data:", "#")):
                found.append(_joined(base, name))
    return list(dict.fromkeys(found))


def _joined(base: str, name: str) -> str:
    while name.startswith("../"):
        base, name = base.rsplit("/", 1)[0], name[3:]
    return name if name.startswith("/") else f"{base}/{name}"


@override_settings(ROOT_URLCONF="bench.urls")
def profile(name: str) -> None:
    """Where the time of one kind of page goes, and its queries."""
    bench = Bench()
    case = next(case for case in cases() if case.name == name)
    request = bench.request(case)
    for _ in range(WARM_UP):
        request()
    with CaptureQueriesContext(connection) as queries:
        request()
    for query in queries:
        print(query["sql"][:220])
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(30):
        request()
    profiler.disable()
    pstats.Stats(profiler, stream=sys.stdout).sort_stats("tottime").print_stats(45)
    pstats.Stats(profiler, stream=sys.stdout).sort_stats("cumulative").print_stats(60)


def _cookie() -> str:
    """The session of somebody who speaks for an organisation."""
    client = Client()
    client.force_login(
        User.objects.get(email="speaker0@bench.example"), backend=settings.AUTHENTICATION_BACKENDS[0]
    )
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
