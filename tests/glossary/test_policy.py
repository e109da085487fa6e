"""Who may do what, and when: truth tables over the whole cast and every phase, and `may` says what the actions do."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from glossary.actions.closing import close_round, state_outcome
from glossary.actions.consensus import publish_entry
from glossary.actions.definitions import (
    edit_definition,
    return_definition,
    revise_definition,
    set_aside_definition,
    withdraw_definition,
)
from glossary.actions.drafts import save_draft
from glossary.actions.positions import take_position
from glossary.actions.proposing import propose_definition, start_joint_draft
from glossary.actions.rounds import announce_round, cancel_round, change_round, move_end, plan_round
from glossary.actions.support import declare_support
from glossary.models import Round
from glossary.policy import ACTS, acting_organisations, may
from glossary.states import DEFINITION_ACTS, ROUND_ACTS, DefinitionState, RoundPhase, Stance
from record.errors import DomainError
from tests.factories.cast import Cast, give
from tests.factories.clock import ahead
from tests.factories.glossary import (
    announced_round,
    answer,
    closed_round,
    closing_round,
    entry_v1,
    joint_draft,
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

ROUNDS: dict[str, Callable[[Cast], Round]] = {
    "planned": planned_round,
    "upcoming": announced_round,
    "open": open_round,
    "closing": closing_round,
    "closed": closed_round,
    "stated": stated_round,
    "lost": lambda cast: stated_round(cast, answers={"town": Stance.OBJECTION, "district": Stance.OBJECTION}),
    "published": lambda cast: entry_v1(cast).round,
    "cancelled": lambda cast: cancel(cast, open_round(cast)),
}


def cancel(cast: Cast, round: Round) -> Round:
    return cancel_round(round=round, by=cast.alice, reason="Vertagt", expected_version=round.version)


# Phase → act → who may. Nobody else in the cast may do any of these acts.
MATRIX: dict[str, dict[str, set[str]]] = {
    "planned": {"announce_round": {"alice"}, "change_round": {"alice"}, "cancel_round": {"alice"}},
    "upcoming": {"move_end": {"alice"}, "cancel_round": {"alice"}},
    "open": {"move_end": {"alice"}, "cancel_round": {"alice"}, "take_position": {"bob", "hanna", "kaya"}},
    "closing": {"close_round": {"alice"}},
    "closed": {"state_outcome": {"alice"}},
    "stated": {"publish_entry": {"dora", "admin"}},
    "lost": {},
    "published": {},
    "cancelled": {},
}


@pytest.mark.parametrize("phase", ROUNDS)
def test_round_phase_by_act_by_person(cast: Cast, phase: str) -> None:
    round = ROUNDS[phase](cast)

    allowed = {
        act: {
            name
            for name, person in cast.everybody().items()
            if may(person, act, Round.objects.get(pk=round.pk))
        }
        for act in ROUND_ACTS
    }

    assert {act: who for act, who in allowed.items() if who} == MATRIX[phase]


@pytest.mark.parametrize("phase", ROUNDS)
def test_may_says_what_the_actions_on_a_round_do(cast: Cast, phase: str) -> None:
    round = ROUNDS[phase](cast)

    for name, person in cast.everybody().items():
        if name == "ada":
            continue  # an anonymous reader is no `by`
        for act, do in acts_on(round, person, cast).items():
            said = may(person, act, Round.objects.get(pk=round.pk))
            assert said == happens(do), (phase, name, act)


def happens(act: Callable[[], Any]) -> bool:
    """The act goes through (and is undone)."""
    try:
        with transaction.atomic():
            act()
            transaction.set_rollback(True)
    except DomainError:
        return False
    return True


def acts_on(round: Round, person: Any, cast: Cast) -> dict[str, Callable[[], Any]]:
    version = {"expected_version": round.version}
    later = round.closes_at + (ahead(days=1) - timezone.now())
    return {
        "announce_round": lambda: announce_round(round=round, by=person, **version),
        "change_round": lambda: change_round(
            round=round,
            by=person,
            definition=round.definition,
            question="Anders?",
            opens_at=ahead(days=3),
            closes_at=ahead(days=20),
            **version,
        ),
        "move_end": lambda: move_end(round=round, by=person, closes_at=later, reason="x", **version),
        "cancel_round": lambda: cancel_round(round=round, by=person, reason="x", **version),
        "close_round": lambda: first_close(round, person),
        "state_outcome": lambda: state_outcome(round=round, by=person, text="x"),
        "publish_entry": lambda: publish_entry(round=round, by=person, valid_from=timezone.localdate()),
        "take_position": lambda: answer_somewhere(round, person),
    }


def first_close(round: Round, person: Any) -> None:
    """Closing again is harmless and gives the outcome there is; here the first close is meant."""
    if Round.objects.get(pk=round.pk).state == "closed":
        raise DomainError
    close_round(round=round, by=person)


def answer_somewhere(round: Round, person: Any) -> None:
    mandates = acting_organisations(person, "take_position", round)
    seats = round.seats.filter(organisation__in=[mandate.organisation_id for mandate in mandates])
    seat = seats.first() or round.seats.first()
    if seat is None:
        raise DomainError
    take_position(seat=seat, by=person, value=Stance.CONSENT, replaces=seat.positions.count())


# ---- definitions

DEFINITIONS: dict[str, Callable[[Cast], Any]] = {
    "proposal": proposed_definition,
    "quoted": lambda cast: quoted_definition(cast, term_with_labels(cast)),
    "joint": joint_draft,
    "withdrawn": lambda cast: withdraw_definition(
        definition=proposed_definition(cast), by=cast.bob, expected_version=1
    ),
    "set_aside": lambda cast: set_aside_definition(
        definition=proposed_definition(cast), by=cast.alice, reason="x", expected_version=1
    ),
    "asked": lambda cast: announced_round(cast).definition,
}
TOWN, FACILITATOR = {"bob", "hanna"}, {"alice"}
DEFINITION_MATRIX: dict[str, dict[str, set[str]]] = {
    "proposal": {
        "revise_definition": TOWN, "edit_definition": TOWN, "withdraw_definition": TOWN,
        "set_aside_definition": FACILITATOR, "plan_round": FACILITATOR,
    },
    "quoted": {"edit_definition": TOWN, "withdraw_definition": TOWN, "set_aside_definition": FACILITATOR},
    "joint": dict.fromkeys(
        ["revise_definition", "edit_definition", "withdraw_definition", "set_aside_definition", "plan_round"],
        FACILITATOR,
    ),
    "withdrawn": {"return_definition": TOWN},
    "set_aside": {"return_definition": FACILITATOR},
    "asked": {"edit_definition": TOWN, "plan_round": FACILITATOR},
}  # fmt: skip


@pytest.mark.parametrize("kind", DEFINITIONS)
def test_definition_by_act_by_person(cast: Cast, kind: str) -> None:
    definition = DEFINITIONS[kind](cast)

    allowed = {
        act: {name for name, person in cast.everybody().items() if may(person, act, definition)}
        for act in DEFINITION_ACTS
    }

    assert {act: who for act, who in allowed.items() if who} == DEFINITION_MATRIX[kind]


# The person may; it is the term that has a round already, and the page leads there.
LED_ELSEWHERE = {("asked", "plan_round")}


@pytest.mark.parametrize("kind", DEFINITIONS)
def test_may_says_what_the_actions_on_a_definition_do(cast: Cast, kind: str) -> None:
    definition = DEFINITIONS[kind](cast)
    definition.refresh_from_db()

    for name, person in cast.everybody().items():
        if name == "ada":
            continue
        values = {"definition": definition, "by": person, "expected_version": definition.version}
        acts = {
            "revise_definition": lambda v=values: revise_definition(**v, text="Neu.", scope=""),
            "edit_definition": lambda v=values: edit_definition(**v, title="Neu", rationale=""),
            "withdraw_definition": lambda v=values: withdraw_definition(**v),
            "set_aside_definition": lambda v=values: set_aside_definition(**v, reason="x"),
            "return_definition": lambda v=values: return_definition(**v),
            "plan_round": lambda p=person: plan_round(
                definition=definition, by=p, question="?", opens_at=ahead(days=1), closes_at=ahead(days=9)
            ),
        }
        for act, do in acts.items():
            allowed = may(person, act, definition) and (kind, act) not in LED_ELSEWHERE
            assert allowed == happens(do), (kind, name, act)


# ---- terms, drafts, entries


def test_term_by_act_by_person(cast: Cast) -> None:
    term = term_with_labels(cast)
    editors = {"dora", "admin"}
    expected = {
        "propose_definition": {"bob", "hanna", "kaya"},
        "start_joint_draft": {"alice"},
        "save_draft": {"alice", "bob", "hanna", "erik", "kaya"},
        "create_term": editors, "rename_term": editors, "assign_steward": editors, "add_label": editors,
        "change_label": editors, "remove_label": editors, "add_relation": editors, "remove_relation": editors,
        "write_explanation": editors, "retire_term": editors,
        "read_names": {"alice", "bob", "hanna", "erik", "fatma", "kaya", "dora", "gesa", "admin"},
    }  # fmt: skip

    for act, who in expected.items():
        assert {name for name, person in cast.everybody().items() if may(person, act, term)} == who, act
    for name, person in cast.everybody().items():
        if name != "ada":
            for organisation in (cast.town, cast.district):
                values = {"term": term, "by": person, "title": "x", "text": "y"}
                said = organisation in [
                    m.organisation for m in acting_organisations(person, "propose_definition", term)
                ]
                assert said == happens(
                    lambda v=values, o=organisation: propose_definition(**v, organisation=o)
                )
            assert may(person, "start_joint_draft", term) == happens(lambda v=values: start_joint_draft(**v))


def test_a_planned_round_is_read_by_members_and_an_announced_one_by_everybody(cast: Cast) -> None:
    public = announced_round(cast)
    planned = second_round(cast, public)

    readers = {name for name, person in cast.everybody().items() if may(person, "read_round", planned)}

    assert readers == {"alice", "bob", "hanna", "erik", "fatma", "kaya", "dora", "gesa", "admin"}
    assert all(may(person, "read_round", public) for person in cast.everybody().values())


def test_a_draft_is_read_by_its_owners_people_and_written_by_those_who_write(cast: Cast) -> None:
    term = term_with_labels(cast)
    towns = save_draft(by=cast.erik, kind="definition", organisation=cast.town, term=term, content={})
    groups = save_draft(by=cast.alice, kind="definition", group=cast.group, term=term, content={})

    def who(act: str, draft: Any) -> set[str]:
        return {name for name, person in cast.everybody().items() if may(person, act, draft)}

    assert who("read_draft", towns) == {"bob", "hanna", "erik", "fatma"}
    assert who("discard_draft", towns) == {"bob", "hanna", "erik"}
    assert who("read_draft", groups) == who("discard_draft", groups) == {"alice"}


def test_support_by_person(cast: Cast) -> None:
    entry = entry_v1(cast, answers={"district": None})

    assert {name for name, p in cast.everybody().items() if may(p, "declare_support", entry)} == {
        "bob",
        "hanna",
        "kaya",
    }
    for name, person in cast.everybody().items():
        if name != "ada":
            joins = happens(
                lambda p=person: declare_support(entry=entry, by=p, organisation=cast.district, kind="joins")
            )
            assert joins == (name == "kaya")


def test_only_administrators_redact(cast: Cast) -> None:
    wording = proposed_definition(cast).wording

    assert {name for name, person in cast.everybody().items() if may(person, "redact", wording)} == {"admin"}


def test_for_whom_a_person_acts_lists_each_organisation_once_speaker_first(cast: Cast) -> None:
    give(cast.bob, cast.youth, "deputy", cast.group)
    give(cast.bob, cast.town, "deputy", None)
    give(cast.bob, cast.outside, "speaker", None)
    round = open_round(cast)

    mandates = acting_organisations(cast.bob, "take_position", round)

    assert [(m.organisation, m.role) for m in mandates] == [(cast.youth, "deputy"), (cast.town, "speaker")]
    assert may(cast.bob, "take_position", seat_of(round, cast.youth))
    assert not may(cast.bob, "take_position", seat_of(round, cast.district))
    answer(cast, round, cast.youth, by=cast.bob)


def test_an_inactive_account_may_nothing(cast: Cast) -> None:
    round, term = open_round(cast), term_with_labels(cast, "Lernort")
    cast.bob.is_active = cast.dora.is_active = False

    assert not may(cast.bob, "take_position", round)
    assert not may(cast.dora, "rename_term", term)


def test_every_act_on_rounds_and_definitions_is_in_the_one_table() -> None:
    assert set(ROUND_ACTS) | set(DEFINITION_ACTS) <= set(ACTS)
    assert all(phase in RoundPhase.values for phases in ROUND_ACTS.values() for phase in phases)
    assert all(state in DefinitionState.values for states in DEFINITION_ACTS.values() for state in states)


def test_an_act_nobody_knows_is_a_mistake_of_the_code(cast: Cast) -> None:
    with pytest.raises(KeyError):
        may(cast.bob, "dance", None)
