"""Pages only people with an account see, in a real browser: axe, width, other hosts.

What readers without an account see is in test_every_page.py.
"""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.demo import Demo
from tests.harness.looking import WIDE, look

pytestmark = [pytest.mark.crawl, pytest.mark.slow]

NewContext = Callable[..., Any]

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


@pytest.fixture
def watched(new_context: NewContext) -> Page:
    """A page; other hosts, script errors and refusals of the policy fail the test afterwards."""
    return new_context(viewport=WIDE).new_page()


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
