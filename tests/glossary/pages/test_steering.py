"""From planning to publishing, on pages: each final act says what follows, and is done once."""

from datetime import datetime, timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from glossary.models import ConsensusEntry, Outcome, Round, Statement
from tests.factories.clock import ahead
from tests.factories.glossary import (
    announced_round,
    closed_round,
    closing_round,
    entry_v1,
    fresh,
    open_round,
    planned_round,
    proposed_definition,
    quoted_definition,
    stated_round,
    term_with_labels,
)


def url_of(round, view):
    return reverse(f"glossary:round_{view}", kwargs={"key": round.key})


def typed(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def test_facilitator_plans_a_round_about_a_proposal(cast, as_user):
    definition = proposed_definition(cast)
    url = reverse("glossary:round_plan", kwargs={"slug": definition.term.slug})

    form = as_user(cast.alice).get(url)
    sent = as_user(cast.alice).post(
        url,
        {
            "definition": definition.key, "question": "Können Sie das mittragen?",
            "opens_at": typed(ahead(days=1)), "closes_at": typed(ahead(days=15)),
        },
    )  # fmt: skip

    assert form.status_code == 200
    assert definition.title in form.content.decode()
    assert sent.status_code == 302
    assert Round.objects.get().question == "Können Sie das mittragen?"


def test_round_shorter_than_a_day_is_refused_beside_the_field(cast, as_user):
    definition = proposed_definition(cast)

    response = as_user(cast.alice).post(
        reverse("glossary:round_plan", kwargs={"slug": definition.term.slug}),
        {
            "definition": definition.key, "question": "Bleibt das stehen?",
            "opens_at": typed(ahead(days=1)), "closes_at": typed(ahead(days=1, hours=1)),
        },
    )  # fmt: skip

    page = response.content.decode()
    assert response.status_code == 422
    assert 'id="id_closes_at_error"' in page
    assert "Bleibt das stehen?" in page


def test_no_round_is_planned_while_another_one_of_the_term_is_announced(cast, as_user):
    asking = announced_round(cast)
    definition = proposed_definition(cast, asking.term, text="Etwas anderes.")
    url = reverse("glossary:round_plan", kwargs={"slug": asking.term.slug})

    shown = as_user(cast.alice).get(url)
    sent = as_user(cast.alice).post(
        url,
        {
            "definition": definition.key, "question": "Und das?",
            "opens_at": typed(ahead(days=1)), "closes_at": typed(ahead(days=15)),
        },
    )  # fmt: skip

    assert shown["Location"] == asking.get_absolute_url()
    assert sent.status_code == 422
    assert asking.get_absolute_url() in sent.content.decode()
    assert Round.objects.count() == 1


def test_quotation_cannot_be_asked_about(cast, as_user):
    term = term_with_labels(cast)
    quoted_definition(cast, term)

    response = as_user(cast.alice).get(reverse("glossary:round_plan", kwargs={"slug": term.slug}))

    assert response.status_code == 403


def test_planned_round_does_not_exist_for_readers(cast, as_user):
    round = planned_round(cast)

    assert Client().get(round.get_absolute_url()).status_code == 404
    assert as_user(cast.charlie).get(round.get_absolute_url()).status_code == 404
    assert as_user(cast.fatma).get(round.get_absolute_url()).status_code == 200


def test_announcing_names_those_asked_and_happens_once(cast, as_user):
    round = planned_round(cast)
    url = url_of(round, "announce")

    page = as_user(cast.alice).get(url).content.decode()
    sent = as_user(cast.alice).post(url, {"version": round.version})
    again = as_user(cast.alice).post(url, {"version": round.version})

    assert "Landkreis Beispiel" in page
    assert sent.status_code == 302
    assert again.status_code == 403
    assert fresh(round).seats.count() == 3


def test_stale_announcement_is_a_conflict_that_can_be_sent_again(cast, as_user):
    round = planned_round(cast)
    url = url_of(round, "announce")

    stale = as_user(cast.alice).post(url, {"version": round.version + 7})

    assert stale.status_code == 409
    assert f'name="version" value="{round.version}"' in stale.content.decode()


def test_end_is_moved_with_a_reason(cast, as_user):
    round = announced_round(cast)
    later = ahead(days=30)

    without = as_user(cast.alice).post(
        url_of(round, "move"), {"version": round.version, "closes_at": typed(later), "reason": ""}
    )
    sent = as_user(cast.alice).post(
        url_of(round, "move"), {"version": round.version, "closes_at": typed(later), "reason": "Ferien"}
    )

    assert without.status_code == 422
    assert sent.status_code == 302
    assert fresh(round).closes_at == later.replace(second=0)


def test_round_is_called_off_with_its_reason_on_the_page(cast, as_user):
    round = open_round(cast)

    as_user(cast.alice).post(url_of(round, "cancel"), {"version": round.version, "reason": "Falscher Text."})

    assert "Falscher Text." in Client().get(round.get_absolute_url()).content.decode()


def test_missing_reason_says_what_to_write(cast, as_user):
    round = open_round(cast)

    for act in ("cancel", "move"):
        page = as_user(cast.alice).post(url_of(round, act), {"version": round.version, "reason": ""})
        assert "Bitte schreiben Sie die Begründung." in page.content.decode()


def test_time_over_shows_the_count_before_anybody_closed(cast):
    round = closing_round(cast, answers={"youth": None})

    page = Client().get(round.get_absolute_url()).content.decode()

    assert 'class="outcome' in page
    assert "noch nicht festgestellt" in page
    assert "Der Wortlaut ist vereinbart." not in page
    assert not Outcome.objects.exists()


def test_facilitator_closes_states_and_editor_publishes(cast, as_user):
    round = closing_round(cast, answers={"youth": "objection"})
    alice, dora = as_user(cast.alice), as_user(cast.dora)

    look = alice.get(url_of(round, "close"))
    alice.post(url_of(round, "close"), {"version": round.version})
    preview = alice.post(url_of(round, "statement"), {"text": "Zwei tragen es.", "step": "preview"})
    unstated = Statement.objects.count()
    alice.post(url_of(round, "statement"), {"text": "Zwei tragen es.", "step": "send"})
    values = {"valid_from": timezone.localdate().isoformat(), "review_on": "", "submission_key": "einmal"}
    check = dora.post(url_of(round, "publish"), {**values, "step": "preview"})
    sent = dora.post(url_of(round, "publish"), {**values, "step": "send"})
    again = dora.post(url_of(round, "publish"), {**values, "step": "send"})

    assert look.status_code == 200
    assert "Zwei tragen es." in preview.content.decode()
    assert unstated == 0
    assert "Netzwerk Jugendhilfe Muster" in check.content.decode()
    entry = ConsensusEntry.objects.get()
    assert sent["Location"] == again["Location"] == entry.get_absolute_url()
    assert entry.dissents.count() == 1


def test_second_version_asks_how_much_changes(cast, as_user):
    first = entry_v1(cast)
    round = stated_round(
        cast, proposed_definition(cast, first.term, title="Neu", text="Ein ganz neuer Wortlaut.")
    )
    values = {"valid_from": timezone.localdate().isoformat(), "submission_key": "zwei", "step": "send"}

    without = as_user(cast.dora).post(url_of(round, "publish"), values)
    sent = as_user(cast.dora).post(
        url_of(round, "publish"), {**values, "change_class": "meaning", "change_reason": "Alles anders."}
    )

    assert without.status_code == 422
    assert sent.status_code == 302
    assert ConsensusEntry.objects.filter(term=first.term).count() == 2


def test_valid_from_in_the_past_is_refused_beside_the_field(cast, as_user):
    round = stated_round(cast)
    yesterday = timezone.localdate() - timedelta(days=1)

    response = as_user(cast.dora).post(
        url_of(round, "publish"), {"valid_from": yesterday.isoformat(), "submission_key": "x", "step": "send"}
    )

    assert response.status_code == 422
    assert 'id="id_valid_from_error"' in response.content.decode()


def test_everybody_but_the_moderation_is_refused(cast, as_user):
    round = closed_round(cast)

    for person in (cast.bob, cast.dora, cast.charlie, cast.gesa):
        assert as_user(person).get(url_of(round, "statement")).status_code == 403
    assert Client().get(url_of(round, "statement")).status_code == 302
    assert as_user(cast.alice).get(url_of(round, "statement")).status_code == 200


def plan_of(round, **values):
    plan = {
        "definition": round.definition.key, "question": round.question, "version": round.version,
        "opens_at": typed(round.opens_at), "closes_at": typed(round.closes_at),
    }  # fmt: skip
    return {**plan, **values}


def test_the_plan_is_changed_on_its_page_and_offered_there(cast, as_user):
    round = planned_round(cast)
    client = as_user(cast.alice)

    offered = client.get(round.get_absolute_url()).content.decode()
    sent = client.post(url_of(round, "change"), plan_of(round, question="Tragen Sie das?"))

    assert url_of(round, "change") in offered
    assert sent.status_code == 302
    assert fresh(round).question == "Tragen Sie das?"


def test_a_stale_plan_keeps_what_was_typed_and_lets_the_person_decide(cast, as_user):
    round = planned_round(cast)
    client = as_user(cast.alice)
    client.post(url_of(round, "change"), plan_of(round, question="Erste Änderung?"))

    stale = client.post(url_of(round, "change"), plan_of(round, question="Zweite Änderung?"))
    again = client.post(url_of(round, "change"), plan_of(fresh(round), question="Zweite Änderung?"))

    assert stale.status_code == 409
    assert "Zweite Änderung?" in stale.content.decode()
    assert again.status_code == 302


def test_withdrawing_a_plan_says_that_nobody_gets_a_mail(cast, as_user):
    round = planned_round(cast)
    client = as_user(cast.alice)

    page = client.get(url_of(round, "cancel")).content.decode()
    client.post(url_of(round, "cancel"), {"version": round.version, "reason": "Falscher Text."})

    assert "niemand" in page
    assert fresh(round).state == "cancelled"
    assert Client().get(round.get_absolute_url()).status_code == 404
