"""One page of every template and state in a real browser: axe, width, other hosts, script off.

All pages are read by test_crawl.py; a browser for each of them, in two widths and two colour schemes, would take far
longer than five minutes.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from glossary.models import Definition
from glossary.states import DefinitionOrigin
from tests.demo import Demo
from tests.harness import axe

pytestmark = [pytest.mark.crawl, pytest.mark.slow]

NARROW, WIDE = {"width": 320, "height": 700}, {"width": 1280, "height": 900}
NewContext = Callable[..., Any]

ADDRESSES = {
    "home": "/",
    "home in English": "/en/",
    "glossary index": "/glossar/",
    "glossary index filtered": "/glossar/?status=agreed",
    "term agreed": "/glossar/digitale-bildung/",
    "term agreed in English": "/en/glossar/digitale-bildung/",
    "term agreed without dissent": "/glossar/kommunale-koordinierung/",
    "term not negotiated": "/glossar/medienkompetenz/",
    "term retired": "/glossar/edv-schulung/",
    "history": "/glossar/digitale-bildung/verlauf/",
    "comparison, nothing chosen": "/glossar/digitale-bildung/vergleich/",
    "entry": "/glossar/digitale-bildung/v1/",
    "entry in English": "/en/glossar/digitale-bildung/v1/",
    "rounds": "/glossar/runden/",
    "guides": "/leitfaeden/",
    "guide": "/leitfaeden/erst-der-auftrag/",
    "practices": "/praxis/",
    "practices filtered": "/praxis/?format=hybrid",
    "practices in English": "/en/praxis/",
    "practice": "/praxis/offene-sprechstunde/",
    "link collections": "/links/",
    "link collection": "/links/recht-schutz-und-zugang/",
    "topics": "/themen/",
    "topic": "/themen/wie-viel-verstehen/",
    "meetings": "/treffen/",
    "meeting past": "/treffen/austausch-zum-ersten-entwurf/",
    "meeting to come": "/treffen/ergebnis-der-zweiten-runde/",
    "plain page": "/so-geht-es/",
    "organisations": "/organisationen/",
    "organisation": "/organisationen/stadt-musterstadt/",
    "working groups": "/arbeitsgruppen/",
    "working group": "/arbeitsgruppen/digitale-bildung/",
    "search, nothing asked": "/suche/",
    "search": "/suche/?q=digitale+Bildung",
    "search without result": "/suche/?q=xyzzyqwert",
    "sign in": "/konto/anmelden/",
    "sign in by code": "/konto/anmelden/code/",
    "password forgotten": "/konto/passwort/vergessen/",
    "not found": "/glossar/gibt-es-nicht/",
}
ROUNDS = {
    "round open": "digitale-bildung",
    "round over": "dritter-ort",
    "round to come": "digitale-teilhabe",
    "round closed": "kommunale-koordinierung",
}
DEFINITIONS = {
    "definition quoted": DefinitionOrigin.SOURCE,
    "definition proposed": DefinitionOrigin.PROPOSAL,
    "joint draft": DefinitionOrigin.JOINT_DRAFT,
}
# Pages for people with an account: who looks at which.
SIGNED_IN = {
    "own area of a speaker": ("bob", "/mein/"),
    "own area of the moderation": ("alice", "/mein/"),
    "own area without a mandate": ("charlie", "/mein/"),
    "account": ("bob", "/konto/"),
    "handover": ("bob", "/mein/uebergabe/stadt-musterstadt/"),
    "who acts, for the speaker": ("bob", "/organisationen/stadt-musterstadt/vertretung/"),
    "name somebody": ("bob", "/organisationen/stadt-musterstadt/vertretung/benennen/"),
    "who acts, for the moderation": ("alice", "/arbeitsgruppen/digitale-bildung/vertretungen/"),
    "guide with the way to its editor": ("dora", "/leitfaeden/erst-der-auftrag/"),
    "propose": ("bob", "/glossar/digitale-bildung/vorschlagen/"),
    "plan a round": ("alice", "/glossar/digitale-teilhabe/runde-planen/"),
    "support": ("noa", "/glossar/digitale-bildung/v1/mittragen/"),
    "refused": ("charlie", "/glossar/digitale-bildung/vorschlagen/"),
    "guide with its discussion": ("charlie", "/leitfaeden/erst-der-auftrag/"),
}


def address(name: str, demo: Demo) -> str:
    if name in ROUNDS:
        return demo.round(ROUNDS[name]).get_absolute_url()
    if name in DEFINITIONS:
        rows = Definition.objects.filter(term=demo.term("digitale-bildung"), origin=DEFINITIONS[name])
        return rows.select_related("term")[0].get_absolute_url()
    if name == "comparison":
        a, b = Definition.objects.filter(term=demo.term("digitale-bildung")).order_by("-pk")[:2]
        return f"/glossar/digitale-bildung/vergleich/?a={a.wording.key}&b={b.wording.key}"
    return ADDRESSES[name]


PUBLIC = [*ADDRESSES, *ROUNDS, *DEFINITIONS, "comparison"]


@pytest.fixture
def watched(new_context: NewContext) -> Page:
    """A page of a reader; other hosts, script errors and refusals of the policy fail the test afterwards."""
    return new_context(viewport=WIDE).new_page()


def look(page: Page) -> list[str]:
    """Everything wrong with the page in two widths and two colour schemes."""
    problems = []
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        width = page.evaluate("document.scrollingElement.scrollWidth")
        if width > size["width"]:
            problems.append(f"{size['width']} px: scrolls sideways, {width} px wide: {too_wide(page)}")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.evaluate(
                "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
            )
            problems += [f"{size['width']} px {scheme}: {found}" for found in axe.violations(page)]
    return problems


def too_wide(page: Page) -> list[str]:
    return page.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
            .slice(0, 5).map(e => e.outerHTML.slice(0, 100))"""
    )


