"""Wagtail's routes outside the admin: pages and documents, by role. Nobody reads there what is not public."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import Collection

from tests.home.pagecache_pages import published
from tests.routes.conftest import Ask
from tests.routes.registry import all_routes, own_routes
from tests.routes.scene import ROLES, Scene
from wiki.actions.pages import unpublish_page
from wiki.models import Attachment, GuidePage

# What they are, and the test that asks for each; sign-in is in the table of our own routes, under our view.
KNOWN = {
    "wagtail_serve",
    "wagtaildocs_serve",
    "wagtailcore_login",
    "wagtailcore_authenticate_with_password",
    "wagtaildocs_authenticate_with_password",
}
# Wagtail's name for it; our view there leads on to our sign-in.
SIGN_IN = "/_util/login/"


def test_no_other_route_is_open() -> None:
    own = set(own_routes())

    assert {route.name for route in all_routes() if not route.admin and route.name not in own} == KNOWN


def codes(ask: Ask, url: str, method: str = "GET") -> list[int]:
    answers = [ask(role, method, url) for role in ROLES]
    for answer in answers:
        answer.close()
    return [answer.status_code for answer in answers]


@pytest.fixture
def page(scene: Scene) -> Any:
    return published(GuidePage, scene.cast)


@pytest.fixture
def document(scene: Scene, settings: Any, tmp_path: Any) -> Attachment:
    settings.MEDIA_ROOT = tmp_path
    return Attachment.objects.create(title="Datei", file=SimpleUploadedFile("datei.txt", b"Text"))


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_page_is_for_everybody_and_a_form_changes_nothing(method: str, page: Any, ask: Ask) -> None:
    assert codes(ask, page.url, method) == [200] * len(ROLES)


def test_a_page_that_is_not_public_is_not_there_for_anybody(page: Any, scene: Scene, ask: Ask) -> None:
    unpublish_page(page=page, by=scene.cast.dora)

    assert codes(ask, page.url) == [404] * len(ROLES)


def test_a_restricted_page_asks_to_sign_in(page: Any, ask: Ask) -> None:
    page.view_restrictions.create(restriction_type="login")

    answer = ask("ada", "GET", page.url)

    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, SIGN_IN)
    assert codes(ask, page.url)[1:] == [200] * (len(ROLES) - 1)


def test_a_document_is_for_everybody(document: Attachment, ask: Ask) -> None:
    assert codes(ask, document.url) == [200] * len(ROLES)


def test_a_restricted_document_asks_to_sign_in(document: Attachment, ask: Ask) -> None:
    collection = Collection.get_first_root_node().add_child(name="Intern")
    collection.view_restrictions.create(restriction_type="login")
    document.collection = collection
    document.save()

    answer = ask("ada", "GET", document.url)

    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, SIGN_IN)
    assert codes(ask, document.url)[1:] == [200] * (len(ROLES) - 1)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "url", ["/documents/authenticate_with_password/1/", "/_util/authenticate_with_password/1/1/"]
)
def test_there_are_no_pages_with_passwords_to_ask_for(url: str, method: str, ask: Ask) -> None:
    assert codes(ask, url, method) == [404] * len(ROLES)
