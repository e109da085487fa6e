"""Somebody acts while an account is erased or a role taken away: nothing is stored for who may not any more."""

import pytest

from glossary import policy
from glossary.actions import consensus, guard
from glossary.actions.positions import take_position
from glossary.models import ConsensusEntry, Position
from glossary.states import Stance
from people.actions.accounts import erase_person, set_roles
from people.models import User
from record import chain
from record.errors import NotAllowed
from record.verify import verify
from tests.factories.cast import Cast
from tests.factories.glossary import answer, fresh, open_round, published, seat_of, stated_round
from tests.factories.together import Point, together

pytestmark = pytest.mark.django_db(transaction=True)


def erased_and_answering(cast: Cast) -> dict[str, object]:
    """Bob has spoken today, so his mandate holds until midnight; he answers anew while he is being erased."""
    round = open_round(cast)
    answer(cast, round, cast.town)
    bob, seat, erased = fresh(cast.bob), seat_of(round, cast.town), Point()

    def erase() -> User:
        try:
            return erase_person(user=cast.bob, by=cast.admin)
        finally:
            erased.arrive()

    def answer_anew() -> Position:
        erased.wait()
        return take_position(seat=seat, by=bob, value=Stance.STAND_ASIDE, replaces=1)

    return together(erase=erase, answer=answer_anew)


def test_an_answer_that_waited_for_the_erasure_of_its_author_is_not_stored(cast: Cast) -> None:
    done = erased_and_answering(cast)

    assert isinstance(done["erase"], User)
    assert isinstance(done["answer"], NotAllowed)
    assert Position.objects.count() == 1
    assert verify().ok


def test_control_judged_by_what_was_read_before_it_is_stored(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy, "look_again", lambda _user: None)

    done = erased_and_answering(cast)

    assert isinstance(done["answer"], Position)


def publishing_without_the_role(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Dora has been let in and holds every lock but the last; meanwhile her role is taken away."""
    round = stated_round(cast)
    let_in, taken = Point(), Point()
    real = guard.store

    def held(row: object) -> None:
        let_in.arrive()
        taken.wait()
        real(row)  # type: ignore[arg-type]

    def take_away() -> None:
        let_in.wait()
        set_roles(user=fresh(cast.dora), by=cast.admin, editor=False, moderator=False, administrator=False)
        taken.arrive()

    monkeypatch.setattr(consensus, "store", held)
    return together(dora=lambda: published(cast, round), admin=take_away)


# On SQLite one writer at a time is let in at all.
@pytest.mark.postgresql
def test_an_editor_whose_role_was_taken_away_while_publishing_publishes_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = publishing_without_the_role(cast, monkeypatch)

    assert isinstance(done["dora"], NotAllowed)
    assert not ConsensusEntry.objects.exists()


@pytest.mark.postgresql
def test_control_without_asking_again_at_the_head_it_is_published(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chain, "ask_again", lambda: None)

    done = publishing_without_the_role(cast, monkeypatch)

    assert isinstance(done["dora"], ConsensusEntry)