@pytest.mark.parametrize("name", PUBLIC)
def test_page_is_accessible_and_fits(name: str, demo: Demo, watched: Page) -> None:
    watched.goto(address(name, demo))

    problems = look(watched)

    assert problems == [], "\n".join(problems)
    on_account = "/konto/" in watched.url
    assert on_account or watched.context.cookies() == []


@pytest.mark.parametrize("name", SIGNED_IN)
def test_page_for_people_with_an_account_is_accessible_and_fits(
    name: str, demo: Demo, watched: Page, sign_in: Callable[[Page, Any], Page]
) -> None:
    person, url = SIGNED_IN[name]
    sign_in(watched, demo.person(person)).goto(url)

    problems = look(watched)

    assert problems == [], "\n".join(problems)


def test_the_form_of_an_open_round_and_its_preview_are_accessible_and_fit(
    demo: Demo, watched: Page, sign_in: Callable[[Page, Any], Page]
) -> None:
    sign_in(watched, demo.person("hanna")).goto(demo.round("digitale-bildung").get_absolute_url())
    form = look(watched)
    watched.get_by_role("button", name="Rückmeldung prüfen").click()
    refused = look(watched)
    watched.locator("input[name=value][value=consent]").check()
    watched.get_by_role("button", name="Rückmeldung prüfen").click()
    preview = look(watched)

    problems = [*form, *refused, *preview]

    assert problems == [], "\n".join(problems)


@pytest.mark.parametrize(
    "name", ["home", "term agreed", "round open", "guide", "practices", "search", "sign in", "entry"]
)
def test_page_says_the_same_without_script(name: str, demo: Demo, new_context: NewContext) -> None:
    url = address(name, demo)
    with_script, without = new_context().new_page(), new_context(java_script_enabled=False).new_page()

    with_script.goto(url)
    without.goto(url)

    assert words(without) == words(with_script)
    assert without.locator("main form").count() == with_script.locator("main form").count()


def words(page: Page) -> str:
    """What the page says, but for buttons that only exist with script."""
    text = page.locator("main").inner_text()
    return re.sub(r"\s+", " ", text.replace("Zitat kopieren", "")).strip()
