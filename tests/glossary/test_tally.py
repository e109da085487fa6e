import itertools
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.tally import Outcome, ReasonCode, Result, Rules, SeatView, Silence, Stance, tally
from record.canonical import canonical_json

LETTERS = {
    "c": "consent",
    "r": "reservation",
    "a": "stand_aside",
    "o": "objection",
    "t": "taken_back",
    "-": None,
}


def seats_of(letters: str) -> list[SeatView]:
    """One letter per seat: c r a o t, - for silent, + for silent and reached."""
    return [
        SeatView(
            organisation=f"org{number:02}", value=LETTERS[letter.replace("+", "-")], reached=letter == "+"
        )
        for number, letter in enumerate(letters)
    ]


TABLE = [
    # seats, rules, result, deciding reasons
    ("", {}, "quorum_missed", {"no_seats"}),
    ("", {"quorum_percent": 0}, "quorum_missed", {"no_seats"}),
    ("c", {}, "carried", set()),
    ("r", {}, "carried", set()),
    ("a", {}, "not_carried", {"too_few_consents"}),
    ("o", {}, "not_carried", {"too_few_consents"}),
    ("-", {}, "quorum_missed", {"quorum_missed"}),
    ("t", {}, "quorum_missed", {"quorum_missed"}),
    ("-", {"quorum_percent": 0}, "not_carried", {"too_few_consents"}),
    ("+", {"quorum_percent": 0, "silence": "consent_after_reach"}, "carried", set()),
    ("+", {"silence": "consent_after_reach"}, "quorum_missed", {"quorum_missed"}),
    # quorum: exactly reached, one short, in integers
    ("c-", {}, "carried", set()),
    ("c--", {}, "quorum_missed", {"quorum_missed"}),
    ("cc-", {"quorum_percent": 67}, "quorum_missed", {"quorum_missed"}),
    ("cc-", {"quorum_percent": 66}, "carried", set()),
    ("ccc-", {"quorum_percent": 75}, "carried", set()),
    ("ccc-", {"quorum_percent": 76}, "quorum_missed", {"quorum_missed"}),
    ("cccccc", {"quorum_percent": 100}, "carried", set()),
    ("ccccc-", {"quorum_percent": 100}, "quorum_missed", {"quorum_missed"}),
    ("ccccct", {"quorum_percent": 100}, "quorum_missed", {"quorum_missed"}),
    ("ca--", {}, "carried", set()),
    ("co--", {}, "carried_with_dissent", set()),
    ("c---" + "-" * 96, {"quorum_percent": 1}, "carried", set()),
    ("c" + "-" * 100, {"quorum_percent": 1}, "quorum_missed", {"quorum_missed"}),
    # objections
    ("cccco", {}, "carried_with_dissent", set()),
    ("cccoo", {}, "not_carried", {"too_many_objections"}),
    ("cccoo", {"standing_objections_allowed": 2}, "carried_with_dissent", set()),
    ("cccco", {"standing_objections_allowed": 0}, "not_carried", {"too_many_objections"}),
    ("cccc", {"standing_objections_allowed": 0}, "carried", set()),
    ("ooo", {}, "not_carried", {"too_many_objections", "too_few_consents"}),
    ("oo----", {}, "quorum_missed", {"quorum_missed"}),
    # reservations consent and make no dissent
    ("rrrr", {}, "carried", set()),
    ("cro", {"minimum_consents": 2}, "carried_with_dissent", set()),
    # standing aside
    ("caaa", {}, "carried", set()),
    ("aaaa", {"minimum_consents": 0}, "not_carried", {"too_few_consents"}),
    # minimum of consents
    ("cca", {"minimum_consents": 2}, "carried", set()),
    ("cca", {"minimum_consents": 3}, "not_carried", {"too_few_consents"}),
    ("crr", {"minimum_consents": 3}, "carried", set()),
    ("cc", {"minimum_consents": 3}, "not_carried", {"too_few_consents"}),
    # silence
    ("cc--", {"silence": "abstention", "minimum_consents": 3}, "not_carried", {"too_few_consents"}),
    ("cc+-", {"silence": "consent_after_reach", "minimum_consents": 3}, "carried", set()),
    ("cc+-", {"silence": "consent_after_reach", "minimum_consents": 4}, "not_carried", {"too_few_consents"}),
    ("cc+-", {"silence": "not_counted", "minimum_consents": 3}, "not_carried", {"too_few_consents"}),
    ("c+++", {"silence": "consent_after_reach"}, "quorum_missed", {"quorum_missed"}),
    ("a+++", {"silence": "consent_after_reach", "quorum_percent": 25}, "carried", set()),
]


@pytest.mark.parametrize(("letters", "rules", "result", "deciding"), TABLE)
def test_the_truth_table_of_outcomes(
    letters: str, rules: dict[str, int], result: str, deciding: set[str]
) -> None:
    outcome = tally(seats_of(letters), Rules(**rules))  # type: ignore[arg-type]

    assert outcome.result == result
    assert {reason.code for reason in outcome.deciding_reasons} == deciding


