"""What link previews elsewhere are told: the page's own picture, under the address of the site."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.factories.cast import Cast
from tests.wiki.conftest import make_guide, make_picture
from wiki.models.media import SOCIAL_SPEC

IMAGE = re.compile(r'<meta property="og:image" content="([^"]+)">')


@pytest.fixture(autouse=True)
def _public_address(settings: Any) -> None:
    settings.PUBLIC_URL = "https://wortlaut.example"


def previewed(url: str) -> str:
    """Asked for under another name the machine has."""
    found = IMAGE.findall(Client().get(url, headers={"host": "localhost"}).content.decode())
    assert len(found) == 1
    return str(found[0])


def test_a_page_shows_its_own_picture_in_the_size_made_on_publish(cast: Cast) -> None:
    page = make_guide(cast, picture=make_picture())
    made = page.picture.renditions.get(filter_spec=SOCIAL_SPEC)

    assert previewed(page.url) == f"https://wortlaut.example{made.file.url}"


def test_a_page_without_a_picture_shows_the_card_of_the_site(cast: Cast) -> None:
    page = make_guide(cast)

    assert previewed(page.url).startswith("https://wortlaut.example/static/img/social-card")


@pytest.mark.parametrize("url", ["/", "/glossar/", "/organisationen/"])
def test_no_page_names_the_host_a_request_came_by(url: str, cast: Cast) -> None:
    assert previewed(url).startswith("https://wortlaut.example/")
