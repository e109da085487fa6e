"""Answering for an organisation."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from glossary.actions.drafts import save_draft
from glossary.actions.positions import take_position
from glossary.errors import ReasonRequired, RoundNotOpen, StalePosition
from glossary.models import Draft, Position
from glossary.queries import current_positions, tally_of
from glossary.states import Stance
from people.models import Mandate
from record.errors import DomainError, Invalid, NotAllowed, Stale
from record.keys import issue_key
from record.models import RecordRow
from tests.factories.cast import Cast, give, make_user
from tests.factories.clock import at
from tests.factories.glossary import (
    announced_round,
    answer,
    closed_round,
    closing_round,
    open_round,
    planned_round,
    proposed_definition,
    seat_of,
    term_with_labels,
)

pytestmark = pytest.mark.django_db


def test_an_answer_stores_who_for_whom_by_which_mandate_about_which_wording(cast: Cast) -> None:
    round = open_round(cast)

    position = answer(cast, round, cast.town, by=cast.hanna)

    assert (position.number, position.wording, position.role) == (1, round.wording, "deputy")
    assert (position.actor_key, position.mandate.user) == (cast.hanna.key, cast.hanna)
    row = RecordRow.objects.last()
    assert (row.act, row.object_digest, row.organisation_key) == (
        "take_position",
        position.digest,
        cast.town.key,
    )
    assert "consent" not in row.body


def test_an_objection_stores_what_would_have_to_change_and_where(cast: Cast) -> None:
    round = open_round(cast)

    position = answer(cast, round, cast.town, Stance.OBJECTION)

    objection = position.objection
    text = round.wording.text
    assert text[objection.passage_start : objection.passage_end] == objection.passage == "trotz"
    assert objection.change_wanted == "„trotz“ streichen"
    assert list(RecordRow.objects.order_by("-seq").values_list("act", flat=True)[:2]) == [
        "raise_objection", "take_position",
    ]  # fmt: skip


def test_an_objection_may_be_about_the_whole_text_and_say_that_nothing_helps(cast: Cast) -> None:
    position = answer(
        cast,
        open_round(cast),
        cast.town,
        Stance.OBJECTION,
        passage="",
        change_wanted="",
        no_change_helps=True,
    )

    assert (position.objection.passage, position.objection.passage_start) == ("", None)


def test_given_offsets_choose_among_equal_passages(cast: Cast) -> None:
    definition = proposed_definition(cast, text="Lernen ist Lernen.")
    round = open_round(cast, definition)

    position = answer(
        cast, round, cast.town, Stance.OBJECTION, passage=" Lernen", passage_start=10, passage_end=17
    )

    assert (position.objection.passage_start, position.objection.passage_end) == (11, 17)


@pytest.mark.parametrize(
    ("changes", "error", "field"),
    [
        ({"value": "maybe"}, Invalid, "value"),
        ({"value": Stance.TAKEN_BACK}, Invalid, "value"),
        ({"value": Stance.RESERVATION, "reason": " "}, ReasonRequired, "reason"),
        ({"value": Stance.OBJECTION, "reason": ""}, ReasonRequired, "reason"),
        ({"value": Stance.OBJECTION, "reason": "Weil.", "change_wanted": " "}, Invalid, "change_wanted"),
        (
            {"value": Stance.OBJECTION, "reason": "Weil.", "change_wanted": "x", "passage": "Pferd"},
            Invalid,
            "passage",
        ),
        ({"provisional_body": "x" * 161}, Invalid, "provisional_body"),
    ],
)
def test_an_incomplete_answer_is_refused_beside_its_field(
    cast: Cast, changes: dict[str, Any], error: type[DomainError], field: str
) -> None:
    seat = seat_of(open_round(cast), cast.town)

    with pytest.raises(error) as refusal:
        take_position(**{"seat": seat, "by": cast.bob, "value": Stance.CONSENT, "replaces": 0, **changes})

    assert refusal.value.field == field
    assert not seat.positions.exists()


@pytest.mark.parametrize("name", ["alice", "erik", "fatma", "kaya", "dora", "gesa", "charlie", "admin"])
def test_only_speaker_and_deputy_answer_for_their_organisation(cast: Cast, name: str) -> None:
    seat = seat_of(open_round(cast), cast.town)

    with pytest.raises(NotAllowed):
        take_position(seat=seat, by=getattr(cast, name), value=Stance.CONSENT, replaces=0)


@pytest.mark.parametrize("make", [planned_round, announced_round, closing_round, closed_round])
def test_a_round_that_is_not_open_takes_no_answer(cast: Cast, make: Any) -> None:
    round = make(cast)
    if make is planned_round:
        round.seats.create(organisation=cast.town, organisation_name="Stadt")
    seat = seat_of(round, cast.town)
    before = seat.positions.count()

    with pytest.raises(RoundNotOpen) as refusal:
        take_position(seat=seat, by=cast.bob, value=Stance.CONSENT, replaces=before)

    assert refusal.value.status == 409
    assert seat.positions.count() == before


def test_the_mandate_is_checked_at_the_moment_of_the_act_and_the_answer_stands_when_it_ends(
    cast: Cast,
) -> None:
    round = open_round(cast)
    answer(cast, round, cast.town)
    Mandate.objects.filter(user=cast.bob).update(valid_until=timezone.localdate())

    with at(timezone.now() + timedelta(days=1)):
        with pytest.raises(NotAllowed):
            answer(cast, round, cast.town, Stance.STAND_ASIDE)
        assert tally_of(round).consents == 1
        assert answer(cast, round, cast.town, Stance.STAND_ASIDE, by=cast.hanna).number == 2


def test_a_mandate_not_valid_yet_or_of_another_group_does_not_count(cast: Cast) -> None:
    seat = seat_of(open_round(cast), cast.town)
    coming, elsewhere = make_user("uta"), make_user("otto")
    give(coming, cast.town, "deputy", cast.group, valid_from=timezone.localdate() + timedelta(days=1))
    from_other = type(cast.group).objects.create(key=issue_key(kind="group"), name="Andere", slug="andere")
    give(elsewhere, cast.town, "deputy", from_other)

    for person in (coming, elsewhere):
        with pytest.raises(NotAllowed):
            take_position(seat=seat, by=person, value=Stance.CONSENT, replaces=0)


def test_each_new_answer_is_a_row_and_the_highest_number_counts(cast: Cast) -> None:
    round = open_round(cast)
    seat = seat_of(round, cast.town)

    for value in (Stance.OBJECTION, Stance.CONSENT, Stance.TAKEN_BACK, Stance.STAND_ASIDE):
        answer(cast, round, cast.town, value)

    assert list(seat.positions.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert current_positions(round)[seat.pk].value == Stance.STAND_ASIDE
    assert tally_of(round).counts == {
        "consent": 0, "reservation": 0, "stand_aside": 1, "objection": 0, "taken_back": 0,
    }  # fmt: skip


def test_nothing_is_taken_back_twice(cast: Cast) -> None:
    round = open_round(cast)
    answer(cast, round, cast.town)
    answer(cast, round, cast.town, Stance.TAKEN_BACK)

    with pytest.raises(Invalid):
        answer(cast, round, cast.town, Stance.TAKEN_BACK)


def test_a_provisional_answer_counts_by_its_value_and_is_listed_as_a_reserve(cast: Cast) -> None:
    round = open_round(cast)

    answer(
        cast,
        round,
        cast.town,
        provisional_until=timezone.localdate() - timedelta(days=1),
        provisional_body="Rat",
    )

    assert (tally_of(round).consents, tally_of(round).reserves) == (1, (cast.town.key,))


def test_answering_deletes_the_organisations_unsent_draft_and_no_other(cast: Cast) -> None:
    round = open_round(cast)
    save_draft(
        by=cast.erik, kind="position", organisation=cast.town, round=round, content={"value": "consent"}
    )
    other = save_draft(by=cast.kaya, kind="position", organisation=cast.district, round=round, content={})

    answer(cast, round, cast.town)

    assert Draft.objects.get() == other


def test_a_key_that_belongs_to_another_answer_is_refused(cast: Cast) -> None:
    round = open_round(cast)
    answer(cast, round, cast.town, submission_key="k1")

    with pytest.raises(Stale):
        answer(cast, round, cast.district, submission_key="k1")
    assert Position.objects.count() == 1


def test_an_answer_sent_again_later_with_its_key_is_the_same_answer(cast: Cast) -> None:
    round = open_round(cast)
    first = answer(cast, round, cast.town, submission_key="k1")

    again = answer(cast, round, cast.town, submission_key="k1", replaces=0)

    assert again == first


def test_one_person_may_answer_for_two_organisations(cast: Cast) -> None:
    round = open_round(cast)
    give(cast.bob, cast.youth, "deputy", cast.group)

    one = answer(cast, round, cast.town)
    two = answer(cast, round, cast.youth, by=cast.bob)

    assert (one.seat.organisation, two.seat.organisation) == (cast.town, cast.youth)
    assert two.mandate.organisation == cast.youth


def test_rounds_of_two_terms_do_not_mix(cast: Cast) -> None:
    one = open_round(cast)
    two = open_round(cast, proposed_definition(cast, term_with_labels(cast, "Lernort")))

    answer(cast, one, cast.town)

    assert (tally_of(one).spoke, tally_of(two).spoke) == (1, 0)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"value": Stance.CONSENT}, {"value": Stance.OBJECTION}),
        ({"value": Stance.RESERVATION}, {"value": Stance.RESERVATION, "reason": "Ein anderer Grund."}),
        ({"value": Stance.OBJECTION}, {"value": Stance.OBJECTION, "change_wanted": "Etwas anderes."}),
    ],
)
def test_another_answer_under_the_same_key_is_refused_and_never_dropped(
    cast: Cast, first: dict[str, Any], second: dict[str, Any]
) -> None:
    round = open_round(cast)
    stored = answer(cast, round, cast.town, replaces=0, submission_key="k", **first)

    with pytest.raises(StalePosition) as refusal:
        answer(cast, round, cast.town, replaces=0, submission_key="k", **second)

    assert refusal.value.current == stored == Position.objects.get()


@pytest.mark.parametrize("value", [Stance.CONSENT, Stance.RESERVATION, Stance.OBJECTION])
def test_the_same_answer_under_the_same_key_is_stored_once(cast: Cast, value: Stance) -> None:
    round = open_round(cast)

    first = answer(cast, round, cast.town, value, replaces=0, submission_key="k")
    second = answer(cast, round, cast.town, value, replaces=0, submission_key="k")

    assert first == second == Position.objects.get()