@pytest.mark.parametrize("allowed", [0, 1, 2])
@pytest.mark.parametrize("letters", ["".join(c) for c in itertools.combinations_with_replacement("crao-", 4)])
def test_every_room_of_four_follows_the_four_sentences(letters: str, allowed: int) -> None:
    outcome = tally(seats_of(letters), Rules(standing_objections_allowed=allowed, minimum_consents=2))

    objections, consents, silent = (sum(map(letters.count, values)) for values in ("o", "cr", "-"))
    if silent > 2:
        assert outcome.result == Result.QUORUM_MISSED
    elif objections > allowed or consents < 2:
        assert outcome.result == Result.NOT_CARRIED
    else:
        assert outcome.result == (Result.CARRIED_WITH_DISSENT if objections else Result.CARRIED)


def test_the_counts_name_every_value() -> None:
    outcome = tally(seats_of("ccraott-+"), Rules())

    assert outcome.counts == {
        "consent": 2,
        "reservation": 1,
        "stand_aside": 1,
        "objection": 1,
        "taken_back": 2,
    }
    assert (outcome.seats, outcome.spoke, outcome.silent) == (9, 5, 2)
    assert outcome.standing_objections == ("org04",)


def test_the_reasons_carry_their_numbers() -> None:
    outcome = tally(seats_of("ccco--"), Rules(quorum_percent=50, minimum_consents=2))

    assert [(r.code, r.have, r.need, r.of) for r in outcome.reasons] == [
        ("quorum_met", 4, 3, 6),
        ("objections_allowed", 1, 1, 0),
        ("enough_consents", 3, 2, 6),
    ]


def test_the_deciding_reason_stands_first() -> None:
    outcome = tally(seats_of("ccoo"), Rules())

    assert outcome.reasons[0].code == ReasonCode.TOO_MANY_OBJECTIONS
    assert (outcome.reasons[0].have, outcome.reasons[0].need) == (2, 1)


def test_a_provisional_position_counts_by_its_value_and_is_listed_as_reserve() -> None:
    seats = [
        SeatView(organisation="b", value="consent", provisional=True),
        SeatView(organisation="a", value="consent"),
    ]

    outcome = tally(seats, Rules(minimum_consents=2))

    assert outcome.result == Result.CARRIED
    assert outcome.reserves == ("b",)
    assert (ReasonCode.RESERVES, 1, 2) in {(r.code, r.have, r.of) for r in outcome.reasons}


def test_a_provisional_answer_taken_back_is_no_reserve() -> None:
    outcome = tally([SeatView(organisation="a", value="taken_back", provisional=True)], Rules())

    assert outcome.reserves == ()


def test_a_carried_value_counts_and_has_spoken() -> None:
    outcome = tally([SeatView(organisation="a", carried="consent"), SeatView(organisation="b")], Rules())

    assert (outcome.result, outcome.spoke, outcome.silent, outcome.carried) == (Result.CARRIED, 1, 1, 1)


def test_a_position_of_its_own_replaces_what_was_carried() -> None:
    outcome = tally([SeatView(organisation="a", value="stand_aside", carried="consent")], Rules())

    assert (outcome.consents, outcome.stand_asides, outcome.carried) == (0, 1, 0)


def test_taking_back_ends_what_was_carried() -> None:
    outcome = tally([SeatView(organisation="a", value="taken_back", carried="consent")], Rules())

    assert (outcome.result, outcome.spoke, outcome.taken_back) == (Result.QUORUM_MISSED, 0, 1)


def test_a_carried_objection_stands() -> None:
    outcome = tally(
        [SeatView(organisation="a", carried="objection"), SeatView(organisation="b", value="consent")],
        Rules(),
    )

    assert outcome.result == Result.CARRIED_WITH_DISSENT
    assert outcome.standing_objections == ("a",)


def test_a_seat_that_took_its_answer_back_is_not_deemed_to_consent() -> None:
    seats = [
        SeatView(organisation="a", value="taken_back", reached=True),
        SeatView(organisation="b", reached=True),
    ]

    outcome = tally(seats, Rules(quorum_percent=0, silence=Silence.CONSENT_AFTER_REACH))

    assert outcome.deemed_consents == 1


@pytest.mark.parametrize("states", [(), ("open",), ("answered",), ("stands",), ("open", "answered", "open")])
def test_an_objection_counts_once_per_seat_whatever_became_of_its_passages(states: tuple[str, ...]) -> None:
    seats = [
        SeatView(organisation="a", value="objection", objections=states),
        SeatView(organisation="b", value="consent"),
    ]

    assert tally(seats, Rules()).standing_objections == ("a",)


def test_plain_strings_and_members_mean_the_same() -> None:
    plain = tally([SeatView(organisation="a", value="consent")], Rules(silence="abstention"))
    member = tally([SeatView(organisation="a", value=Stance.CONSENT)], Rules(silence=Silence.ABSTENTION))

    assert plain == member


def test_an_organisation_cannot_sit_twice() -> None:
    with pytest.raises(ValueError, match="one seat"):
        tally([SeatView(organisation="a"), SeatView(organisation="a", value="consent")], Rules())


