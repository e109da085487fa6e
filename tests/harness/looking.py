"""What is wrong with a page in a real browser: in two widths and two colour schemes, folded and open, without script."""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page, ViewportSize

from tests.harness import axe
from tests.harness.traffic import Traffic

NARROW, WIDE = ViewportSize(width=320, height=700), ViewportSize(width=1280, height=900)

# Opened as readers open them: a click on the summary, which works without script. The innermost last.
OPEN_FOLDS = """() => {
    const folds = [...document.querySelectorAll('details:not([open])')]
    for (const fold of folds) fold.querySelector(':scope > summary')?.click()
    return folds.filter(fold => !fold.open).map(fold => fold.outerHTML.slice(0, 120))
}"""
SHOW_TOOLTIP = "() => document.querySelector('main a.term[aria-describedby]')?.focus()"
NEXT_FRAME = "() => new Promise(requestAnimationFrame)"
TOO_WIDE = """() => [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .slice(0, 5).map(e => e.outerHTML.slice(0, 100))"""

# What readers see and can do. Left out: what only exists with script, and what shows by pointer or focus.
OFFERED = """() => {
    const seen = e => e && e.checkVisibility({visibilityProperty: true}) && !e.closest('.tooltip, [data-copy]')
    const all = selector => [...document.querySelectorAll(selector)].filter(seen)
    const words = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) if (seen(walker.currentNode.parentElement)) words.push(walker.currentNode.data)
    return {
        words: words.join(' ').replace(/\\s+/g, ' ').trim(),
        links: all('a[href]').map(a => a.getAttribute('href')),
        forms: all('form').map(f => `${f.method} ${f.getAttribute('action')}: ${[...new FormData(f).keys()]}`),
        controls: all('input, select, textarea, button, summary').map(
            e => `${e.localName} ${e.type ?? ''} ${e.name ?? ''} ${e.disabled ? 'disabled' : ''}`),
    }
}"""
DEAD = """() => [...document.querySelectorAll(`
        button[type=button], input[type=button], form:not(:has([type=submit], button:not([type]))),
        button:not([type=button]):not(form button):not([form]), a[href="#"], a[href^="javascript:"],
        a:not([href])[role], [role=button]:not(a, button, summary), [role=tab], [onclick], [contenteditable]`)]
    .filter(e => e.checkVisibility({visibilityProperty: true})).map(e => e.outerHTML.slice(0, 120))"""


def look(page: Page) -> list[str]:
    """As the page comes and with everything open: overflow and axe, in both widths and both colour schemes.

    All rules in light; in dark those that look at colours, for the style sheets change nothing else between the two
    (a test holds them to it). The last state it leaves behind: phone width, everything open.
    """
    problems = [found for size in (WIDE, NARROW) for found in _in_size(page, size, "")]
    folds = page.locator("main details:not([open])").count()
    stuck = page.evaluate(OPEN_FOLDS)
    page.evaluate(SHOW_TOOLTIP)
    # On a wide screen only the content folds, on a phone the menu does, too.
    sizes = (WIDE, NARROW) if folds else (NARROW,)
    problems += [found for size in sizes for found in _in_size(page, size, " open")]
    return [*problems, *(f"does not open: {fold}" for fold in stuck)]


def _in_size(page: Page, size: ViewportSize, state: str) -> Iterator[str]:
    page.set_viewport_size(size)
    name = f"{size['width']} px{state}"
    for scheme, rules in (("light", None), ("dark", axe.OF_COLOUR)):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(NEXT_FRAME)
        yield from (f"{name} {scheme}: {found}" for found in axe.violations(page, rules))
    width = page.evaluate("document.scrollingElement.scrollWidth")
    if width > size["width"]:
        yield f"{name}: scrolls sideways, {width} px wide: {page.evaluate(TOO_WIDE)}"


def strangers(page: Page, traffic: Traffic) -> list[str]:
    """What the page left or asked for that it should not: cookies, other hosts, script errors. Forgets it."""
    cookies = (
        [] if "/konto/" in page.url else [f"cookie {cookie['name']}" for cookie in page.context.cookies()]
    )
    asked = [f"asked {url}" for url in traffic.foreign_requests]
    errors = [f"script error: {error}" for error in traffic.script_errors]
    refused = [f"refused: {text}" for text in traffic.console_errors if "Content Security Policy" in text]
    page.context.clear_cookies()
    for heard in (traffic.foreign_requests, traffic.script_errors, traffic.console_errors):
        heard.clear()
    return [*cookies, *asked, *errors, *refused]


def offered(page: Page) -> dict[str, Any]:
    """What readers see and can do when everything is open."""
    page.evaluate(OPEN_FOLDS)
    found: dict[str, Any] = page.evaluate(OFFERED)
    return found


def missed_without_script(page: Page, with_script: dict[str, Any]) -> list[str]:
    """On a page opened without script: what of `with_script` is not there, and what is there but dead."""
    without = offered(page)
    stuck = page.evaluate(OPEN_FOLDS)
    dead = page.evaluate(DEAD)
    return [
        *(f"without script: {name} differ: {_first_difference(without[name], with_script[name])}"
          for name in with_script if without[name] != with_script[name]),
        *(f"without script: does not open: {fold}" for fold in stuck),
        *(f"without script: dead: {element}" for element in dead),
    ]  # fmt: skip


def _first_difference(one: Any, other: Any) -> str:
    place = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    start = max(place - 20, 0) if isinstance(one, str) else place
    return f"{one[start : place + 60]!r} ≠ {other[start : place + 60]!r}"
