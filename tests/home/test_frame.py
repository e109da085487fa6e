"""The frame of every page, and what of it is kept: what depends on the reader or the data is not."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client, RequestFactory
from django.utils import translation
from wagtail.models import Site

from home.kept import kept
from home.models import HomePage
from home.routing import known_site
from home.static_files import ManifestStorage
from home.templatetags.home_tags import site_footer, site_header
from tests.factories.cast import Cast


def test_what_is_kept_is_made_once_for_the_same_arguments(settings: Any) -> None:
    settings.DEBUG = False
    made: list[str] = []
    make = kept(lambda word: made.append(word) or word)

    assert [make("a"), make("b"), make("a")] == ["a", "b", "a"]
    assert made == ["a", "b"]


def test_nothing_is_kept_while_templates_change(settings: Any) -> None:
    settings.DEBUG = True
    made: list[str] = []
    make = kept(lambda word: made.append(word))
    make("a")
    make("a")

    assert made == ["a", "a"]


def test_the_foot_is_in_the_language_of_the_page() -> None:
    with translation.override("de"):
        german = site_footer()
    with translation.override("en"):
        english = site_footer()

    assert 'href="/impressum/"' in german
    assert 'href="/en/impressum/"' in english


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "mark"), [("/glossar/", "page"), ("/glossar/bildung/", "true"), ("/suche/", None)]
)
def test_the_head_marks_the_section_the_page_is_in(path: str, mark: str | None) -> None:
    head = site_header({"request": RequestFactory().get(path)})

    marked = f'href="/glossar/" aria-current="{mark}"'
    assert head.count(marked) == (2 if mark else 0)
    assert ("aria-current" in head) is (mark is not None)


def test_the_head_renders_without_request_and_user() -> None:
    assert site_header({}).count("<nav") == 2


def test_the_head_knows_who_is_signed_in(client: Client, cast: Cast) -> None:
    anonymous = client.get("/suche/").content.decode()
    client.force_login(cast.bob)
    signed_in = client.get("/suche/").content.decode()

    assert anonymous.count('class="site-tools__account" href="/konto/') == 2
    assert signed_in.count('class="site-tools__account" href="/mein/"') == 2


def test_the_address_of_a_static_file_is_worked_out_anew_with_a_new_manifest(
    tmp_path: Path, settings: Any
) -> None:
    settings.DEBUG = False
    storage = ManifestStorage(location=tmp_path, base_url="/static/")
    storage.save("a.css", ContentFile(b"a"))
    storage.hashed_files = {"a.css": "a.1.css"}
    before = storage.url("a.css")
    storage.hashed_files = {"a.css": "a.2.css"}
    kept_meanwhile = storage.url("a.css")
    storage.save_manifest()

    assert (before, kept_meanwhile, storage.url("a.css")) == (
        "/static/a.1.css", "/static/a.1.css", "/static/a.2.css",
    )  # fmt: skip


@pytest.mark.django_db
def test_requests_share_neither_site_nor_home_page() -> None:
    first, second = RequestFactory().get("/"), RequestFactory().get("/")
    known_site(first)
    known_site(second)

    one, other = Site.find_for_request(first), Site.find_for_request(second)
    assert one == other
    assert one is not other
    assert isinstance(one.root_page, HomePage)
    assert one.root_page is not other.root_page


@pytest.mark.django_db(transaction=True)
def test_a_home_page_that_changed_is_known_to_the_next_request() -> None:
    known_site(RequestFactory().get("/"))
    home = HomePage.objects.get()
    home.heading = "Ganz neu"
    home.save()
    request = RequestFactory().get("/")
    known_site(request)

    assert Site.find_for_request(request).root_page.heading == "Ganz neu"