@pytest.mark.parametrize("field", ["value", "carried"])
def test_an_unknown_value_is_refused(field: str) -> None:
    with pytest.raises(ValueError, match="yes"):
        SeatView(organisation="a", **{field: "yes"})


@pytest.mark.parametrize(
    "wrong",
    [
        {"quorum_percent": 101},
        {"quorum_percent": -1},
        {"minimum_consents": -1},
        {"standing_objections_allowed": -1},
        {"duration_days": 0},
        {"silence": "maybe"},
    ],
)
def test_impossible_rules_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"quorum|smallest|Silence"):
        Rules(**wrong)  # type: ignore[arg-type]


def test_rules_survive_being_stored() -> None:
    rules = Rules(quorum_percent=67, silence=Silence.ABSTENTION, hidden=True)

    assert Rules.from_json(json.loads(canonical_json(rules.as_json()))) == rules


rules_drawn = st.builds(
    Rules,
    quorum_percent=st.integers(0, 100),
    silence=st.sampled_from(Silence),
    standing_objections_allowed=st.integers(0, 3),
    minimum_consents=st.integers(0, 5),
)
seat_drawn = st.fixed_dictionaries(
    {
        "value": st.sampled_from([None, *Stance]),
        "carried": st.sampled_from([None, None, *Stance]),
        "provisional": st.booleans(),
        "reached": st.booleans(),
    }
)
rooms = st.lists(seat_drawn, max_size=9).map(
    lambda rows: [SeatView(organisation=f"o{number}", **row) for number, row in enumerate(rows)]
)


def with_value(seat: SeatView, value: str | None) -> SeatView:
    return SeatView(organisation=seat.organisation, value=value, carried=seat.carried, reached=seat.reached)


@settings(max_examples=300)
@given(rooms, rules_drawn, st.randoms())
def test_the_order_of_the_seats_never_matters(seats: list[SeatView], rules: Rules, random: object) -> None:
    shuffled = list(seats)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert tally(shuffled, rules) == tally(seats, rules)


@settings(max_examples=300)
@given(rooms, rules_drawn)
def test_the_numbers_add_up(seats: list[SeatView], rules: Rules) -> None:
    outcome = tally(seats, rules)

    spoken = outcome.consents + outcome.reservations + outcome.stand_asides + outcome.objections
    assert outcome.spoke == spoken
    assert outcome.spoke + outcome.silent + outcome.taken_back == outcome.seats == len(seats)
    assert len(outcome.standing_objections) == outcome.objections
    assert outcome.is_carried == (not outcome.deciding_reasons)
    assert outcome.deemed_consents + outcome.deemed_abstentions <= outcome.silent


@settings(max_examples=400)
@given(rooms, rules_drawn, st.data())
def test_a_seat_that_turns_to_consent_never_makes_it_worse(
    seats: list[SeatView], rules: Rules, data: st.DataObject
) -> None:
    if not seats:
        return
    number = data.draw(st.integers(0, len(seats) - 1))
    changed = [with_value(seat, "consent") if n == number else seat for n, seat in enumerate(seats)]

    before, after = tally(seats, rules), tally(changed, rules)

    assert not (before.is_carried and not after.is_carried)
    assert not (before.result == Result.CARRIED and after.result != Result.CARRIED)
    assert not (before.result != Result.QUORUM_MISSED and after.result == Result.QUORUM_MISSED)


@settings(max_examples=300)
@given(rooms, rules_drawn)
def test_one_more_organisation_that_consents_never_undoes_an_agreement(
    seats: list[SeatView], rules: Rules
) -> None:
    before = tally(seats, rules)
    after = tally([*seats, SeatView(organisation="new", value="consent")], rules)

    assert before.is_carried <= after.is_carried


@settings(max_examples=300)
@given(rooms, rules_drawn, st.data())
def test_one_more_objection_never_makes_an_agreement(
    seats: list[SeatView], rules: Rules, data: st.DataObject
) -> None:
    spoken = [n for n, seat in enumerate(seats) if seat.spoke]
    if not spoken:
        return
    number = data.draw(st.sampled_from(spoken))
    changed = [with_value(seat, "objection") if n == number else seat for n, seat in enumerate(seats)]

    assert tally(changed, rules).is_carried <= tally(seats, rules).is_carried


@settings(max_examples=200)
@given(rooms, rules_drawn)
def test_silence_never_counts_as_having_spoken(seats: list[SeatView], rules: Rules) -> None:
    results = [tally(seats, Rules(**{**rules.as_json(), "silence": silence})) for silence in Silence]  # type: ignore[arg-type]

    assert len({outcome.spoke for outcome in results}) == 1
    assert len({outcome.result == Result.QUORUM_MISSED for outcome in results}) == 1


@settings(max_examples=200)
@given(rooms, rules_drawn)
def test_an_outcome_survives_being_stored(seats: list[SeatView], rules: Rules) -> None:
    outcome = tally(seats, rules)

    assert Outcome.from_json(json.loads(canonical_json(outcome.as_json()))) == outcome
