"""Two people at once: exactly one stored position and a clear message, on both databases.

Each schedule is forced by meeting points. Its negative control takes the lock away and shows that the same schedule then
ends without a clear message: the database's own guards still refuse, but nobody is told why.
"""

import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, OperationalError
from django.utils import timezone, translation

from glossary.actions import closing as closing_acts
from glossary.actions import consensus, guard, positions, rounds
from glossary.actions.closing import close_round
from glossary.actions.positions import take_position
from glossary.errors import RoundNotOpen, StalePosition
from glossary.models import ConsensusEntry, Outcome, Position, Round
from glossary.queries import tally_of
from glossary.states import RoundState, Stance
from record import chain
from record.errors import DomainError, WrongState
from record.models import RecordHead
from record.verify import verify
from tests.factories.cast import Cast
from tests.factories.clock import at
from tests.factories.glossary import (
    answer,
    fresh,
    open_round,
    planned_round,
    proposed_definition,
    published,
    seat_of,
    second_round,
    stated_round,
    term_with_labels,
)
from tests.factories.together import Doorstep, Point, me, together, without_waiting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def moment() -> Iterator[Any]:
    """A clock that stands still and can be moved."""
    with time_machine.travel(timezone.now().replace(microsecond=0), tick=False) as traveller:
        yield traveller


def in_english(refusal: DomainError) -> str:
    """What the person reads, whatever language the tests run in."""
    with translation.override("en"):
        return str(refusal.message)


def unlocked(row: Any) -> Any:
    """What `lock` would be if it did not lock."""
    return type(row)._default_manager.get(pk=row.pk)


def take_away_the_lock(monkeypatch: pytest.MonkeyPatch, *modules: Any) -> None:
    for module in modules:
        monkeypatch.setattr(module, "lock", unlocked)


def hold_in_store(monkeypatch: pytest.MonkeyPatch, module: Any, hold: Callable[[], None]) -> None:
    """Call `hold` each time the module is about to store a row: checked everything, written nothing."""
    real = guard.store

    def held(row: Any) -> None:
        hold()
        real(row)

    monkeypatch.setattr(module, "store", held)


def says(person: Any, seat: Any, value: str, *, key: str | None = None) -> Callable[[], Position]:
    return lambda: take_position(seat=seat, by=person, value=value, replaces=0, submission_key=key)


# ---- two people answer for the same seat at once


