"""Public pages lead those who may edit them to the admin, and nobody else."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.cast import Cast
from tests.factories.glossary import term_with_labels
from tests.home.pagecache_pages import KINDS, list_of, published

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<p class="edit-link[^>]*><a href="([^"]+)"')


def edit_links(url: str, person: Any = None) -> list[str]:
    client = Client()
    if person is not None:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(url)
    assert response.status_code == 200
    return LINK.findall(response.content.decode())


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_pages_of_the_knowledge_base_lead_editors_to_their_editor(kind: Any, cast: Cast) -> None:
    page = published(kind, cast)

    assert edit_links(page.url, cast.dora) == [reverse("wagtailadmin_pages:edit", args=[page.pk])]
    assert edit_links(list_of(kind), cast.dora)


@pytest.mark.parametrize("url", ["/", "/mitmachen/", "/impressum/", "/leitfaeden/"])
def test_plain_pages_and_lists_do_so_too(url: str, cast: Cast) -> None:
    found = edit_links(url, cast.dora)

    assert len(found) == 1
    client = Client()
    client.force_login(cast.dora, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(found[0]).status_code == 200


def test_a_term_an_organisation_and_a_group_lead_to_their_form(cast: Cast) -> None:
    term = term_with_labels(cast)

    assert edit_links(term.get_absolute_url(), cast.dora) == [reverse("glossary_terms:edit", args=[term.pk])]
    assert edit_links(cast.town.get_absolute_url(), cast.dora) == [
        reverse("organisations:edit", args=[cast.town.pk])
    ]
    assert edit_links(cast.group.get_absolute_url(), cast.dora) == [
        reverse("working_groups:edit", args=[cast.group.pk])
    ]


@pytest.mark.parametrize("name", ["ada", "charlie", "bob", "alice", "gesa"])
def test_nobody_else_sees_the_link(name: str, cast: Cast) -> None:
    person = None if name == "ada" else getattr(cast, name)
    term = term_with_labels(cast)

    for url in ("/", "/mitmachen/", "/leitfaeden/", term.get_absolute_url(), cast.town.get_absolute_url()):
        assert edit_links(url, person) == []


def test_pages_where_nothing_is_edited_have_no_link(cast: Cast) -> None:
    for url in ("/glossar/", "/organisationen/", "/mein/"):
        assert edit_links(url, cast.dora) == []
