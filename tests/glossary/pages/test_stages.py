"""The line of steps on the term page tells the newest course, and only what has happened in it."""

from datetime import timedelta

from django.utils import timezone

from glossary.actions.definitions import revise_definition, withdraw_definition
from glossary.models import ConsensusEntry
from glossary.phrases import long_day
from glossary.views.stages import Step, steps
from glossary.views.term import term_rows
from tests.factories.clock import ago, at
from tests.factories.glossary import (
    announced_round,
    closing_round,
    entry_v1,
    entry_v2,
    fresh,
    joint_draft,
    open_round,
    proposed_definition,
    published,
    quoted_definition,
    stated_round,
    term_with_labels,
)

FAILED = dict.fromkeys(("town", "district", "youth"), "stand_aside")


def line_of(term) -> list[Step]:
    rows = term_rows(fresh(term))
    return steps(rows.definitions, rows.rounds, rows.entries)


def states_of(term) -> list[str]:
    return [step.state for step in line_of(term)]


def long_agreed(cast) -> ConsensusEntry:
    """A first version from a proposal, published ten days ago."""
    with at(ago(days=10)):
        return entry_v1(cast)


def revised(cast, definition, text="Ganz neu gefasst."):
    return revise_definition(
        definition=definition, by=cast.alice, text=text, scope="", expected_version=definition.version
    )


def test_nothing_has_happened_before_the_first_proposal(cast):
    term = term_with_labels(cast)
    quoted_definition(cast, term)

    assert states_of(term) == ["todo", "todo", "todo", "todo"]


def test_the_first_proposal_is_where_it_stands(cast):
    definition = proposed_definition(cast)

    line = line_of(definition.term)

    assert [step.state for step in line] == ["current", "todo", "todo", "todo"]
    assert line[0].date == long_day(definition.proposed_at)


def test_a_withdrawn_proposal_is_no_step(cast):
    definition = proposed_definition(cast)
    withdraw_definition(definition=definition, by=cast.bob, expected_version=definition.version)

    assert states_of(definition.term) == ["todo", "todo", "todo", "todo"]


def test_a_joint_draft_stands_with_the_day_of_its_wording(cast):
    with at(ago(days=9)):
        draft = joint_draft(cast)
    revised(cast, draft)

    line = line_of(draft.term)

    assert [step.state for step in line] == ["done", "current", "todo", "todo"]
    assert line[1].date == long_day(timezone.now())


def test_an_open_round_skips_the_joint_draft_there_never_was(cast):
    assert states_of(open_round(cast).term) == ["done", "skipped", "current", "todo"]


def test_an_announced_round_lies_ahead_with_its_beginning(cast):
    line = line_of(announced_round(cast, joint_draft(cast)).term)

    assert [step.state for step in line] == ["done", "current", "todo", "todo"]
    assert "beginnt am" in line[2].date


def test_a_round_whose_time_is_over_is_where_it_stands(cast):
    assert states_of(closing_round(cast).term) == ["done", "skipped", "current", "todo"]


def test_a_carried_round_waits_at_the_last_step(cast):
    line = line_of(stated_round(cast).term)

    assert [step.state for step in line] == ["done", "skipped", "done", "current"]
    assert "noch nicht veröffentlicht" in line[3].date


def test_a_failed_round_says_its_result_and_leaves_agreed_ahead(cast):
    line = line_of(stated_round(cast, answers=FAILED).term)

    assert [step.state for step in line] == ["done", "skipped", "current", "todo"]
    assert "Nicht vereinbart" in line[2].date


def test_a_draft_rewritten_after_a_failed_round_has_the_round_ahead_of_it(cast):
    with at(ago(days=2)):
        draft = joint_draft(cast)
        round = stated_round(cast, draft, answers=FAILED)
    revised(cast, fresh(draft))

    line = line_of(round.term)

    assert [step.state for step in line] == ["done", "current", "todo", "todo"]
    assert "zuletzt" in line[2].date


def test_an_agreed_term_tells_the_course_that_led_to_it(cast):
    entry = entry_v1(cast)

    line = line_of(entry.term)

    assert [step.state for step in line] == ["done", "skipped", "done", "current"]
    assert line[2].date == long_day(entry.round.closed_at)


def test_a_version_that_applies_later_says_from_when(cast):
    later = timezone.localdate() + timedelta(days=9)
    entry = published(cast, stated_round(cast), valid_from=later)

    assert long_day(later) in line_of(entry.term)[3].date
    assert "ab" in line_of(entry.term)[3].date


def test_a_new_proposal_after_an_agreement_begins_a_new_course(cast):
    entry = long_agreed(cast)
    proposal = proposed_definition(cast, entry.term, title="Neu", text="Etwas ganz anderes.")

    line = line_of(entry.term)

    assert [step.state for step in line] == ["current", "todo", "todo", "todo"]
    assert (line[0].date, line[2].date) == (long_day(proposal.proposed_at), "")
    assert "bisher Fassung 1" in line[3].date


def test_a_quotation_after_an_agreement_begins_nothing(cast):
    entry = long_agreed(cast)
    quoted_definition(cast, entry.term)

    assert states_of(entry.term) == ["done", "skipped", "done", "current"]


def test_a_new_round_is_not_told_as_decided(cast):
    entry = long_agreed(cast)
    open_round(cast, joint_draft(cast, entry.term, parents=[]))

    line = line_of(entry.term)

    assert [step.state for step in line] == ["skipped", "done", "current", "todo"]
    assert "bisher Fassung 1" in line[3].date


def test_a_new_round_about_an_older_proposal_does_not_say_that_there_was_none(cast):
    with at(ago(days=12)):
        older = proposed_definition(cast, title="Schon länger da", text="Etwas ganz anderes.")
    with at(ago(days=10)):
        entry = entry_v1(cast, older.term)
    open_round(cast, fresh(older))

    assert states_of(entry.term) == ["done", "skipped", "current", "todo"]


def test_the_second_version_tells_its_own_course(cast):
    first = long_agreed(cast)
    second = entry_v2(cast, first)

    line = line_of(first.term)

    assert [step.state for step in line] == ["done", "skipped", "done", "current"]
    assert line[2].url == second.round.get_absolute_url()
    assert "Fassung 2" in line[3].date
