"""Choosers of the admin: organisations and people are searched, nothing is created, only editors get in."""

import pytest
from django.urls import NoReverseMatch, reverse

from people.models import Mandate

RESULTS = {"organisation": "organisation_chooser:choose_results", "people": "people_chooser:choose_results"}


def found(client, chooser: str, words: str) -> str:
    answer = client.get(reverse(RESULTS[chooser]), {"q": words})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def editor(client, cast):
    client.force_login(cast.dora)
    return client


@pytest.mark.parametrize("words", ["nord musik", "NORD", "Musikschule nord", "öffentliche", "Öffentliche"])
def test_an_organisation_is_found_by_parts_of_its_name(editor, make_organisation, words):
    make_organisation("nord", name="Öffentliche Musikschule Nord", kind="association")

    page = found(editor, "organisation", words)

    assert "Öffentliche Musikschule Nord" in page
    assert "Landkreis" not in page


@pytest.mark.parametrize("words", ["hanna", "beispiel hanna", "hanna@demo"])
def test_a_person_is_found_by_name_or_address(editor, words):
    page = found(editor, "people", words)

    assert "Hanna Beispiel" in page
    assert "Bob Beispiel" not in page


def test_closed_accounts_are_not_offered(editor, cast):
    cast.hanna.is_active = False
    cast.hanna.save()

    assert "Hanna" not in found(editor, "people", "hanna")


@pytest.mark.parametrize("words", ['"', "%", "a" * 150, "(["])
def test_odd_words_are_no_mistake(editor, words):
    assert "Landkreis" not in found(editor, "organisation", words)


@pytest.mark.parametrize("name", ["gesa", "alice", "bob"])
@pytest.mark.parametrize("door", ["choose", "choose_results"])
@pytest.mark.parametrize("chooser", ["organisation_chooser", "people_chooser", "term_chooser"])
def test_nobody_but_editors_searches_there(client, cast, name, door, chooser):
    client.force_login(getattr(cast, name))

    assert client.get(reverse(f"{chooser}:{door}")).status_code in {302, 403}


@pytest.mark.parametrize("chooser", ["organisation_chooser", "people_chooser", "term_chooser"])
def test_nothing_is_created_in_a_chooser(chooser):
    with pytest.raises(NoReverseMatch):
        reverse(f"{chooser}:create")


def test_the_form_of_a_mandate_takes_what_was_chosen(editor, cast):
    form = editor.get(reverse("mandates:add")).content.decode()
    sent = {
        "organisation": cast.district.pk, "group": cast.group.pk, "user": cast.charlie.pk, "role": "observer",
        "valid_from": cast.today.isoformat(),
    }  # fmt: skip

    editor.post(reverse("mandates:add"), sent)

    assert "/admin/organisation_chooser/" in form
    assert '<select name="organisation"' not in form
    assert '<select name="user"' not in form
    assert Mandate.objects.filter(user=cast.charlie, role="observer").exists()


def test_a_long_list_costs_no_more_than_a_short_one(editor, make_organisation, django_assert_max_num_queries):
    for number in range(30):
        make_organisation(f"ort{number}")

    with django_assert_max_num_queries(12):
        found(editor, "organisation", "ort")
