"""Rounds: planned, announced, moved, cancelled, closed, stated."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from glossary.actions.closing import close_due, close_round, state_outcome
from glossary.actions.definitions import revise_definition, withdraw_definition
from glossary.actions.rounds import announce_round, cancel_round, change_round, move_end, plan_round
from glossary.actions.terms import retire_term
from glossary.errors import RoundHasNotEnded
from glossary.models import Outcome, Round
from glossary.procedure import CONSENT_RULES
from glossary.queries import tally_of
from glossary.sentences import computed_statement
from glossary.states import OutcomeResult, RoundPhase, RoundState, Stance
from people.models import GroupMembership, OutboxMessage
from record.errors import Invalid, NotAllowed, Stale, WrongState
from record.models import RecordRow
from tests.factories.cast import Cast, join, make_group
from tests.factories.clock import ahead, at
from tests.factories.glossary import (
    REVISED,
    announced_round,
    answer,
    answer_all,
    closed_round,
    closing_round,
    fresh,
    open_round,
    planned_round,
    proposed_definition,
    quoted_definition,
    seat_of,
    second_round,
    stated_round,
    term_with_labels,
)

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")


# ---- planning


def test_a_planned_round_has_the_one_procedure_and_no_seats(cast: Cast) -> None:
    round = planned_round(cast)

    assert round.rules == CONSENT_RULES.as_json()
    assert (round.phase(), round.seats.count(), round.group) == (RoundPhase.PLANNED, 0, cast.group)


@pytest.mark.parametrize("name", ["bob", "dora", "charlie"])
def test_only_the_facilitator_plans_a_round(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        plan_round(
            definition=proposed_definition(cast),
            by=getattr(cast, name),
            question="Ja?",
            opens_at=ahead(days=1),
            closes_at=ahead(days=9),
        )


def moment(*parts: int, **more: Any) -> datetime:
    return datetime(*parts, tzinfo=BERLIN, **more)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"question": " "}, "question"),
        ({"question": "x" * 251}, "question"),
        ({"closes_at": moment(2027, 3, 2, 11)}, "closes_at"),
        ({"closes_at": moment(2026, 1, 1)}, "closes_at"),
        ({"closes_at": moment(2030, 1, 1)}, "closes_at"),
        # Clocks go forward on 2027-03-28 at 2 o'clock and back on 2027-10-31 at 3.
        ({"closes_at": moment(2027, 3, 28, 2, 30)}, "closes_at"),
        ({"closes_at": moment(2027, 10, 31, 2, 30)}, "closes_at"),
        ({"closes_at": moment(2027, 10, 31, 2, 30, fold=1)}, "closes_at"),
        ({"closes_at": datetime(2027, 10, 31, 0, 30, tzinfo=UTC)}, "closes_at"),
        ({"opens_at": moment(2027, 3, 28, 2, 30), "closes_at": moment(2027, 4, 28)}, "opens_at"),
        ({"opens_at": datetime(2027, 3, 1)}, "opens_at"),
    ],
)
def test_a_round_with_impossible_times_or_no_question_is_refused(
    cast: Cast, changes: dict[str, Any], field: str
) -> None:
    values = {"opens_at": moment(2027, 3, 2, 10), "closes_at": moment(2027, 3, 16, 18), **changes}

    with pytest.raises(Invalid) as refusal:
        planned_round(cast, **values)

    assert refusal.value.field == field


@pytest.mark.parametrize("hour", [1, 3])
def test_the_hours_around_the_clock_change_are_fine(cast: Cast, hour: int) -> None:
    closes_at = moment(2027, 3, 28, hour, 30)

    round = planned_round(cast, opens_at=moment(2027, 3, 2, 10), closes_at=closes_at)

    assert fresh(round).closes_at == closes_at


def test_neither_a_quoted_nor_a_withdrawn_definition_nor_a_retired_term_is_put_to_a_round(cast: Cast) -> None:
    term = term_with_labels(cast)
    quoted = quoted_definition(cast, term)
    withdrawn = withdraw_definition(
        definition=proposed_definition(cast, term), by=cast.bob, expected_version=1
    )
    retired = proposed_definition(cast, term_with_labels(cast, "Lernort"))
    retire_term(term=retired.term, by=cast.dora, reason="Aufgegeben")

    for definition in (quoted, withdrawn, fresh(retired)):
        with pytest.raises(WrongState):
            planned_round(cast, definition)


# ---- changing the plan


def changed(cast: Cast, round: Round, **values: Any) -> Round:
    plan = {
        "definition": round.definition, "question": round.question, "opens_at": round.opens_at,
        "closes_at": round.closes_at, "expected_version": round.version, "by": cast.alice,
    }  # fmt: skip
    return change_round(round=round, **{**plan, **values})


def test_a_planned_round_asks_about_another_wording_of_the_term(cast: Cast) -> None:
    round = planned_round(cast)
    other = proposed_definition(cast, round.term, title="Zweiter Vorschlag")

    changed(cast, round, definition=other, question="Tragen Sie den zweiten?")

    stored = Round.objects.get()
    assert (stored.definition, stored.wording) == (other, other.wording)
    assert stored.question == "Tragen Sie den zweiten?"


def test_changing_the_plan_is_recorded_without_its_words_and_tells_nobody(cast: Cast) -> None:
    round = planned_round(cast)

    changed(cast, round, question="Ganz anders gefragt?", closes_at=round.closes_at + timedelta(days=2))

    row = RecordRow.objects.latest("seq")
    assert (row.act, row.object_key) == ("change_round", round.key)
    assert "closes_at,question" in row.body
    assert "gefragt" not in row.body
    assert not OutboxMessage.objects.exists()


def test_a_plan_that_stays_as_it_is_leaves_no_trace(cast: Cast) -> None:
    round = planned_round(cast)
    rows = RecordRow.objects.count()

    changed(cast, round)

    assert RecordRow.objects.count() == rows
    assert Round.objects.get().version == round.version


@pytest.mark.parametrize("make", [announced_round, open_round, closing_round, closed_round])
def test_what_was_announced_is_not_changed(cast: Cast, make: Callable[[Cast], Round]) -> None:
    with pytest.raises(WrongState):
        changed(cast, make(cast), question="Anders?")


def test_a_plan_changed_meanwhile_is_not_overwritten(cast: Cast) -> None:
    round = planned_round(cast)
    changed(cast, round, question="Anders?")

    with pytest.raises(Stale):
        changed(cast, round, question="Noch anders?")


@pytest.mark.parametrize("field", ["definition", "question", "closes_at"])
def test_a_plan_is_changed_only_to_what_could_be_planned(cast: Cast, field: str) -> None:
    round = planned_round(cast)
    wrong = {
        "definition": proposed_definition(cast, term_with_labels(cast, "Medienbildung")),
        "question": " ",
        "closes_at": round.opens_at + timedelta(hours=2),
    }

    with pytest.raises(Invalid) as refusal:
        changed(cast, round, **{field: wrong[field]})

    assert refusal.value.field == field


@pytest.mark.parametrize("make", [planned_round, announced_round, closing_round])
def test_a_second_round_of_a_term_is_not_planned_while_one_is_planned_or_announced(
    cast: Cast, make: Any
) -> None:
    first = make(cast)
    other = proposed_definition(cast, first.term, title="Anders", text="Etwas anderes.")

    with pytest.raises(WrongState):
        planned_round(cast, other)

    assert Round.objects.count() == 1


def test_after_a_round_is_closed_or_called_off_the_next_one_is_planned(cast: Cast) -> None:
    first = closed_round(cast)
    dropped = planned_round(
        cast, proposed_definition(cast, first.term, title="Anders", text="Etwas anderes.")
    )
    cancel_round(round=dropped, by=cast.alice, reason="Doch nicht", expected_version=1)

    assert planned_round(cast, dropped.definition).state == RoundState.PLANNED


# ---- announcing


def test_announcing_freezes_the_current_wording_the_basis_and_the_members_of_the_day(cast: Cast) -> None:
    definition = proposed_definition(cast)
    planned = planned_round(cast, definition)
    revised = revise_definition(
        definition=definition, by=cast.bob, text=REVISED, scope="", expected_version=1
    )
    GroupMembership.objects.filter(organisation=cast.youth).update(
        valid_until=timezone.localdate() - timedelta(days=1)
    )

    round = announce_round(round=planned, by=cast.alice, expected_version=1)

    assert round.wording == revised.wording
    assert round.basis["text"] == cast.group.commission_text
    assert {seat.organisation_name for seat in round.seats.all()} == {cast.town.name, cast.district.name}
    assert (round.state, round.announced_by_key, round.version) == ("announced", cast.alice.key, 2)


def test_names_on_seats_stay_as_they_were_at_announcing(cast: Cast) -> None:
    round = announced_round(cast)
    type(cast.town).objects.filter(pk=cast.town.pk).update(name="Stadt Neustadt")

    assert seat_of(round, cast.town).organisation_name == "Stadt Musterstadt"


def test_an_ended_organisation_is_not_asked(cast: Cast) -> None:
    planned = planned_round(cast)
    yesterday = timezone.localdate() - timedelta(days=1)
    type(cast.youth).objects.filter(pk=cast.youth.pk).update(ended_on=yesterday)

    round = announce_round(round=planned, by=cast.alice, expected_version=1)

    assert cast.youth.pk not in round.seats.values_list("organisation_id", flat=True)


def test_a_round_nobody_could_answer_is_not_announced(cast: Cast) -> None:
    planned = planned_round(cast)
    GroupMembership.objects.update(valid_until=timezone.localdate() - timedelta(days=1))

    with pytest.raises(WrongState):
        announce_round(round=planned, by=cast.alice, expected_version=1)
    assert fresh(planned).state == RoundState.PLANNED


def test_one_consent_round_of_a_term_runs_at_a_time_and_one_whose_time_is_over_still_counts(
    cast: Cast,
) -> None:
    running = closing_round(cast)
    second = second_round(cast, running)

    with pytest.raises(WrongState):
        announce_round(round=second, by=cast.alice, expected_version=1)
    close_round(round=running, by=cast.alice)
    assert announce_round(round=second, by=cast.alice, expected_version=1).state == RoundState.ANNOUNCED


def test_a_beginning_that_has_passed_becomes_now(cast: Cast) -> None:
    planned = planned_round(cast)

    with at(planned.opens_at + timedelta(days=2)):
        now = timezone.now()
        round = announce_round(round=planned, by=cast.alice, expected_version=1)

    assert round.opens_at == now


def test_a_round_whose_time_has_nearly_passed_is_not_announced_any_more(cast: Cast) -> None:
    planned = planned_round(cast)

    with at(planned.closes_at - timedelta(hours=23)), pytest.raises(Invalid) as refusal:
        announce_round(round=planned, by=cast.alice, expected_version=1)

    assert refusal.value.field == "closes_at"


def test_everybody_who_may_answer_and_every_mailbox_is_told_once(cast: Cast) -> None:
    announced_round(cast)

    told = OutboxMessage.objects.filter(template="round_announced")
    assert {m.user for m in told if m.user} == {cast.bob, cast.hanna, cast.kaya, cast.mio}
    assert {m.organisation for m in told if m.organisation} == {cast.town, cast.district, cast.youth}
    assert told.count() == 7
    assert all(m.context["url"].startswith("http") for m in told)


def test_a_stale_form_announces_nothing(cast: Cast) -> None:
    planned = planned_round(cast)

    with pytest.raises(Stale):
        announce_round(round=planned, by=cast.alice, expected_version=7)


# ---- moving the end


def test_the_end_is_moved_later_with_a_reason_and_told(cast: Cast) -> None:
    round = open_round(cast)
    later = round.closes_at + timedelta(days=7)

    moved = move_end(round=round, by=cast.alice, closes_at=later, reason="Ferien", expected_version=2)

    assert moved.closes_at == later
    assert OutboxMessage.objects.filter(template="round_moved").count() == 7
    assert RecordRow.objects.last().act == "move_end"
    assert "Ferien" not in RecordRow.objects.last().body


def test_the_end_is_moved_earlier_only_when_all_have_spoken_and_with_a_days_notice(cast: Cast) -> None:
    round = open_round(cast)
    soon, in_two_days = ahead(hours=23), ahead(days=2)

    with pytest.raises(Invalid):
        move_end(round=round, by=cast.alice, closes_at=in_two_days, reason="Fertig", expected_version=2)
    answer_all(cast, round)
    with pytest.raises(Invalid):
        move_end(round=round, by=cast.alice, closes_at=soon, reason="Fertig", expected_version=2)
    moved = move_end(round=round, by=cast.alice, closes_at=in_two_days, reason="Fertig", expected_version=2)

    assert moved.closes_at == in_two_days


def test_an_answer_taken_back_has_not_spoken(cast: Cast) -> None:
    round = open_round(cast)
    answer_all(cast, round)
    answer(cast, round, cast.town, Stance.TAKEN_BACK)

    with pytest.raises(Invalid):
        move_end(round=round, by=cast.alice, closes_at=ahead(days=2), reason="Fertig", expected_version=2)


@pytest.mark.parametrize("changes", [{"reason": ""}, {"closes_at": None}])
def test_moving_needs_a_reason_and_another_end(cast: Cast, changes: dict[str, Any]) -> None:
    round = open_round(cast)
    closes_at = round.closes_at + timedelta(days=0 if "closes_at" in changes else 1)

    with pytest.raises(Invalid):
        move_end(
            round=round,
            by=cast.alice,
            closes_at=closes_at,
            reason=changes.get("reason", "x"),
            expected_version=2,
        )


# ---- cancelling


def test_a_cancelled_round_keeps_its_answers_and_says_why(cast: Cast) -> None:
    round = open_round(cast)
    answer(cast, round, cast.town)

    cancelled = cancel_round(round=round, by=cast.alice, reason="Auftrag entfallen", expected_version=2)

    assert (cancelled.phase(), cancelled.cancel_reason) == (RoundPhase.CANCELLED, "Auftrag entfallen")
    assert seat_of(round, cast.town).positions.count() == 1
    assert OutboxMessage.objects.filter(template="round_cancelled").count() == 7


def test_a_planned_round_is_dropped_without_telling_anybody(cast: Cast) -> None:
    cancel_round(round=planned_round(cast), by=cast.alice, reason="Doch nicht", expected_version=1)

    assert not OutboxMessage.objects.exists()


def test_cancelling_needs_a_reason(cast: Cast) -> None:
    with pytest.raises(Invalid):
        cancel_round(round=open_round(cast), by=cast.alice, reason=" ", expected_version=2)


# ---- closing


def test_the_close_stores_what_the_tally_says_and_is_the_same_afterwards(cast: Cast) -> None:
    round = closing_round(cast, answers={"district": Stance.OBJECTION, "youth": None})
    before = tally_of(round)

    outcome = close_round(round=round, by=cast.alice)

    assert outcome.tally == before.as_json() == tally_of(fresh(round)).as_json()
    assert outcome.result == OutcomeResult.CARRIED_WITH_DISSENT
    assert {m.user for m in OutboxMessage.objects.filter(template="round_over")} == {cast.alice}


@pytest.mark.parametrize(
    ("answers", "result"),
    [
        ({}, OutcomeResult.CARRIED),
        ({"town": Stance.RESERVATION}, OutcomeResult.CARRIED),
        ({"town": Stance.OBJECTION}, OutcomeResult.CARRIED_WITH_DISSENT),
        ({"town": Stance.OBJECTION, "district": Stance.OBJECTION}, OutcomeResult.NOT_CARRIED),
        (
            {"town": Stance.STAND_ASIDE, "district": Stance.STAND_ASIDE, "youth": None},
            OutcomeResult.NOT_CARRIED,
        ),
        ({"district": None}, OutcomeResult.CARRIED),
        ({"district": None, "youth": None}, OutcomeResult.QUORUM_MISSED),
    ],
)
def test_the_outcome_follows_the_procedure(cast: Cast, answers: dict[str, str | None], result: str) -> None:
    assert closed_round(cast, answers=answers).outcome.result == result


def test_closing_again_gives_the_same_outcome(cast: Cast) -> None:
    round = closing_round(cast)

    first, second = close_round(round=round, by=cast.alice), close_round(round=round, by=None)

    assert first == second == Outcome.objects.get()
    assert RecordRow.objects.filter(act="close_round").count() == 1


def test_a_running_round_is_not_closed(cast: Cast) -> None:
    with pytest.raises(RoundHasNotEnded):
        close_round(round=open_round(cast), by=cast.alice)


@pytest.mark.parametrize("make", [planned_round])
def test_a_round_that_was_not_announced_is_not_closed(cast: Cast, make: Callable[..., Round]) -> None:
    with pytest.raises(WrongState):
        close_round(round=make(cast), by=cast.alice)


def test_the_clock_closes_what_is_due_and_nothing_else(cast: Cast) -> None:
    over = closing_round(cast)
    running = open_round(cast, proposed_definition(cast, term_with_labels(cast, "Lernort")))

    assert close_due(timezone.now()) == 1
    assert close_due(timezone.now()) == 0
    assert (fresh(over).state, fresh(running).state) == (RoundState.CLOSED, RoundState.ANNOUNCED)
    assert fresh(over).outcome.actor_key == ""


def test_a_round_ends_by_the_clock_even_when_no_job_runs(cast: Cast) -> None:
    round = open_round(cast)

    assert round.phase(round.closes_at - timedelta(microseconds=1)) == RoundPhase.OPEN
    assert round.phase(round.closes_at) == RoundPhase.CLOSING


# ---- the statement


def test_the_statement_holds_the_computed_sentences_and_a_persons_text(cast: Cast) -> None:
    round = closed_round(cast, answers={"district": Stance.OBJECTION})

    statement = state_outcome(round=round, by=cast.alice, text=" Wir sind uns einig. ")

    assert statement.text == "Wir sind uns einig."
    assert statement.computed == computed_statement(fresh(round))
    assert cast.district.name in statement.computed
    told = OutboxMessage.objects.filter(template="outcome_stated")
    assert told.count() == 7
    assert all(mail.context["result"] and mail.context["organisation_name"] for mail in told)


def test_the_outcome_is_stated_once_and_only_after_the_close(cast: Cast) -> None:
    over = closing_round(cast)
    stated = stated_round(cast, proposed_definition(cast, term_with_labels(cast, "Lernort")))

    for round in (over, stated):
        with pytest.raises(WrongState):
            state_outcome(round=round, by=cast.alice, text="So.")
    with pytest.raises(Invalid):
        state_outcome(round=closed_round_of(cast, over), by=cast.alice, text=" ")


def closed_round_of(cast: Cast, round: Round) -> Round:
    close_round(round=round, by=cast.alice)
    return fresh(round)


@pytest.mark.parametrize("name", ["bob", "dora", "charlie"])
def test_only_the_facilitator_announces_moves_cancels_closes_and_states(cast: Cast, name: str) -> None:
    person, round = getattr(cast, name), closing_round(cast)
    values = {"round": round, "by": person}

    for act in (
        lambda: announce_round(**values, expected_version=2),
        lambda: move_end(**values, closes_at=ahead(days=9), reason="x", expected_version=2),
        lambda: cancel_round(**values, reason="x", expected_version=2),
        lambda: close_round(**values),
        lambda: state_outcome(**values, text="x"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_facilitating_another_group_does_not_help(cast: Cast) -> None:
    other = make_group("Andere Gruppe", slug="andere")
    join(other, cast.town)
    term = term_with_labels(cast, steward=other)
    definition = proposed_definition(cast, term, by=cast.kaya, organisation=cast.district)

    with pytest.raises(NotAllowed):
        planned_round(cast, definition)


def test_a_form_sent_twice_plans_one_round_and_another_one_under_its_key_is_refused(cast: Cast) -> None:
    definition, times = proposed_definition(cast), {"opens_at": ahead(days=1), "closes_at": ahead(days=15)}

    first = planned_round(cast, definition, submission_key="k", **times)
    second = planned_round(cast, definition, submission_key="k", **times)

    assert first == second == Round.objects.get()
    with pytest.raises(Stale) as refusal:
        planned_round(cast, definition, submission_key="k", question="Etwas anderes?", **times)
    assert refusal.value.current == first
