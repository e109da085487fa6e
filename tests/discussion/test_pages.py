"""Threads as people see them, and every route for every role."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import reverse

from discussion.actions.comments import delete_comment, hide_comment, post_comment, set_members_only
from discussion.models import Comment
from discussion.queries import ROOTS_PER_PAGE, comments_on

ROUTES = ["reply", "edit", "delete", "hide", "restore"]


def render(topic, user, **query):
    request = RequestFactory().get("/dort/", query)
    request.user = user
    context = Context({"object": topic, "request": request, "user": user, "csrf_token": "TOKEN"})
    return Template("{% load discussion_tags %}{% thread object %}").render(context)


@pytest.fixture
def ada():
    return AnonymousUser()


@pytest.fixture
def signed_in(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def post_url(topic):
    return reverse("discussion:post", kwargs={"kind": "people.organisation", "object_pk": topic.pk})


def url(name, comment):
    return reverse(f"discussion:{name}", args=[comment.pk])


def test_anonymous_readers_get_the_words_and_no_token(cast, topic, ada):
    post_comment(target=topic, by=cast.bob, text="Ein Wort")

    html = render(topic, ada)

    assert "Ein Wort" in html
    assert "TOKEN" not in html
    assert "<form" not in html
    assert reverse("account_login") in html


def test_trap_nothing_of_a_hidden_object_is_rendered(cast, topic, ada, rules):
    post_comment(target=topic, by=cast.bob, text="Ein Wort")
    rules.readable = False

    assert render(topic, ada).strip() == ""


def test_hidden_text_is_for_moderators_only(cast, topic, ada):
    comment = post_comment(target=topic, by=cast.bob, text="Unerhörtes")
    hide_comment(comment=comment, by=cast.gesa)

    assert "Unerhörtes" not in render(topic, ada)
    assert "Unerhörtes" not in render(topic, cast.dora)
    assert "Unerhörtes" in render(topic, cast.gesa)


def test_display_name_is_shown_and_no_address(cast, topic, ada):
    cast.bob.display_name = "Robert B."
    cast.bob.save()
    post_comment(target=topic, by=cast.bob, text="Ein Wort")

    html = render(topic, ada)

    assert "Robert B." in html
    assert "demo.example" not in html


def test_trap_no_picture_is_fetched_from_elsewhere(cast, topic, ada):
    post_comment(target=topic, by=cast.bob, text="Ein Wort")

    assert "<img" not in render(topic, ada)


def test_participants_only_thread_hides_its_words(cast, topic, ada):
    post_comment(target=topic, by=cast.bob, text="Internes")
    set_members_only(target=topic, by=cast.gesa, members_only=True)

    assert "Internes" not in render(topic, ada)
    assert "Internes" not in render(topic, cast.charlie)
    assert "Internes" in render(topic, cast.fatma)


@pytest.mark.usefixtures("_no_limit")
@pytest.mark.parametrize("name", ["ada", "bob"])
def test_trap_queries_are_the_same_for_5_and_for_500_comments(
    cast, topic, other_topic, ada, name, django_assert_max_num_queries
):
    user = ada if name == "ada" else cast.bob
    fill(topic, cast.bob, 5)
    fill(other_topic, cast.bob, 500)
    render(topic, user)

    counts = []
    for target in (topic, other_topic):
        with django_assert_max_num_queries(8) as queries:
            html = render(target, user)
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert "Beitrag 499" in html or "Beitrag 49" in html


def fill(topic, user, number):
    """`number` comments, every second one an answer."""
    root = None
    for n in range(number):
        parent = root if n % 2 else None
        comment = post_comment(target=topic, by=user, text=f"Beitrag {n}", parent=parent)
        root = comment if parent is None else root


@pytest.mark.usefixtures("_no_limit")
def test_pages_of_a_long_thread(cast, topic, ada):
    for n in range(ROOTS_PER_PAGE + 1):
        post_comment(target=topic, by=cast.bob, text=f"Nr. {n}.")

    first, second, beyond = (
        render(topic, ada),
        render(topic, ada, beitraege=2),
        render(topic, ada, beitraege=99),
    )

    assert "Nr. 49." in first
    assert "Nr. 50." not in first
    assert "Nr. 50." in second
    assert "Nr. 50." in beyond


@pytest.mark.parametrize("value", ["x", "-1", "0", "²", "9" * 40])
def test_strange_page_numbers_are_the_first_page_or_the_last(cast, topic, ada, value):
    post_comment(target=topic, by=cast.bob, text="Ein Wort")

    assert "Ein Wort" in render(topic, ada, beitraege=value)


def test_posting_leads_to_the_contribution(cast, topic, signed_in):
    answer = signed_in(cast.charlie).post(post_url(topic), {"text": "Guten Tag"})

    comment = comments_on(topic).get()
    assert answer.status_code == 302
    assert answer.url == f"{topic.get_absolute_url()}#beitrag-{comment.pk}"


def test_refused_contribution_keeps_what_was_typed(cast, topic, rules, signed_in):
    client = signed_in(cast.charlie)
    rules.writable = False

    answer = client.post(post_url(topic), {"text": "Mühsam getippt"})

    assert answer.status_code == 422
    assert "Mühsam getippt" in answer.content.decode()


def test_too_long_contribution_keeps_what_was_typed(cast, topic, signed_in):
    answer = signed_in(cast.charlie).post(post_url(topic), {"text": "a" * 5001})

    assert answer.status_code == 422
    assert "a" * 5001 in answer.content.decode()


def test_answering_and_editing_through_the_pages(cast, topic, signed_in):
    root = post_comment(target=topic, by=cast.bob, text="Frage")
    client = signed_in(cast.erik)

    page = client.get(url("reply", root))
    client.post(url("reply", root), {"text": "Antwrot"})
    answer = comments_on(topic).get(level=1)
    client.post(url("edit", answer), {"text": "Antwort"})

    assert "Frage" in page.content.decode()
    assert comments_on(topic).get(level=1).comment == "Antwort"


def test_deleting_asks_first(cast, topic, signed_in):
    comment = post_comment(target=topic, by=cast.bob, text="Wort")
    client = signed_in(cast.bob)

    client.get(url("delete", comment))
    there = Comment.objects.get(pk=comment.pk).is_removed
    client.post(url("delete", comment))

    assert there is False
    assert Comment.objects.get(pk=comment.pk).is_removed


def test_moderator_hides_and_restores_through_the_pages(cast, topic, signed_in):
    comment = post_comment(target=topic, by=cast.bob, text="Wort")
    client = signed_in(cast.gesa)

    client.post(url("hide", comment), {"reason": "Ton"})
    hidden = Comment.objects.get(pk=comment.pk).is_public
    client.post(url("restore", comment))

    assert hidden is False
    assert Comment.objects.get(pk=comment.pk).is_public


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["bob", "gesa", "dora"])
def test_trap_no_route_answers_about_a_hidden_object(cast, topic, rules, signed_in, route, method, name):
    comment = post_comment(target=topic, by=cast.bob, text="Geheimes")
    rules.readable = False
    client = signed_in(getattr(cast, name))

    answer = getattr(client, method)(url(route, comment))

    assert answer.status_code in ({404, 405} if (route, method) == ("restore", "get") else {404})
    assert "Geheimes" not in answer.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_trap_posting_to_a_hidden_object_finds_nothing(cast, topic, rules, signed_in, method):
    rules.readable = False

    assert getattr(signed_in(cast.bob), method)(post_url(topic)).status_code == 404


@pytest.mark.parametrize("kind", ["auth.group", "people.user", "nonsense", "people.workinggroup"])
def test_only_registered_and_readable_kinds_have_threads(cast, topic, signed_in, kind):
    address = reverse("discussion:post", kwargs={"kind": kind, "object_pk": "1"})

    assert signed_in(cast.admin).post(address, {"text": "x"}).status_code == 404


@pytest.mark.parametrize("route", ROUTES)
def test_anonymous_readers_are_sent_to_sign_in(cast, topic, route):
    comment = post_comment(target=topic, by=cast.bob, text="Wort")

    answer = Client().post(url(route, comment))

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("route", ROUTES)
def test_trap_nothing_changes_by_get(cast, topic, signed_in, route):
    comment = post_comment(target=topic, by=cast.gesa, text="Wort")

    signed_in(cast.gesa).get(url(route, comment))

    row = Comment.objects.get(pk=comment.pk)
    assert (row.comment, row.is_public, row.is_removed) == ("Wort", True, False)
    assert comments_on(topic).count() == 1


@pytest.mark.parametrize("route", ["hide", "restore"])
def test_moderation_does_not_exist_for_others(cast, topic, signed_in, route):
    comment = post_comment(target=topic, by=cast.bob, text="Wort")

    assert signed_in(cast.dora).post(url(route, comment)).status_code == 404


@pytest.mark.parametrize("route", ["edit", "delete"])
def test_words_of_others_are_not_changed_through_the_pages(cast, topic, signed_in, route):
    comment = post_comment(target=topic, by=cast.bob, text="Wort")

    assert signed_in(cast.erik).post(url(route, comment), {"text": "x"}).status_code == 404


def test_deleted_contribution_cannot_be_answered(cast, topic, signed_in):
    comment = post_comment(target=topic, by=cast.bob, text="Wort")
    delete_comment(comment=comment, by=cast.bob)

    assert signed_in(cast.erik).get(url("reply", comment)).status_code == 404


def test_flood_is_stopped_and_nothing_typed_is_lost(cast, topic, signed_in):
    client = signed_in(cast.charlie)
    for n in range(12):
        client.post(post_url(topic), {"text": f"Nr. {n}"})

    answer = client.post(post_url(topic), {"text": "Nr. 13"})

    assert answer.status_code == 422
    assert "Nr. 13" in answer.content.decode()
    assert comments_on(topic).count() == 12


def test_other_words_in_a_form_that_was_sent_stay_in_the_form_and_can_be_sent_again(cast, topic, signed_in):
    browser = signed_in(cast.bob)
    key = "b7f1c1de-6d0f-4b8a-9d0b-0d5d3d6c9a11"
    browser.post(post_url(topic), {"text": "Wort", "submission_key": key})

    refused = browser.post(post_url(topic), {"text": "Anderes Wort", "submission_key": key})
    fresh = refused.context["form"]["submission_key"].value()
    again = browser.post(post_url(topic), {"text": "Anderes Wort", "submission_key": fresh})

    assert refused.status_code == 422
    assert "Anderes Wort" in refused.content.decode()
    assert key not in refused.content.decode()
    assert again.status_code == 302
    assert sorted(comments_on(topic).values_list("comment", flat=True)) == ["Anderes Wort", "Wort"]