def test_two_people_at_once_end_in_one_position_and_one_clear_message(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = seat_of(open_round(cast), cast.town)
    checked, waiting = Point(), Point()

    def first_holds() -> None:
        if me() == "bob":
            checked.arrive()
            waiting.wait()

    def hanna_comes_meanwhile() -> Position:
        checked.wait()
        waiting.arrive()
        return says(cast.hanna, seat, Stance.STAND_ASIDE)()

    hold_in_store(monkeypatch, positions, first_holds)
    done = together(bob=says(cast.bob, seat, Stance.CONSENT), hanna=hanna_comes_meanwhile)

    assert isinstance(done["hanna"], StalePosition)
    assert done["hanna"].current == done["bob"] == seat.positions.get()
    assert "answered for your organisation meanwhile" in in_english(done["hanna"])
    assert verify().ok


def test_control_without_the_lock_the_second_person_gets_no_clear_message(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = seat_of(open_round(cast), cast.town)
    both_checked = Doorstep()
    take_away_the_lock(monkeypatch, positions, guard)
    hold_in_store(monkeypatch, positions, both_checked.meet)

    done = together(
        bob=unguarded(says(cast.bob, seat, Stance.CONSENT)),
        hanna=unguarded(says(cast.hanna, seat, Stance.STAND_ASIDE)),
    )

    refused = [result for result in done.values() if isinstance(result, DatabaseError)]
    assert len(refused) == 1
    assert seat.positions.count() == 1


def unguarded(act: Callable[[], Any]) -> Callable[[], Any]:
    def run() -> Any:
        without_waiting()
        return act()

    return run


# ---- double click


def test_a_double_click_stores_one_position_and_both_clicks_get_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat, key = seat_of(open_round(cast), cast.town), str(uuid.uuid4())
    checked, waiting = Point(), Point()

    def first_holds() -> None:
        if me() == "first":
            checked.arrive()
            waiting.wait()

    def second_click() -> Position:
        checked.wait()
        waiting.arrive()
        return says(fresh(cast.bob), seat, Stance.CONSENT, key=key)()

    hold_in_store(monkeypatch, positions, first_holds)
    done = together(first=says(cast.bob, seat, Stance.CONSENT, key=key), second=second_click)

    assert done["first"] == done["second"] == seat.positions.get()


def test_control_without_the_lock_a_double_click_is_an_error(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat, key = seat_of(open_round(cast), cast.town), str(uuid.uuid4())
    take_away_the_lock(monkeypatch, positions, guard)
    hold_in_store(monkeypatch, positions, Doorstep().meet)

    done = together(
        first=unguarded(says(cast.bob, seat, Stance.CONSENT, key=key)),
        second=unguarded(says(fresh(cast.bob), seat, Stance.CONSENT, key=key)),
    )

    assert sum(isinstance(result, IntegrityError | OperationalError) for result in done.values()) == 1


# ---- an answer in the instant of the end


def test_an_answer_checked_before_the_end_is_counted_by_the_close(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, moment: Any
) -> None:
    round = open_round(cast)
    answer(cast, round, cast.district)
    moment.move_to(round.closes_at - timedelta(microseconds=1))
    seat = seat_of(round, cast.town)
    checked, closing = Point(), Point()

    def bob_holds() -> None:
        checked.arrive()
        closing.wait()

    def alice_closes() -> Outcome:
        checked.wait()
        moment.move_to(round.closes_at)
        closing.arrive()
        return close_round(round=fresh(round), by=cast.alice)

    hold_in_store(monkeypatch, positions, bob_holds)
    done = together(bob=says(cast.bob, seat, Stance.CONSENT), alice=alice_closes)

    assert done["bob"].taken_at < round.closes_at
    assert done["alice"].tally["spoke"] == 2
    assert done["alice"].tally == tally_of(fresh(round)).as_json()
    assert verify().ok


def test_control_without_the_lock_the_close_does_not_wait_and_the_answer_is_lost(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, moment: Any
) -> None:
    round = open_round(cast)
    answer(cast, round, cast.district)
    moment.move_to(round.closes_at - timedelta(microseconds=1))
    seat = seat_of(round, cast.town)
    checked, closed = Point(), Point()
    take_away_the_lock(monkeypatch, positions, rounds, closing_acts, guard)

    def bob_holds() -> None:
        checked.arrive()
        closed.wait()

    def alice_closes() -> Outcome:
        without_waiting()
        checked.wait()
        moment.move_to(round.closes_at)
        try:
            return close_round(round=fresh(round), by=cast.alice)
        finally:
            closed.arrive()

    hold_in_store(monkeypatch, positions, bob_holds)
    done = together(bob=unguarded(says(cast.bob, seat, Stance.CONSENT)), alice=alice_closes)

    assert isinstance(done["bob"], DatabaseError)
    assert done["alice"].tally["spoke"] == 1


def test_an_answer_that_waited_for_the_close_is_refused_with_a_clear_message(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, moment: Any
) -> None:
    round = open_round(cast)
    seat = seat_of(round, cast.town)
    moment.move_to(round.closes_at)
    closing, answering = Point(), Point()

    def alice_holds() -> None:
        closing.arrive()
        answering.wait()

    def bob_answers_by_a_slow_clock() -> Position:
        closing.wait()
        answering.arrive()
        return says(cast.bob, seat, Stance.CONSENT)()

    hold_in_store(monkeypatch, closing_acts, alice_holds)
    done = together(alice=lambda: close_round(round=round, by=cast.alice), bob=bob_answers_by_a_slow_clock)

    assert isinstance(done["bob"], RoundNotOpen)
    assert "was not stored" in in_english(done["bob"])
    assert not seat.positions.exists()
    assert done["alice"].tally["spoke"] == 0


def test_the_clock_is_read_after_the_lock_so_waiting_past_the_end_is_too_late(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, moment: Any
) -> None:
    round = open_round(cast)
    seat = seat_of(round, cast.town)
    moment.move_to(round.closes_at - timedelta(microseconds=1))
    real = guard.lock

    def slow(row: Any) -> Any:
        locked = real(row)
        if isinstance(row, Round):
            moment.move_to(round.closes_at)
        return locked

    monkeypatch.setattr(positions, "lock", slow)

    with pytest.raises(RoundNotOpen):
        says(cast.bob, seat, Stance.CONSENT)()
    assert not seat.positions.exists()


@pytest.mark.parametrize(("microseconds", "taken"), [(-1, True), (0, False), (1, False)])
def test_the_end_is_exclusive_to_the_microsecond(cast: Cast, microseconds: int, taken: bool) -> None:
    round = open_round(cast)
    seat = seat_of(round, cast.town)

    with at(round.closes_at + timedelta(microseconds=microseconds)):
        done = together(bob=says(cast.bob, seat, Stance.CONSENT))

    assert isinstance(done["bob"], Position if taken else RoundNotOpen)
    assert seat.positions.count() == int(taken)


# ---- a form older than the current answer


def test_a_form_older_than_the_current_answer_is_refused_and_shows_it(cast: Cast) -> None:
    seat = seat_of(open_round(cast), cast.town)
    current = says(cast.hanna, seat, Stance.STAND_ASIDE)()

    with pytest.raises(StalePosition) as refusal:
        says(cast.bob, seat, Stance.CONSENT)()

    assert refusal.value.current == current
    assert refusal.value.status == 409
    assert seat.positions.get() == current


def test_control_a_form_made_against_the_current_answer_replaces_it(cast: Cast) -> None:
    seat = seat_of(open_round(cast), cast.town)
    says(cast.hanna, seat, Stance.STAND_ASIDE)()

    newer = take_position(seat=seat, by=cast.bob, value=Stance.CONSENT, replaces=1)

    assert newer.number == 2
    assert list(seat.positions.values_list("value", flat=True)) == [Stance.STAND_ASIDE, Stance.CONSENT]


# ---- closing, publishing and announcing at once


def test_closing_twice_at_once_gives_one_outcome(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, moment: Any
) -> None:
    round = open_round(cast)
    moment.move_to(round.closes_at)
    first_in, second_in = Point(), Point()

    def first_holds() -> None:
        first_in.arrive()
        second_in.wait()

    def tick() -> Outcome:
        first_in.wait()
        second_in.arrive()
        return close_round(round=fresh(round), by=None)

    hold_in_store(monkeypatch, closing_acts, first_holds)
    done = together(alice=lambda: close_round(round=round, by=cast.alice), tick=tick)

    assert done["alice"] == done["tick"] == Outcome.objects.get(round=round)


def test_publishing_twice_at_once_gives_one_entry_and_a_clear_message(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    round = stated_round(cast)
    first_in, second_in = Point(), Point()

    def first_holds() -> None:
        if me() == "dora":
            first_in.arrive()
            second_in.wait()

    def admin() -> ConsensusEntry:
        first_in.wait()
        second_in.arrive()
        return consensus.publish_entry(round=fresh(round), by=cast.admin, valid_from=timezone.localdate())

    hold_in_store(monkeypatch, consensus, first_holds)
    done = together(dora=lambda: published(cast, round), admin=admin)

    assert isinstance(done["admin"], WrongState)
    assert done["dora"] == ConsensusEntry.objects.get()


def test_announcing_two_rounds_of_one_term_at_once_announces_one(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    term = term_with_labels(cast)
    one = planned_round(cast, proposed_definition(cast, term))
    two = second_round(cast, one)
    first_in, second_in = Point(), Point()
    real = rounds.frozen_hash

    def held(*args: Any) -> str:
        if me() == "one":
            first_in.arrive()
            second_in.wait()
        return real(*args)

    def second() -> Round:
        first_in.wait()
        second_in.arrive()
        return announce(cast, two)

    monkeypatch.setattr(rounds, "frozen_hash", held)
    done = together(one=lambda: announce(cast, one), two=second)

    assert isinstance(done["two"], WrongState)
    assert Round.objects.get(state=RoundState.ANNOUNCED) == done["one"]


def plan_two(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Two people plan rounds about two definitions of one term; the second comes while the first holds its lock."""
    term = term_with_labels(cast)
    definitions = {
        "one": proposed_definition(cast, term),
        "two": proposed_definition(cast, term, title="Anders", text="Etwas anderes."),
    }
    first_in, second_in = Point(), Point()
    real = rounds.check_period

    def held(*args: Any) -> None:
        if me() == "one":
            first_in.arrive()
            second_in.wait()
        real(*args)

    def second() -> Round:
        first_in.wait()
        second_in.arrive()
        return planned_round(cast, definitions["two"])

    monkeypatch.setattr(rounds, "check_period", held)
    return together(one=lambda: planned_round(cast, definitions["one"]), two=second)


def test_planning_two_rounds_of_one_term_at_once_plans_one(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = plan_two(cast, monkeypatch)

    assert isinstance(done["two"], WrongState)
    assert Round.objects.get() == done["one"]


def test_without_the_guard_two_rounds_would_be_planned(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "_refuse_second", lambda term: None)

    plan_two(cast, monkeypatch)

    assert Round.objects.count() == 2


def announce(cast: Cast, round: Round) -> Round:
    return rounds.announce_round(round=fresh(round), by=fresh(cast.alice), expected_version=round.version)


# ---- the chain


def test_two_acts_at_once_make_one_chain(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    round = open_round(cast)
    town, district = seat_of(round, cast.town), seat_of(round, cast.district)
    other = open_round(cast, proposed_definition(cast, term_with_labels(cast, "Lernort")))
    before = RecordHead.objects.get().seq

    done = together(
        bob=says(cast.bob, town, Stance.CONSENT),
        kaya=says(cast.kaya, district, Stance.CONSENT),
        mio=says(cast.mio, seat_of(other, cast.youth), Stance.CONSENT),
    )

    assert all(isinstance(result, Position) for result in done.values()), done
    assert RecordHead.objects.get().seq == before + 3
    assert verify().ok


# On SQLite there is one writer at a time anyway, with or without our lock.
@pytest.mark.postgresql
def test_control_without_the_head_lock_the_chain_would_fork_and_the_database_refuses(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = seat_of(open_round(cast), cast.town)
    other = open_round(cast, proposed_definition(cast, term_with_labels(cast, "Lernort")))
    youth = seat_of(other, cast.youth)
    both_read = Doorstep()
    real = chain.body_of

    def held(*args: Any, **more: Any) -> str:
        both_read.meet()
        return real(*args, **more)

    monkeypatch.setattr(chain, "body_of", held)
    monkeypatch.setattr(RecordHead.objects, "select_for_update", lambda **_: RecordHead.objects.all())
    done = together(
        bob=unguarded(says(cast.bob, town, Stance.CONSENT)),
        mio=unguarded(says(cast.mio, youth, Stance.CONSENT)),
    )

    assert sum(isinstance(result, DatabaseError) for result in done.values()) == 1
    monkeypatch.undo()
    assert verify().ok
