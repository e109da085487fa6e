"""Every public page found by crawling, in a real browser: axe, width, other hosts, cookies, without script.

Each page is loaded once with and once without script. With script, axe runs at 320 and 1280 px, as the page comes and
with everything open (folds, the phone's menu, a tooltip): all rules in light, in dark those that judge colours, because
the style sheets change nothing else between the two, which a test here holds them to. Without script the page must
offer the same words, links, forms and controls, its folds must open, and nothing may stand there that needs script.

The pages are dealt out by their address to as many tests as there are shares, so that workers share the work.
"""

import re
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path
from playwright.sync_api import Page

from tests.demo import Demo
from tests.harness.crawl import read_site
from tests.harness.looking import NARROW, WIDE, look, missed_without_script, offered, strangers
from tests.harness.traffic import Traffic

SHARES = 12
ROOT = Path(__file__).resolve().parents[2]
# What people type leads there, no link.
UNLINKED = (
    "/glossar/gibt-es-nicht/",
    "/en/glossar/gibt-es-nicht/",
    "/suche/?q=digitale+Bildung",
    "/en/suche/?q=digitale+Bildung",
    "/suche/?q=xyzzyqwert",
    "/praxis/?feld=jugendarbeit&format=hybrid&stand=planned",
)
COLOURS = re.compile(r"--[\w-]+|color|background(-color)?|text-decoration(-color)?|color-scheme")


@pytest.fixture
def reader(new_context: Any) -> Page:
    """A page of a reader without an account."""
    return new_context(viewport=WIDE).new_page()


@pytest.fixture
def without_script(new_context: Any) -> Page:
    """The same reader's phone, without script."""
    return new_context(viewport=NARROW, java_script_enabled=False).new_page()


def problems_of(url: str, reader: Page, without_script: Page, traffic: Traffic) -> list[str]:
    reader.set_viewport_size(WIDE)
    reader.goto(url)
    without_script.goto(url)
    found = look(reader)
    found += missed_without_script(without_script, offered(reader))
    return [
        f"{url}: {problem}"
        for problem in [*found, *strangers(reader, traffic), *strangers(without_script, traffic)]
    ]


def share_of(url: str) -> int:
    return crc32(url.encode()) % SHARES


@pytest.mark.crawl
@pytest.mark.slow
@pytest.mark.parametrize("share", range(SHARES))
def test_every_page_is_accessible_fits_and_needs_no_script(
    share: int, demo: Demo, reader: Page, without_script: Page, traffic: Traffic
) -> None:
    urls = [visit.url for visit in read_site().pages if share_of(visit.url) == share]

    problems = [found for url in urls for found in problems_of(url, reader, without_script, traffic)]

    assert len(urls) > 10
    assert problems == [], f"{len(problems)} problems:\n" + "\n".join(problems[:60])


@pytest.mark.crawl
@pytest.mark.slow
def test_what_no_link_leads_to_is_so_too(
    demo: Demo, reader: Page, without_script: Page, traffic: Traffic
) -> None:
    problems = [found for url in UNLINKED for found in problems_of(url, reader, without_script, traffic)]

    assert problems == [], "\n".join(problems)


@pytest.mark.parametrize("style", sorted(ROOT.glob("static/**/*.css")), ids=lambda path: path.name)
def test_the_colour_scheme_changes_colours_only(style: Path) -> None:
    blocks = re.findall(r"prefers-color-scheme[^{]*\{((?:[^{}]*\{[^{}]*\})*)", style.read_text())
    rules = [rule for block in blocks for rule in re.findall(r"\{([^{}]*)\}", block)]

    changed = {line.split(":")[0].strip() for rule in rules for line in rule.split(";") if line.strip()}

    assert {name for name in changed if not COLOURS.fullmatch(name)} == set()


# ---- negative controls: a page for each thing that can be wrong


