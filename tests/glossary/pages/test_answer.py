"""Answering in a round: form, preview, receipt; and what happens when two people are at it, or the time is over."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from glossary.models import Draft, Position
from tests.factories.cast import give, join
from tests.factories.clock import ahead, at
from tests.factories.glossary import (
    announced_round,
    answer,
    closed_round,
    entry_v1,
    open_round,
    proposed_definition,
)


def address(round, view="glossary:round_answer"):
    return reverse(view, kwargs={"key": round.key})


def filled(round, organisation, **changes):
    """What a browser sends from the form."""
    values = {
        "value": "consent", "reason": "", "organisation": organisation.key, "replaces": "0",
        "submission_key": "0f7a3c9e-0000-4000-8000-000000000001", "step": "preview",
    }  # fmt: skip
    return {**values, **changes}


def test_speaker_gets_the_form_with_the_name_of_the_organisation(cast, as_user):
    round = open_round(cast)

    page = as_user(cast.bob).get(round.get_absolute_url()).content.decode()

    assert "Stadt Musterstadt" in page
    assert 'name="value" value="objection"' in page


@pytest.mark.parametrize("name", ["ada", "charlie", "fatma", "gesa"])
def test_nobody_else_gets_a_form(cast, as_user, name):
    round = open_round(cast)
    client = Client() if name == "ada" else as_user(getattr(cast, name))

    page = client.get(round.get_absolute_url()).content.decode()

    assert 'name="value" value="objection"' not in page


def test_preview_stores_nothing_and_sending_it_stores_one_answer(cast, as_user):
    round, client = open_round(cast), as_user(cast.bob)

    preview = client.post(
        address(round), filled(round, cast.town, value="reservation", reason="Noch zu eng.")
    )
    stored_by_preview = Position.objects.count()
    sent = client.post(
        address(round), filled(round, cast.town, value="reservation", reason="Noch zu eng.", step="send")
    )

    assert preview.status_code == 200
    assert "Noch zu eng." in preview.content.decode()
    assert stored_by_preview == 0
    assert Position.objects.get().value == "reservation"
    receipt = client.get(sent["Location"]).content.decode()
    assert "Noch zu eng." in receipt
    assert Position.objects.get().digest in receipt


def test_sending_twice_stores_one_answer_and_leads_to_the_same_receipt(cast, as_user):
    round, client = open_round(cast), as_user(cast.bob)

    first = client.post(address(round), filled(round, cast.town, step="send"))
    second = client.post(address(round), filled(round, cast.town, step="send"))

    assert first["Location"] == second["Location"]
    assert Position.objects.count() == 1


def test_reason_is_asked_for_beside_the_field_and_nothing_typed_is_lost(cast, as_user):
    round = open_round(cast)

    response = as_user(cast.bob).post(
        address(round),
        filled(round, cast.town, value="objection", change_wanted="Streichen, was nicht stimmt"),
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert 'id="id_reason_error"' in page
    assert "Streichen, was nicht stimmt" in page
    assert Position.objects.count() == 0


def test_passage_must_stand_in_the_wording(cast, as_user):
    round = open_round(cast)
    objection = {"value": "objection", "reason": "Unklar.", "change_wanted": "Klarer"}

    wrong = as_user(cast.bob).post(
        address(round), filled(round, cast.town, passage="stand nie da", **objection)
    )
    right = as_user(cast.bob).post(
        address(round),
        filled(round, cast.town, passage="„trotz  digitaler\nTechnik“", step="send", **objection),
    )

    assert wrong.status_code == 422
    assert right.status_code == 302
    stored = Position.objects.get().objection
    assert stored.passage == "trotz digitaler Technik"
    assert round.wording.text[stored.passage_start : stored.passage_end] == stored.passage


def test_stale_form_shows_the_current_answer_and_lets_the_person_decide(cast, as_user):
    round = open_round(cast)
    answer(cast, round, cast.town, "objection", by=cast.hanna)

    stale = as_user(cast.bob).post(
        address(round), filled(round, cast.town, reason="Wir stimmen zu", step="send")
    )
    page = stale.content.decode()
    again = as_user(cast.bob).post(
        address(round), filled(round, cast.town, reason="Wir stimmen zu", step="send", replaces="1")
    )

    assert stale.status_code == 409
    assert "führt in die Irre" in page
    assert "Wir stimmen zu" in page
    assert 'name="replaces" value="1"' in page
    assert again.status_code == 302
    assert Position.objects.count() == 2


def test_answer_after_the_end_is_refused_with_a_clear_message_and_gives_back_what_was_typed(cast, as_user):
    round, client = open_round(cast, left=timedelta(hours=30)), as_user(cast.bob)

    with time_machine.travel(round.closes_at, tick=False):
        response = client.post(
            address(round), filled(round, cast.town, reason="Zu spät getippt", step="send")
        )

    assert response.status_code == 409
    assert "Zu spät getippt" in response.content.decode()
    assert Position.objects.count() == 0


@pytest.mark.parametrize("make", [announced_round, closed_round])
def test_round_that_has_not_begun_or_is_over_offers_no_form(cast, as_user, make):
    round = make(cast)

    response = as_user(cast.bob).get(address(round))

    assert response.status_code == 302
    assert 'name="value"' not in as_user(cast.bob).get(round.get_absolute_url()).content.decode()


def test_two_mandates_are_a_choice(cast, as_user):
    give(cast.bob, cast.district, "deputy", cast.group)
    round, client = open_round(cast), as_user(cast.bob)

    undecided = client.get(address(round)).content.decode()
    decided = client.get(f"{address(round)}?fuer={cast.district.key}").content.decode()
    client.post(address(round), filled(round, cast.district, step="send"))

    assert 'name="fuer"' in undecided
    assert 'name="value" value="objection"' not in undecided
    assert 'name="value" value="objection"' in decided
    assert 'name="fuer"' not in decided
    assert f"?fuer={cast.town.key}#antwort" in decided
    assert Position.objects.get().seat.organisation == cast.district


def test_form_leads_to_the_objections_and_shows_what_would_change(cast, as_user):
    first = entry_v1(cast)
    definition = proposed_definition(cast, first.term, text="Menschen lernen nun ganz anders.")

    with at(ahead(days=40)):
        round = open_round(cast, definition)
        answer(cast, round, cast.youth, "objection", passage="ganz anders")
        page = as_user(cast.bob).get(address(round)).content.decode()

    assert f"{round.get_absolute_url()}#einwaende" in page
    assert "1 schwerwiegender Einwand – lesen" in page
    assert "<ins>" in page


def test_button_that_sends_names_the_organisation(cast, as_user):
    round = open_round(cast)

    preview = as_user(cast.bob).post(address(round), filled(round, cast.town)).content.decode()

    assert f"Für {cast.town.name} absenden" in preview


def test_drafter_saves_a_draft_that_the_speaker_finds_in_the_form(cast, as_user):
    round = open_round(cast)

    saved = as_user(cast.erik).post(
        address(round), filled(round, cast.town, value="", reason="Vorbereitet", step="draft")
    )
    found = as_user(cast.bob).get(address(round)).content.decode()
    foreign = as_user(cast.kaya).get(address(round)).content.decode()

    assert saved.status_code == 302
    assert Draft.objects.get().content["reason"] == "Vorbereitet"
    assert "Vorbereitet" in found
    assert "Vorbereitet" not in foreign


def test_drafter_cannot_send(cast, as_user):
    round = open_round(cast)

    response = as_user(cast.erik).post(
        address(round), filled(round, cast.town, reason="Trotzdem", step="send")
    )

    assert response.status_code == 403
    assert "Trotzdem" in response.content.decode()
    assert Position.objects.count() == 0


def test_answer_is_taken_back_on_its_own_page(cast, as_user):
    round, client = open_round(cast), as_user(cast.bob)
    answer(cast, round, cast.town)
    url = address(round, "glossary:round_take_back")

    asked = client.get(url)
    done = client.post(url, {"organisation": cast.town.key, "replaces": "1", "submission_key": "abc"})

    assert asked.status_code == 200
    assert done.status_code == 302
    assert Position.objects.order_by("-number").first().value == "taken_back"


def test_receipt_is_for_the_people_of_the_organisation(cast, as_user):
    round = open_round(cast)
    answer(cast, round, cast.town)
    url = reverse(
        "glossary:round_receipt", kwargs={"key": round.key, "organisation": cast.town.key, "number": 1}
    )

    assert as_user(cast.fatma).get(url).status_code == 200
    assert as_user(cast.kaya).get(url).status_code == 403
    assert Client().get(url).status_code == 302


def test_receipt_leads_on_to_the_other_organisation_that_still_has_to_answer(cast, as_user):
    give(cast.bob, cast.district, "deputy", cast.group)
    round, client = open_round(cast), as_user(cast.bob)

    first = client.post(address(round), filled(round, cast.town, step="send"), follow=True).content.decode()
    second = client.post(
        address(round), filled(round, cast.district, step="send", submission_key="anders"), follow=True
    ).content.decode()

    assert f"?fuer={cast.district.key}" in first
    assert "?fuer=" not in second


def test_names_of_people_are_for_members(cast, as_user):
    round = open_round(cast)
    answer(cast, round, cast.town)

    assert "Bob Beispiel" in as_user(cast.fatma).get(round.get_absolute_url()).content.decode()
    assert "Bob" not in Client().get(round.get_absolute_url()).content.decode()


def test_organisation_without_a_seat_cannot_answer(cast, as_user):
    round = open_round(cast)
    join(cast.group, cast.outside)
    give(cast.charlie, cast.outside, "speaker", cast.group)

    response = as_user(cast.charlie).post(address(round), filled(round, cast.outside, step="send"))

    assert response.status_code == 403
    assert Position.objects.count() == 0


def test_refusal_says_why(cast, as_user):
    round = open_round(cast)

    response = as_user(cast.charlie).get(address(round))

    assert response.status_code == 403
    assert "eine gefragte Organisation vertreten" in response.content.decode()


def test_another_answer_from_the_same_form_is_shown_beside_the_stored_one(cast, as_user):
    round, client = open_round(cast), as_user(cast.bob)
    client.post(address(round), filled(round, cast.town, step="send"))

    again = client.post(
        address(round),
        filled(round, cast.town, value="objection", reason="Doch nicht.", no_change_helps="on", step="send"),
    )
    page = again.content.decode()

    assert again.status_code == 409
    assert "Doch nicht." in page
    assert 'name="replaces" value="1"' in page
    assert filled(round, cast.town)["submission_key"] not in page
    assert Position.objects.get().value == "consent"
