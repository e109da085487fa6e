"""The rules of how a term stands: pure, on the page and in SQL they say the same, whatever the facts."""

from dataclasses import replace
from itertools import product

import pytest
from django.utils import timezone

from glossary.actions.support import declare_support
from glossary.models import ConsensusEntry, Term
from glossary.queries import (
    current_dissents,
    entries_in_force,
    said_about,
    with_dissents,
    with_status,
)
from glossary.standing import Facts, carriers, in_force, stage_of, standing_dissents, status_of
from glossary.states import TermStage, TermStatus
from glossary.views.term import facts_of, term_rows
from tests.factories.cast import Cast
from tests.factories.glossary import entry_v1
from tests.factories.situations import every_situation

NOTHING = Facts(
    retired=False, in_force=False, dissent=False, coming=False, asked=False, carried=False, joint_draft=False,
    proposal=False, steward=False,
)  # fmt: skip


def test_page_and_lists_agree_on_the_stage_of_a_term_in_every_situation(cast: Cast) -> None:
    expected = {term.pk: stage_of(situation.facts) for term, situation in every_situation(cast)}

    listed = {term.pk: term.stage for term in with_status(Term.objects.all())}
    shown = {term.pk: stage_of(facts_of(term, term_rows(term))) for term in Term.objects.all()}

    assert listed == shown == expected
    assert set(expected.values()) == set(TermStage) - {TermStage.RETIRED}


def test_a_retired_term_is_nothing_else_whatever_it_has(cast: Cast) -> None:
    assert [term for term, _situation in every_situation(cast)]
    Term.objects.update(retired_on=timezone.localdate(), retired_reason="x")

    assert set(with_status(Term.objects.all()).values_list("stage", flat=True)) == {TermStage.RETIRED}


def test_one_fact_seen_otherwise_would_be_noticed(cast: Cast) -> None:
    found = {situation: term.pk for term, situation in every_situation(cast)}
    listed = {term.pk: term.stage for term in with_status(Term.objects.all())}

    for fact in ("in_force", "dissent", "coming", "asked", "carried", "joint_draft", "proposal", "steward"):
        turned = ((s, replace(s.facts, **{fact: not getattr(s.facts, fact)})) for s in found)
        assert any(stage_of(facts) != listed[found[situation]] for situation, facts in turned), fact


def test_versions_in_force_and_dissents_are_the_same_in_sql_and_in_rows(cast: Cast) -> None:
    today = timezone.localdate()
    terms = [term for term, situation in every_situation(cast) if situation.round == "none"]

    rows = [in_force(list(ConsensusEntry.objects.filter(term=term)), today) for term in terms]
    listed = with_dissents(entries_in_force(today).filter(term__in=terms))

    assert {entry.pk for entry in listed} == {entry.pk for entry in rows if entry}
    for entry in listed:
        standing = standing_dissents(said_about(entry))
        assert [one.key for one in standing] == [row.organisation.key for row in current_dissents(entry)]
        assert entry.dissent_count == len(standing)


@pytest.mark.parametrize(
    ("facts", "stage", "status"),
    [
        ({}, "collected", "collected"),
        ({"steward": True}, "collected", "collected"),
        ({"proposal": True}, "proposed", "in_negotiation"),
        ({"proposal": True, "steward": True}, "in_negotiation", "in_negotiation"),
        ({"joint_draft": True}, "in_negotiation", "in_negotiation"),
        ({"asked": True}, "in_negotiation", "in_negotiation"),
        ({"carried": True, "joint_draft": True}, "carried", "in_negotiation"),
        ({"carried": True, "asked": True}, "in_negotiation", "in_negotiation"),
        ({"coming": True, "asked": True}, "coming", "in_negotiation"),
        ({"in_force": True, "carried": True}, "agreed", "agreed"),
        ({"in_force": True, "dissent": True, "asked": True}, "agreed_with_dissent", "agreed_with_dissent"),
        ({"retired": True, "in_force": True}, "retired", "retired"),
    ],
)
def test_readers_are_told_what_happened_in_finer_words_than_the_status(
    facts: dict[str, bool], stage: str, status: str
) -> None:
    found = stage_of(replace(NOTHING, **facts))

    assert (found, status_of(found)) == (TermStage(stage), TermStatus(status))


def test_every_combination_of_facts_has_a_stage_and_every_stage_a_status() -> None:
    names = Facts.__dataclass_fields__
    combinations = product((True, False), repeat=len(names))
    stages = {stage_of(Facts(**dict(zip(names, facts, strict=True)))) for facts in combinations}

    assert stages == set(TermStage)
    assert {status_of(stage) for stage in stages} == set(TermStatus)


def test_carriers_and_dissents_follow_everything_organisations_said_since(cast: Cast) -> None:
    entry = entry_v1(cast, answers={"youth": "objection", "district": "stand_aside"})
    declare_support(entry=entry, by=cast.kaya, organisation=cast.district, kind="joins")
    declare_support(entry=entry, by=cast.bob, organisation=cast.town, kind="ends")
    declare_support(entry=entry, by=cast.mio, organisation=cast.youth, kind="withdraws_dissent")
    declare_support(
        entry=entry, by=cast.bob, organisation=cast.town, kind="dissents", reason="Nun doch nicht."
    )

    said = said_about(entry)

    assert [row["key"] for row in carriers(entry.carried_by, said)] == [cast.district.key]
    assert {d.key for d in standing_dissents(said)} == {d.organisation.key for d in current_dissents(entry)}
    assert len(standing_dissents(said)) == 1
