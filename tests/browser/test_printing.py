"""What is printed names addresses somebody can type: with the host of the site, not the path alone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page

from tests.demo import Demo

pytestmark = [pytest.mark.crawl, pytest.mark.slow]

PRINTED = {
    "term": "/glossar/digitale-bildung/",
    "entry": "/glossar/digitale-bildung/v1/",
    "guide": "/leitfaeden/erst-der-auftrag/",
    "handover": "/mein/uebergabe/stadt-musterstadt/",
}
# What is printed behind every link of the text that leads within the site.
BEHIND = """() => [...document.querySelectorAll('main a[href^="/"]')]
    .map(link => getComputedStyle(link, '::after').content.replaceAll('" "', ''))
    .filter(content => content.includes('('))"""


@pytest.mark.parametrize("name", PRINTED)
def test_printed_links_name_the_host(
    name: str, demo: Demo, new_context: Callable[..., Any], sign_in: Callable[[Page, Any], Page]
) -> None:
    page = sign_in(new_context().new_page(), demo.person("bob"))
    page.goto(PRINTED[name])
    on_screen = page.evaluate(BEHIND)
    page.emulate_media(media="print")

    printed = page.evaluate(BEHIND)

    assert on_screen == []
    assert printed
    assert [text for text in printed if not text.startswith(f'" ({settings.PUBLIC_URL}/')] == []