GOOD = '<h1>Probe</h1><p>Ein <a href="/x/">Text</a>.</p>'
# What is wrong → (content, style sheet, script, what must be said about it)
BROKEN: dict[str, tuple[str, str, str, str]] = {
    "pale in dark": (GOOD, "@media (prefers-color-scheme: dark) { p { color: #eee } }", "", "px dark: color-contrast"),
    "pale on a phone": (GOOD, "@media (max-width: 400px) { p { color: #eee } }", "", "320 px light: color-contrast"),
    "pale on a screen": (GOOD, "@media (min-width: 900px) { p { color: #eee } }", "", "1280 px light: color-contrast"),
    "no alternative": (GOOD + '<img src="/favicon.ico">', "", "", "image-alt"),
    "pale inside a fold": (
        GOOD + "<details><summary>Mehr</summary><p>Blass</p></details>", "details p { color: #eee }", "",
        "1280 px open light: color-contrast",
    ),
    "too wide": (GOOD, "p { width: 330px }", "", "320 px: scrolls sideways"),
    "too wide when open": (
        GOOD + "<details><summary>Mehr</summary><p>Breit</p></details>", "details p { width: 330px }", "",
        "320 px open: scrolls sideways",
    ),
    "other hosts": (GOOD + '<img alt="x" src="http://127.0.0.1:9/x.png">', "", "", "asked http://127.0.0.1:9/x.png"),
    "a cookie of the server": (GOOD, "", "", "cookie probe"),
    "a cookie of the script": (GOOD, "", "document.cookie = 'own=1'", "cookie own"),
    "a script error": (GOOD, "", "throw new Error('boom')", "script error"),
    "words by script": (GOOD, "", "document.querySelector('p').append('mehr')", "words differ"),
    "a link by script": (GOOD, "", "document.querySelector('p').innerHTML += '<a href=/y/></a>'", "links differ"),
    "a form by script": (
        GOOD, "", "document.querySelector('main').innerHTML += '<form action=/y/><button>Los</button></form>'",
        "forms differ",
    ),
    "a fold that script opens": (
        GOOD + "<details><p>Zu</p></details>", "", "", "does not open",
    ),
    "a dead button": (GOOD + '<button type="button">Los</button>', "", "", "dead: <button"),
    "a dead link": (GOOD + '<a href="#">Los</a>', "", "", "dead: <a"),
    "a form without a button": (
        GOOD + '<form><label>Wort <input name="q"></label></form>', "", "", "dead: <form",
    ),
}  # fmt: skip


def _broken(request: HttpRequest, name: str) -> HttpResponse:
    content, _style, _script, _said = BROKEN[name]
    head = (
        f'<link rel="icon" href="data:,"><link rel="stylesheet" href="/{name}/style.css"><title>Probe</title>'
    )
    body = f"<body><main>{content}</main><script src='/{name}/script.js'></script>"
    page = HttpResponse(f'<!doctype html><html lang="de"><head>{head}</head>{body}</html>')
    if name == "a cookie of the server":
        page.set_cookie("probe", "1")
    return page


def _style(request: HttpRequest, name: str) -> HttpResponse:
    always = ":root { background: #fff; color: #000 } a { color: #00e }"
    return HttpResponse(f"{always} {BROKEN[name][1]}", content_type="text/css")


def _script(request: HttpRequest, name: str) -> HttpResponse:
    return HttpResponse(BROKEN[name][2], content_type="text/javascript")


BROKEN["nothing"] = (GOOD, "", "", "")
urlpatterns = [
    path("<str:name>/", _broken),
    path("<str:name>/style.css", _style),
    path("<str:name>/script.js", _script),
]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_with_a_page_is_said(
    name: str, reader: Page, without_script: Page, traffic: Traffic
) -> None:
    problems = problems_of(f"/{name}/", reader, without_script, traffic)

    said = BROKEN[name][3]
    assert any(said in problem for problem in problems) if said else problems == [], "\n".join(problems)
