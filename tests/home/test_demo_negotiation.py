"""The demo's negotiation and discussions could have happened the way they are written down."""

import re
from difflib import SequenceMatcher
from typing import Any

import pytest

from tests.home.demo_files import DATA, DEFINITIONS, ENTRIES, ORGANISATIONS, ROUNDS, moment

# ---- the negotiation could have happened like this


@pytest.mark.parametrize("key", ROUNDS)
def test_positions_are_taken_while_the_round_is_open(key: str) -> None:
    row = ROUNDS[key]

    assert moment(row["announced"]) < moment(row["opens"]) < moment(row["closes"])
    for position in row.get("position", []):
        assert moment(row["opens"]) <= moment(position["at"]) < moment(row["closes"])
        assert position["reason"] or position["value"] in ("consent", "stand_aside")
        assert ("objection" in position) == (position["value"] == "objection")


@pytest.mark.parametrize("key", ROUNDS)
def test_the_state_a_round_claims_is_what_the_clock_says(key: str) -> None:
    row = ROUNDS[key]
    opens, closes = row["opens"]["days"], row["closes"]["days"]
    by_clock = "upcoming" if opens > 0 else "open" if closes > 0 else "over"

    assert row["state"] == ("closed" if "statement" in row else by_clock)
    assert "statement" not in row or moment(row["statement"]["at"]) > moment(row["closes"])


def test_objections_and_dissent_point_at_words_that_are_there() -> None:
    for row in ROUNDS.values():
        text = DEFINITIONS[row["definition"]]["wording"][row["wording"] - 1]["text"]
        for position in row.get("position", []):
            assert position.get("objection", {}).get("passage", "") in text
        for entry in ENTRIES.values():
            if entry["round"] == row["key"]:
                assert all(dissent["passage"] in text for dissent in entry.get("dissent", []))


def test_a_round_asks_about_a_wording_that_was_there_and_is_no_source() -> None:
    for row in ROUNDS.values():
        definition = DEFINITIONS[row["definition"]]
        assert definition["origin"] != "source"
        assert moment(definition["wording"][row["wording"] - 1]["at"]) < moment(row["announced"])


def test_the_first_version_is_carried_by_five_of_six_with_one_dissent_and_later_support() -> None:
    last = {
        position["organisation"]: position["value"] for position in ROUNDS["digitale-bildung-1"]["position"]
    }
    entry = ENTRIES["digitale-bildung/1"]
    objecting = [organisation for organisation, value in last.items() if value == "objection"]

    assert set(last) == ORGANISATIONS
    assert objecting == [dissent["organisation"] for dissent in entry["dissent"]]
    assert entry["support"]


def test_the_open_round_waits_for_both_organisations_bob_speaks_for() -> None:
    answered = {position["organisation"] for position in ROUNDS["digitale-bildung-2"]["position"]}
    mandates = DATA["organisations"]["mandate"]
    bobs = {row["organisation"] for row in mandates if row["person"] == "bob" and row["role"] == "speaker"}

    assert len(bobs) == 2
    assert not bobs & answered
    assert answered < ORGANISATIONS


def test_entries_follow_their_round_and_bind_from_a_later_day() -> None:
    for entry in ENTRIES.values():
        stated = ROUNDS[entry["round"]]["statement"]["at"]
        assert moment(stated) < moment(entry["at"])
        assert entry["at"]["days"] <= entry["valid_from"]["days"] <= 0 < entry["review_on"]["days"]


def test_the_revised_wording_differs_by_a_handful_of_words() -> None:
    before, after = (wording["text"].split() for wording in DEFINITIONS["gemeinsamer-entwurf"]["wording"])
    steps = [step for step in SequenceMatcher(None, before, after).get_opcodes() if step[0] != "equal"]

    assert 4 <= len(steps) <= 8
    assert SequenceMatcher(None, before, after).ratio() > 0.8


def test_wordings_are_in_the_form_they_are_stored_in() -> None:
    for definition in DEFINITIONS.values():
        for wording in definition["wording"]:
            lines = wording["text"].strip().split("\n")
            paragraphs = wording["text"].strip().split("\n\n")
            is_note = [paragraph.startswith(("Anmerkung:", "Beispiel:")) for paragraph in paragraphs]
            assert all(line == line.strip() for line in lines)
            assert is_note == sorted(is_note)
            assert not re.search(r"[<>*_#\u00ad]|\n\n\n", wording["text"])


# ---- discussions


def born(thread: dict[str, Any]) -> tuple[int, int, int]:
    match thread["target_kind"]:
        case "definition":
            return moment(DEFINITIONS[thread["target"]]["wording"][0]["at"])
        case "round":
            return moment(ROUNDS[thread["target"]]["announced"])
        case "entry":
            return moment(ENTRIES[thread["target"]]["at"])
    return moment(
        next(row for row in DATA["guides"]["guide"] if row["slug"] == thread["target"])["published"]
    )


@pytest.mark.parametrize("thread", DATA["threads"]["thread"], ids=lambda thread: thread["target"])
def test_comments_answer_earlier_ones_and_come_after_what_they_speak_of(thread: dict[str, Any]) -> None:
    seen = {""}
    before = born(thread)
    for comment in thread["comment"]:
        assert comment["reply_to"] in seen
        assert before < moment(comment["at"])
        assert 20 <= len(comment["text"]) <= 600
        seen.add(comment["key"])
        before = moment(comment["at"])


def test_a_closed_round_is_not_discussed_after_its_end() -> None:
    for thread in DATA["threads"]["thread"]:
        if thread["target_kind"] == "round" and ROUNDS[thread["target"]]["state"] in ("closed", "over"):
            end = moment(ROUNDS[thread["target"]]["closes"])
            assert all(moment(comment["at"]) < end for comment in thread["comment"])
