"""What pages, texts and mails read: tally, timeline, tooltips, finder, mails; constant numbers of queries."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone, translation

from glossary.actions.closing import close_round, state_outcome
from glossary.actions.labels import add_label
from glossary.actions.rounds import cancel_round, move_end
from glossary.actions.support import declare_support
from glossary.actions.terms import retire_term, write_explanation
from glossary.data import LabelData
from glossary.linking import current_finder, labels_state, tooltips
from glossary.queries import (
    carried_today,
    current_positions,
    objection_state,
    seat_views,
    tally_of,
)
from glossary.sentences import names_of, outcome_sentences, rules_sentences
from glossary.states import LabelStatus, ObjectionState, Stance, SupportKind
from glossary.tally import Rules, SeatView, tally
from glossary.views.history import events
from people.actions.outbox import send_due
from people.models import OutboxMessage
from tests.factories.cast import Cast, give, join, make_organisation
from tests.factories.glossary import (
    announced_round,
    answer,
    closing_round,
    entry_v1,
    entry_v2,
    fresh,
    open_round,
    proposed_definition,
    seat_of,
    term_with_labels,
)

pytestmark = pytest.mark.django_db


# ---- one tally for all


def test_the_tally_of_the_page_is_the_pure_tally_of_the_current_answers(cast: Cast) -> None:
    round = open_round(cast)
    answer(cast, round, cast.town, Stance.OBJECTION)
    answer(cast, round, cast.town, Stance.RESERVATION)

    assert tally_of(round) == tally(
        [
            SeatView(organisation=cast.town.key, value=Stance.RESERVATION),
            SeatView(organisation=cast.district.key),
            SeatView(organisation=cast.youth.key),
        ],
        Rules.from_json(round.rules),
    )


def test_a_round_with_sixty_seats_costs_as_many_queries_as_one_with_three(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    small = open_round(cast)
    for number in range(57):
        join(cast.group, make_organisation(f"Organisation {number}"))
    large = open_round(cast, proposed_definition(cast, term_with_labels(cast, "Lernort")))

    for round in (small, large):
        answer(cast, round, cast.town)
        with django_assert_num_queries(2):
            tally_of(round)
    assert len(seat_views(large)) == 60


def test_an_objection_is_open_until_another_answer_resolves_it_or_the_end_lets_it_stand(cast: Cast) -> None:
    running = open_round(cast)
    over = closing_round(
        cast, proposed_definition(cast, term_with_labels(cast, "Lernort")), {"town": Stance.OBJECTION}
    )
    first = answer(cast, running, cast.town, Stance.OBJECTION)
    standing = current_positions(over)[seat_of(over, cast.town).pk]

    assert objection_state(running, first) == ObjectionState.OPEN
    assert objection_state(over, standing) == ObjectionState.STANDS
    assert objection_state(running, first, current=False) == ObjectionState.RESOLVED


# ---- sentences


def test_the_outcome_in_sentences_names_result_numbers_and_who_objects(cast: Cast) -> None:
    round = closing_round(cast, answers={"district": Stance.OBJECTION, "youth": None})

    with translation.override("en"):
        sentences = outcome_sentences(tally_of(round), names_of(round))

    assert sentences == [
        "The wording is agreed with dissent.",
        "2 of 3 organisations answered.",
        "Consents: 1.",
        "Serious objections: 1.",
        "These organisations uphold their objection: Landkreis Beispiel.",
    ]


def test_the_rules_in_sentences(cast: Cast) -> None:
    with translation.override("en"):
        sentences = rules_sentences(Rules.from_json(open_round(cast).rules))

    assert sentences == [
        "At least 50 percent of the organisations must answer.",
        "Who does not answer is not counted.",
        "1 objection may stand. It is published with the wording as a dissent.",
        "At least 1 organisation must consent.",
    ]


# ---- history


def test_the_timeline_tells_everything_public_in_order(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    first = entry_v1(cast, answers={"youth": None})
    declare_support(entry=first, by=cast.mio, organisation=cast.youth, kind=SupportKind.JOINS)
    write_explanation(term=first.term, by=cast.dora, text="Vorläufig.", csl={}, passage="")
    entry_v2(cast, first)

    entries = list(first.term.entries.order_by("number"))
    with django_assert_max_num_queries(9):
        told = events(first.term, entries)

    assert [event["sort"] for event in told] == sorted((event["sort"] for event in told), reverse=True)
    assert {event["title"] for event in told} >= {
        "Begriff gesammelt", "Vorschlag: Stadt Musterstadt", "Fassung 1 veröffentlicht", "Ergebnis festgehalten",
        "Erläuterung der Redaktion", "Runde einberufen", "Runde geschlossen: Vereinbart",
        "Fassung 1: Netzwerk Jugendhilfe Muster – Trägt mit",
    }  # fmt: skip


def test_the_timeline_says_nothing_of_a_planned_round(cast: Cast) -> None:
    round = announced_round(cast)
    cancel_round(round=round, by=cast.alice, reason="x", expected_version=2)

    titles = [event["title"] for event in events(round.term, [])]

    assert titles.count("Runde abgesagt") == 1


# ---- tooltips and finder


def test_a_tooltip_shows_the_agreed_wording_else_the_explanation(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    agreed = entry_v1(cast).term
    explained, bare = term_with_labels(cast, "Lernort"), term_with_labels(cast, "Medienbildung")
    write_explanation(
        term=explained, by=cast.dora, text="Wo gelernt wird.\n\nBeispiel: Bücherei.", csl={}, passage=""
    )

    with django_assert_num_queries(3):
        found = tooltips([agreed.key, explained.key, bare.key, "unknown0"], "de")

    assert set(found) == {agreed.key, explained.key, bare.key}
    assert (found[agreed.key].kind, found[agreed.key].number) == ("agreed", 1)
    assert found[agreed.key].since == timezone.localdate()
    assert "Anmerkung" not in found[agreed.key].text
    assert (found[explained.key].kind, found[explained.key].text) == ("explanation", "Wo gelernt wird.")
    assert found[bare.key].kind == "none"


def test_the_finder_knows_new_words_at_once_and_forgets_retired_terms(cast: Cast) -> None:
    term = term_with_labels(cast, "Lernort")
    assert [m.term_key for m in current_finder().find("Am dritten Lernort")] == [term.key]
    state = labels_state()

    add_label(term=term, by=cast.dora, label=LabelData(text="Lernraum", status=LabelStatus.ADMITTED))
    assert [m.surface for m in current_finder().find("Im Lernraum")] == ["Lernraum"]
    assert labels_state() != state

    retire_term(term=term, by=cast.dora, reason="x")
    assert current_finder().find("Am dritten Lernort") == []


def test_the_finder_is_built_once_per_state(cast: Cast, django_assert_num_queries: Any) -> None:
    term_with_labels(cast)
    finder = current_finder()

    with django_assert_num_queries(1):
        again = current_finder()

    assert again is finder


# ---- mails


def test_every_mail_of_a_round_can_be_read_in_both_languages(cast: Cast) -> None:
    type(cast.kaya).objects.filter(pk=cast.kaya.pk).update(language="en")
    cast.kaya.refresh_from_db()
    round = open_round(cast)
    answer(cast, round, cast.town)
    move_end(
        round=round,
        by=cast.alice,
        closes_at=round.closes_at + timedelta(days=1),
        reason="Ferien",
        expected_version=2,
    )
    cancel_round(round=fresh(round), by=cast.alice, reason="Vertagt", expected_version=3)
    over = closing_round(cast, proposed_definition(cast, term_with_labels(cast, "Lernort")))
    close_round(round=over, by=None)
    state_outcome(round=fresh(over), by=cast.alice, text="So.")
    entry_v1(cast, term_with_labels(cast, "Medienbildung"))

    waiting = OutboxMessage.objects.count()
    assert send_due(timezone.now()) == waiting == len(mail.outbox)

    templates = set(OutboxMessage.objects.values_list("template", flat=True))
    assert templates == {
        "round_announced", "round_moved", "round_cancelled", "round_over", "outcome_stated", "entry_published",
    }  # fmt: skip
    assert not OutboxMessage.objects.exclude(last_error="").exists()
    english = [message for message in mail.outbox if message.to == ["kaya@demo.example"]]
    assert any("answer by" in message.subject for message in english)
    for message in mail.outbox:
        assert message.subject
        assert "http" in message.body
        assert message.alternatives


def test_a_person_speaking_for_two_organisations_is_told_once_for_both(cast: Cast) -> None:
    told = OutboxMessage.objects.filter(user=cast.hanna, template="round_announced")
    give(cast.hanna, cast.youth, "deputy", cast.group)
    announced_round(cast)

    names = f"{cast.youth.name} und {cast.town.name}"
    assert [m.context["organisation_name"] for m in told] == [names]
    send_due(timezone.now())
    assert [m.subject for m in mail.outbox if m.to == [cast.hanna.email] and names in m.subject]


def test_mailboxes_are_told_of_their_own_organisation_only(cast: Cast) -> None:
    give(cast.hanna, cast.youth, "deputy", cast.group)
    announced_round(cast)

    told = OutboxMessage.objects.filter(organisation=cast.town, template="round_announced")
    assert [m.context["organisation_name"] for m in told] == [cast.town.name]


def test_who_carries_it_today_by_name(cast: Cast) -> None:
    entry = entry_v1(cast)

    assert [row["name"] for row in carried_today(entry)] == sorted(
        o.name for o in (cast.town, cast.district, cast.youth)
    )
