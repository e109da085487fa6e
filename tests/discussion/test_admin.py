"""The moderators' desk."""

import pytest
from django.urls import reverse

from discussion.actions.comments import post_comment
from discussion.models import Comment


@pytest.fixture
def comment(cast, topic):
    return post_comment(target=topic, by=cast.bob, text="Ein Wort zu viel")


def test_moderators_see_hide_and_restore(cast, comment, client):
    client.force_login(cast.gesa)

    page = client.get(reverse("contributions:index"))
    client.post(reverse("contributions:hide", args=[comment.pk]), {"reason": "Ton"})
    hidden = Comment.objects.get(pk=comment.pk).is_public
    client.post(reverse("contributions:restore", args=[comment.pk]))

    assert "Ein Wort zu viel" in page.content.decode()
    assert reverse("contributions:hide", args=[comment.pk]) in page.content.decode()
    assert hidden is False
    assert Comment.objects.get(pk=comment.pk).is_public


@pytest.mark.parametrize("name", ["alice", "bob", "dora", "charlie"])
@pytest.mark.parametrize("route", ["index", "hide", "restore", "inspect"])
def test_nobody_else_gets_in(cast, comment, client, name, route):
    client.force_login(getattr(cast, name))
    args = [] if route == "index" else [comment.pk]

    answer = client.post(reverse(f"contributions:{route}", args=args))

    assert answer.status_code in {302, 403, 405}
    assert "Ein Wort zu viel" not in answer.content.decode()
    assert Comment.objects.get(pk=comment.pk).is_public


def test_moderators_reach_nothing_else(cast, comment, client):
    client.force_login(cast.gesa)

    assert client.get("/admin/").status_code == 200
    for name in ("organisations:index", "mandates:index", "wagtailusers_users:index"):
        assert client.get(reverse(name)).status_code in {302, 403}


def test_search_with_a_quotation_mark_is_answered(cast, comment, client):
    client.force_login(cast.gesa)

    assert client.get(reverse("contributions:index"), {"q": '"'}).status_code == 200
