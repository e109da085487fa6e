"""The own area: what waits, the way to it, and whose it is."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from glossary.waiting import waiting_rounds
from home.waiting import waiting_for
from tests.factories.cast import Cast
from tests.factories.glossary import (
    closing_round,
    open_round,
    planned_round,
    proposed_definition,
    term_with_labels,
)

pytestmark = pytest.mark.django_db


def test_the_button_leads_to_the_form_of_the_organisation_it_names(client: Client, cast: Cast) -> None:
    round = open_round(cast)
    client.force_login(cast.bob)

    page = client.get("/mein/").content.decode()
    address = re.search(rf'href="(/glossar/runden/{round.key}/antworten/[^"]*)"', page)

    assert address is not None
    form = client.get(address[1].replace("&amp;", "&"))
    assert 'name="value"' in form.content.decode()


def test_an_answered_round_waits_no_more(client: Client, cast: Cast) -> None:
    closing_round(cast)
    client.force_login(cast.bob)

    assert "/antworten/" not in client.get("/mein/").content.decode()


def test_a_planned_round_and_one_whose_time_is_over_wait_for_the_facilitator(
    client: Client, cast: Cast
) -> None:
    over = closing_round(cast)
    client.force_login(cast.alice)

    page = client.get("/mein/").content.decode()

    assert f"/glossar/runden/{over.key}/schliessen/" in page


def test_a_planned_round_waits_to_be_announced(client: Client, cast: Cast) -> None:
    planned = planned_round(cast)
    client.force_login(cast.alice)

    assert f"/glossar/runden/{planned.key}/einberufen/" in client.get("/mein/").content.decode()


def test_the_area_of_another_organisation_is_refused(client: Client, cast: Cast) -> None:
    client.force_login(cast.charlie)

    assert client.get("/mein/", {"fuer": "irgendwer"}).status_code == 403
    assert client.get("/mein/uebergabe/irgendwer/").status_code == 403


def test_a_stranger_is_led_to_the_sign_in(client: Client) -> None:
    answer = client.get("/mein/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/anmelden/")


def test_the_number_of_queries_does_not_grow_with_rounds(
    client: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(4):
        closing_round(cast, proposed_definition(cast, term_with_labels(cast, f"Begriff {number}")))
    client.force_login(cast.bob)
    client.get("/mein/")

    with django_assert_max_num_queries(30):
        client.get("/mein/")


def test_what_follows_a_round_is_the_same_list_here_and_in_the_admin(client: Client, cast: Cast) -> None:
    planned, over = (
        planned_round(cast),
        closing_round(cast, proposed_definition(cast, term_with_labels(cast, "Kurs"))),
    )

    steps = waiting_rounds(cast.alice)

    assert {step.url for step in steps if step.mine} == {
        f"/glossar/runden/{planned.key}/einberufen/", f"/glossar/runden/{over.key}/schliessen/",
    }  # fmt: skip
    assert {item.url for item in waiting_for(cast.alice)} == {step.url for step in steps}
    assert [step.mine for step in waiting_rounds(cast.dora)] == [False, False]
