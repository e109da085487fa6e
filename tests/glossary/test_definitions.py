"""Definitions: put forward, revised, withdrawn, set aside, returned."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from glossary.actions.definitions import (
    edit_definition,
    return_definition,
    revise_definition,
    set_aside_definition,
    withdraw_definition,
)
from glossary.actions.drafts import save_draft
from glossary.actions.proposing import propose_definition, start_joint_draft
from glossary.actions.rounds import cancel_round
from glossary.actions.terms import retire_term
from glossary.data import SourceData
from glossary.errors import WordingIsBeingAsked
from glossary.models import Definition, Draft, Wording
from glossary.signals import term_changed
from glossary.states import DefinitionState, SourceRelation
from record.errors import Invalid, NotAllowed, Stale, WrongState
from record.models import RecordRow
from tests.factories.cast import Cast
from tests.factories.glossary import (
    BOOK,
    REVISED,
    TEXT,
    announced_round,
    joint_draft,
    proposed_definition,
    quoted_definition,
    term_with_labels,
)

pytestmark = pytest.mark.django_db


def test_a_proposal_makes_a_wording_a_revision_and_one_record_row(cast: Cast) -> None:
    term = term_with_labels(cast)
    before = RecordRow.objects.count()

    definition = proposed_definition(cast, term, text=f"  {TEXT}\r\n", sources=[BOOK])

    assert definition.wording.text == TEXT
    assert definition.wording.sources.get().csl == BOOK.csl
    assert definition.revisions.get().wording == definition.wording
    row = RecordRow.objects.last()
    assert RecordRow.objects.count() == before + 1
    assert (row.act, row.object_key) == ("propose_definition", definition.wording.key)
    assert (row.actor_key, row.organisation_key) == (cast.bob.key, cast.town.key)
    assert TEXT[:20] not in row.body


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 161}, "title"),
        ({"text": " "}, "text"),
        ({"text": "<b>fett</b>"}, "text"),
        ({"text": "x" * 50_001}, "text"),
        ({"scope": "x" * 251}, "scope"),
        ({"scope": "<i>"}, "scope"),
        ({"origin": "joint_draft"}, "origin"),
        ({"origin": "source"}, "sources"),
        ({"sources": [SourceData(relation="copied")]}, "sources"),
        ({"sources": [SourceData(passage="x" * 121)]}, "sources"),
        ({"sources": [SourceData(csl={"x": object()})]}, "sources"),
    ],
)
def test_a_proposal_that_says_too_little_or_too_much_is_refused_beside_its_field(
    cast: Cast, changes: dict[str, Any], field: str
) -> None:
    term = term_with_labels(cast)

    with pytest.raises(Invalid) as refusal:
        proposed_definition(cast, term, **changes)

    assert refusal.value.field == field
    assert str(refusal.value)
    assert not Wording.objects.exists()


@pytest.mark.parametrize("name", ["alice", "erik", "fatma", "dora", "gesa", "charlie"])
def test_only_who_speaks_for_an_organisation_puts_a_definition_forward(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        proposed_definition(cast, by=getattr(cast, name))


def test_nobody_proposes_for_another_organisation(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        proposed_definition(cast, by=cast.bob, organisation=cast.district)


def test_a_proposal_sent_twice_with_one_key_is_made_once(cast: Cast) -> None:
    key, term = str(uuid.uuid4()), term_with_labels(cast)

    first = proposed_definition(cast, term, submission_key=key)
    second = proposed_definition(cast, term, submission_key=key)

    assert first == second == Definition.objects.get()


def test_submitting_deletes_the_draft_it_was_written_in_and_nobody_elses(cast: Cast) -> None:
    term = term_with_labels(cast)
    own = save_draft(
        by=cast.erik, kind="definition", organisation=cast.town, term=term, content={"text": "…"}
    )
    other = save_draft(by=cast.kaya, kind="definition", organisation=cast.district, term=term, content={})

    proposed_definition(cast, term, draft=own)

    assert Draft.objects.get() == other
    with pytest.raises(NotAllowed):
        proposed_definition(cast, term, draft=other)


def test_a_retired_term_takes_no_definitions(cast: Cast) -> None:
    term = retire_term(term=term_with_labels(cast), by=cast.dora, reason="Aufgeteilt")

    with pytest.raises(WrongState):
        proposed_definition(cast, term)
    with pytest.raises(WrongState):
        start_joint_draft(term=term, by=cast.alice, title="x", text="y")


def test_a_joint_draft_names_its_parents_and_inherits_their_sources_as_adapted(cast: Cast) -> None:
    term = term_with_labels(cast)
    quoted, proposal = quoted_definition(cast, term), proposed_definition(cast, term)

    draft = joint_draft(cast, term, parents=[quoted, proposal])

    assert set(draft.wording.parents.all()) == {quoted.wording, proposal.wording}
    assert draft.wording.sources.get().relation == SourceRelation.ADAPTED
    assert (draft.group, draft.organisation) == (cast.group, None)


def test_there_is_one_open_joint_draft_per_term(cast: Cast) -> None:
    first = joint_draft(cast)

    with pytest.raises(WrongState):
        joint_draft(cast, first.term, parents=[])
    withdrawn = withdraw_definition(definition=first, by=cast.alice, expected_version=1)
    joint_draft(cast, first.term, parents=[])
    with pytest.raises(WrongState):
        return_definition(definition=withdrawn, by=cast.alice, expected_version=2)


@pytest.mark.parametrize("name", ["bob", "dora", "charlie"])
def test_only_the_facilitator_starts_a_joint_draft(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        start_joint_draft(term=term_with_labels(cast), by=getattr(cast, name), title="x", text="y")


def test_a_joint_draft_is_made_from_definitions_of_its_own_term(cast: Cast) -> None:
    other = proposed_definition(cast, term_with_labels(cast, "Lernort"))

    with pytest.raises(Invalid):
        joint_draft(cast, term_with_labels(cast), parents=[other])


def test_a_revision_is_a_new_wording_and_the_old_one_stays(cast: Cast) -> None:
    definition = proposed_definition(cast)

    revised = revise_definition(
        definition=definition, by=cast.hanna, text=REVISED, scope="überall", expected_version=1
    )

    assert (revised.wording.text, revised.wording.scope, revised.version) == (REVISED, "überall", 2)
    assert list(revised.wording.parents.all()) == [definition.wording]
    assert list(revised.revisions.values_list("number", "wording__text")) == [(1, TEXT), (2, REVISED)]


def test_a_revision_that_changes_nothing_is_refused(cast: Cast) -> None:
    definition = proposed_definition(cast)

    with pytest.raises(Invalid):
        revise_definition(
            definition=definition,
            by=cast.bob,
            text=f"{TEXT}\n",
            scope=definition.wording.scope,
            expected_version=1,
        )


def test_a_stale_form_is_refused_and_shows_what_stands_now(cast: Cast) -> None:
    definition = proposed_definition(cast)
    newer = edit_definition(definition=definition, by=cast.bob, title="Neu", rationale="", expected_version=1)

    with pytest.raises(Stale) as refusal:
        revise_definition(definition=definition, by=cast.bob, text="Anders.", scope="", expected_version=1)

    assert refusal.value.current == newer
    assert refusal.value.current.title == "Neu"


def test_a_quoted_definition_is_never_revised(cast: Cast) -> None:
    quoted = quoted_definition(cast, term_with_labels(cast))

    with pytest.raises(WrongState):
        revise_definition(definition=quoted, by=cast.bob, text="Anders.", scope="", expected_version=1)


@pytest.mark.parametrize("name", ["alice", "erik", "kaya", "dora"])
def test_only_whoever_brought_it_in_revises_edits_or_withdraws_it(cast: Cast, name: str) -> None:
    person, definition = getattr(cast, name), proposed_definition(cast)

    with pytest.raises(NotAllowed):
        revise_definition(definition=definition, by=person, text="Anders.", scope="", expected_version=1)
    with pytest.raises(NotAllowed):
        edit_definition(definition=definition, by=person, title="x", rationale="", expected_version=1)
    with pytest.raises(NotAllowed):
        withdraw_definition(definition=definition, by=person, expected_version=1)


def test_withdrawn_and_returned_by_whoever_brought_it_in(cast: Cast) -> None:
    definition = proposed_definition(cast)

    withdrawn = withdraw_definition(definition=definition, by=cast.bob, expected_version=1)
    with pytest.raises(NotAllowed):
        return_definition(definition=withdrawn, by=cast.alice, expected_version=2)
    returned = return_definition(definition=withdrawn, by=cast.hanna, expected_version=2)

    assert (withdrawn.state, returned.state) == (DefinitionState.WITHDRAWN, DefinitionState.PROPOSED)


def test_set_aside_and_returned_by_the_facilitator(cast: Cast) -> None:
    definition = proposed_definition(cast)
    into = proposed_definition(cast, definition.term, title="Besser")

    aside = set_aside_definition(
        definition=definition,
        by=cast.alice,
        reason="Steckt im anderen.",
        merged_into=into,
        expected_version=1,
    )
    with pytest.raises(NotAllowed):
        return_definition(definition=aside, by=cast.bob, expected_version=2)
    returned = return_definition(definition=aside, by=cast.alice, expected_version=2)

    assert (aside.state, aside.merged_into) == (DefinitionState.SET_ASIDE, into)
    assert (returned.state_reason, returned.merged_into) == ("", None)


def test_setting_aside_needs_a_reason_the_facilitator_and_a_definition_of_the_same_term(cast: Cast) -> None:
    definition = proposed_definition(cast)
    other = proposed_definition(cast, term_with_labels(cast, "Lernort"))
    values = {"definition": definition, "by": cast.alice, "reason": "Weil.", "expected_version": 1}

    for changes, error in (
        ({"reason": " "}, Invalid),
        ({"merged_into": other}, Invalid),
        ({"merged_into": definition}, Invalid),
        ({"by": cast.bob}, NotAllowed),
    ):
        with pytest.raises(error):
            set_aside_definition(**{**values, **changes})


def test_while_a_round_asks_about_it_a_definition_stays_as_it_is(cast: Cast) -> None:
    round = announced_round(cast)
    definition = round.definition
    acts = (
        lambda: revise_definition(definition=definition, by=cast.bob, text="x", scope="", expected_version=1),
        lambda: withdraw_definition(definition=definition, by=cast.bob, expected_version=1),
        lambda: set_aside_definition(definition=definition, by=cast.alice, reason="x", expected_version=1),
    )

    for act in acts:
        with pytest.raises(WordingIsBeingAsked):
            act()
    cancel_round(round=round, by=cast.alice, reason="Vertagt", expected_version=round.version)
    assert acts[1]().state == DefinitionState.WITHDRAWN


def test_a_withdrawn_definition_is_not_revised_or_withdrawn_again(cast: Cast) -> None:
    definition = withdraw_definition(definition=proposed_definition(cast), by=cast.bob, expected_version=1)

    for act in (
        lambda: revise_definition(definition=definition, by=cast.bob, text="x", scope="", expected_version=2),
        lambda: withdraw_definition(definition=definition, by=cast.bob, expected_version=2),
        lambda: edit_definition(
            definition=definition, by=cast.bob, title="x", rationale="", expected_version=2
        ),
    ):
        with pytest.raises(WrongState):
            act()


def test_a_mandate_for_all_groups_and_a_term_without_steward_admit_a_proposal(cast: Cast) -> None:
    term = term_with_labels(cast, steward=None)

    definition = propose_definition(
        term=term, by=cast.kaya, organisation=cast.district, title="Unser Vorschlag", text="Lernen."
    )

    assert definition.mandate.user == cast.kaya


@pytest.mark.parametrize("changed", [{"text": REVISED}, {"title": "Anders"}, {"sources": [BOOK]}])
def test_another_text_under_the_same_key_is_refused_and_never_dropped(
    cast: Cast, changed: dict[str, Any]
) -> None:
    term = term_with_labels(cast)
    stored = proposed_definition(cast, term, submission_key="k")

    with pytest.raises(Stale) as refusal:
        proposed_definition(cast, term, submission_key="k", **changed)

    assert refusal.value.current == stored == Definition.objects.get()


def test_a_proposal_with_sources_sent_twice_after_a_revision_is_made_once(cast: Cast) -> None:
    term = term_with_labels(cast)
    first = proposed_definition(cast, term, submission_key="k", sources=[BOOK])
    revise_definition(definition=first, by=cast.bob, text=REVISED, scope="", expected_version=first.version)

    assert proposed_definition(cast, term, submission_key="k", sources=[BOOK]) == first


def test_a_joint_draft_sent_twice_is_made_once_and_another_one_is_refused(cast: Cast) -> None:
    parent = proposed_definition(cast)
    first = joint_draft(cast, parent.term, parents=[parent], submission_key="k")

    assert joint_draft(cast, parent.term, parents=[parent], submission_key="k") == first
    with pytest.raises(Stale):
        joint_draft(cast, parent.term, parents=[], submission_key="k")


def test_readers_are_told_before_the_record_is_written(cast: Cast) -> None:
    """The head of the record is the last lock: whoever holds it waits for nobody."""
    acts: list[Callable[[Definition], Definition]] = [
        lambda row: revise_definition(
            definition=row, by=cast.bob, text=REVISED, scope="", expected_version=row.version
        ),
        lambda row: edit_definition(
            definition=row, by=cast.bob, title="Neu", rationale="", expected_version=row.version
        ),
        lambda row: withdraw_definition(definition=row, by=cast.bob, expected_version=row.version),
        lambda row: return_definition(definition=row, by=cast.bob, expected_version=row.version),
    ]
    row, order = proposed_definition(cast), []

    def told(**_kwargs: Any) -> None:
        order.append(RecordRow.objects.count())

    term_changed.connect(told)
    expected = [RecordRow.objects.count() + number for number in range(len(acts) + 1)]
    try:
        for act in acts:
            row = act(row)
        proposed_definition(cast, row.term)
    finally:
        term_changed.disconnect(told)

    assert order == expected
