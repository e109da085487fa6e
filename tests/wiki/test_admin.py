"""Editors work in Wagtail's admin: forms of every kind, preview, vocabularies, what is due. Others stay outside."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.cast import Cast
from tests.wiki.conftest import make_guide
from wiki.models import GuideIndexPage, MeetingIndexPage, PracticeIndexPage

FORMS = [
    ("guidepage", GuideIndexPage),
    ("practicepage", PracticeIndexPage),
    ("meetingpage", MeetingIndexPage),
]


@pytest.mark.parametrize(("model", "index"), FORMS)
def test_editors_find_a_form_for_every_kind(cast: Cast, client: Client, model: str, index: type) -> None:
    client.force_login(cast.dora)

    response = client.get(reverse("wagtailadmin_pages:add", args=["wiki", model, index.objects.get().pk]))

    assert response.status_code == 200


def test_the_report_names_what_is_due_and_nothing_else(cast: Cast, client: Client) -> None:
    make_guide(cast, title="Ist fällig", review_on=timezone.localdate())
    make_guide(cast, title="Hat Zeit")
    client.force_login(cast.dora)

    html = client.get(reverse("wiki_review_report")).content.decode()

    assert "Ist fällig" in html
    assert "Hat Zeit" not in html


@pytest.mark.parametrize("name", ["bob", "charlie", "gesa"])
def test_others_do_not_see_the_report(cast: Cast, client: Client, name: str) -> None:
    client.force_login(getattr(cast, name))

    assert client.get(reverse("wiki_review_report")).status_code in {302, 403}


def test_an_editor_sees_a_draft_as_readers_will(cast: Cast, client: Client) -> None:
    page = make_guide(cast, title="Noch ein Entwurf", publish=False)
    client.force_login(cast.dora)

    response = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))

    assert "Noch ein Entwurf" in response.content.decode()


def test_nobody_else_sees_a_draft(cast: Cast, client: Client) -> None:
    page = make_guide(cast, title="Noch ein Entwurf", publish=False)
    client.force_login(cast.bob)

    response = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))

    assert response.status_code in {302, 403}


@pytest.mark.parametrize("model", ["fieldofaction", "targetgroup"])
def test_editors_keep_the_vocabularies(cast: Cast, client: Client, model: str) -> None:
    client.force_login(cast.dora)

    assert client.get(f"/admin/snippets/wiki/{model}/add/").status_code == 200
