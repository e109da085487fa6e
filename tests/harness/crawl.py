"""Every page a reader without an account can reach by links, filters, the sitemap and the English prefix."""

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit
from xml.etree import ElementTree

import html5lib
from django.test import Client

HOST = "http://testserver"
# Another party's pages (Wagtail's admin, sign-in) and files are no pages of ours to read.
NOT_FOLLOWED = ("/admin/", "/static/", "/media/", "/documents/")
# Filters multiply: of one page, that many addresses with the same parameters are enough.
SAME_PARAMETERS = 3
HTML = "{http://www.w3.org/1999/xhtml}"


@dataclass
class Visit:
    """One answer of the site."""

    url: str
    status: int
    kind: str
    body: str
    cookies: list[str]
    target: str = ""
    found_on: str = ""

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    @property
    def is_page(self) -> bool:
        return self.status == 200 and self.kind.startswith("text/html")

    @cached_property
    def parser(self) -> Any:
        parser = html5lib.HTMLParser()
        parser.document = parser.parse(self.body)
        return parser

    @property
    def errors(self) -> list[str]:
        """What a strict HTML parser refuses."""
        return [f"line {line}: {code} {values}" for (line, _column), code, values in self.parser.errors]

    def all(self, *names: str) -> list[Any]:
        """Elements by name, in the order of the page."""
        wanted = {HTML + name for name in names}
        return [element for element in self.parser.document.iter() if element.tag in wanted]

    @cached_property
    def ids(self) -> Counter[str]:
        return Counter(element.get("id") for element in self.parser.document.iter() if element.get("id"))

    @cached_property
    def links(self) -> list[tuple[str, str]]:
        """(address, anchor) of every link to our own site."""
        found = []
        for element in self.all("a", "area"):
            href = element.get("href")
            if not href or href.startswith(("mailto:", "tel:")):
                continue
            parts = urlsplit(urljoin(HOST + self.url, href))
            if f"{parts.scheme}://{parts.netloc}" == HOST:
                found.append((parts.path + (f"?{parts.query}" if parts.query else ""), parts.fragment))
        return found

    @cached_property
    def choices(self) -> list[str]:
        """Addresses the page's GET forms lead to: as they stand, and with one other choice made."""
        found = []
        for form in self.all("form"):
            if form.get("method", "get").lower() == "get":
                path = urlsplit(urljoin(HOST + self.url, form.get("action") or "")).path
                found += [f"{path}?{urlencode(answers)}" for answers in _answers(form)]
        return found

    def text(self, element: Any) -> str:
        return " ".join("".join(element.itertext()).split())


@dataclass
class Site:
    """All answers by address."""

    visits: dict[str, Visit] = field(default_factory=dict)

    @property
    def pages(self) -> list[Visit]:
        return [visit for visit in self.visits.values() if visit.is_page]

    def end_of(self, url: str) -> Visit | None:
        """The answer after all redirects; None for what is not followed."""
        for _hop in range(5):
            visit = self.visits.get(url)
            if visit is None or not visit.target:
                return visit
            url = visit.target
        return None


_read: list[Site] = []


def crawl(starts: Iterable[str]) -> Site:
    """Read everything from these addresses on."""
    client, site, seen = Client(), Site(), set[str]()
    same: Counter[tuple[str, ...]] = Counter()
    queue = deque((start, "") for start in starts)
    while queue:
        url, found_on = queue.popleft()
        if url in seen or url.startswith(NOT_FOLLOWED) or not _is_new(url, same):
            continue
        seen.add(url)
        visit = site.visits[url] = _visit(client, url, found_on)
        if visit.target:
            queue.append((visit.target, url))
        elif visit.is_page:
            queue.extend((link, url) for link, _anchor in visit.links)
            queue.extend((choice, url) for choice in visit.choices)
    return site


def _answers(form: Any) -> list[list[tuple[str, str]]]:
    """What a reader could send with this form: all fields as they come, then each single other choice."""
    standing: list[tuple[str, str]] = []
    others: list[tuple[str, str]] = []
    for field_ in form.iter():
        name, kind = field_.get("name"), str(field_.tag).removeprefix(HTML)
        if name and kind == "select":
            options = [option.get("value", "") for option in field_.iter(HTML + "option")]
            standing.append((name, options[0]))
            others += [(name, value) for value in options[1:]]
        elif name and kind == "input" and field_.get("type") in {"checkbox", "radio"}:
            others.append((name, field_.get("value", "on")))
        elif name and kind == "input":
            standing.append((name, field_.get("value", "")))
    changed = [[pair for pair in standing if pair[0] != name] + [(name, value)] for name, value in others]
    return [standing, *changed]


def read_site() -> Site:
    """The whole public site as it is now, read once in this process: tests with the demo all meet the same."""
    if not _read:
        _read.append(crawl(["/", "/en/", *sitemap()]))
    return _read[0]


def sitemap() -> list[str]:
    """Addresses the sitemap names."""
    body = Client().get("/sitemap.xml").content
    places = ElementTree.fromstring(body).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")  # noqa: S314  ours
    return [urlsplit(place.text or "").path for place in places]


def _is_new(url: str, same: Counter[tuple[str, ...]]) -> bool:
    parts = urlsplit(url)
    names = tuple(sorted({name for name, _value in parse_qsl(parts.query, keep_blank_values=True)}))
    if not names:
        return True
    same[parts.path, *names] += 1
    return same[parts.path, *names] <= SAME_PARAMETERS


def _visit(client: Client, url: str, found_on: str) -> Visit:
    client.cookies.clear()
    response = client.get(url)
    kind = response.headers.get("Content-Type", "")
    location = response.headers.get("Location", "")
    target = ""
    if location and 300 <= response.status_code < 400:
        parts = urlsplit(urljoin(HOST + url, location))
        target = parts.path + (f"?{parts.query}" if parts.query else "")
    body = response.content.decode() if not response.streaming and kind.startswith("text/") else ""
    return Visit(url, response.status_code, kind, body, list(response.cookies), target, found_on)
