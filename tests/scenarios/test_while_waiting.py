"""Between the question whether somebody may and the row that records it an account can be closed: nothing is stored then.

Acts of the negotiation and of people, all of them; the meeting of two real transactions is in tests/glossary/test_at_once.py.
"""

from collections.abc import Callable

import pytest

from people.actions import accounts
from people.models import User
from record import chain
from record.acting import ask_again
from record.errors import NotAllowed
from record.models import RecordRow
from tests.factories.cast import Cast
from tests.home.pagecache_cases import CASES
from tests.home.pagecache_world import World

pytestmark = pytest.mark.django_db

RECORDED = sorted(name for name in CASES if name.startswith(("glossary.actions.", "people.actions.")))
# The clock's own acts, what is not recorded, and steps inside an act that has asked already.
NOBODY_ASKED = {
    "glossary.actions.closing.close_due",
    "glossary.actions.drafts.discard_draft",
    "glossary.actions.drafts.save_draft",
    "glossary.actions.turning.tell_turned",
    "people.actions.accounts.end_sessions",
    "people.actions.invitations.accept_invitation",
    "people.actions.invitations.forget_invited",
    "people.actions.invitations.send_invitation",
    "people.actions.mandates.establish",
    "people.actions.mandates.hand_over",
    "people.actions.outbox.enqueue",
    "people.actions.outbox.send_due",
}


def close_all_accounts(then: Callable[[], None]) -> Callable[[], None]:
    """What another process committed while this one waited for the head of the record."""

    def meanwhile() -> None:
        User.objects.update(is_active=False)
        then()

    return meanwhile


@pytest.mark.parametrize("name", [name for name in RECORDED if name not in NOBODY_ASKED])
def test_nothing_is_recorded_for_somebody_whose_account_was_closed_meanwhile(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    world = World.of(cast, **CASES[name].arrange(cast))
    rows = RecordRow.objects.count()
    for module in (chain, accounts):
        monkeypatch.setattr(module, "ask_again", close_all_accounts(ask_again))

    with pytest.raises(NotAllowed):
        CASES[name].act(world)

    assert RecordRow.objects.count() == rows


@pytest.mark.parametrize(
    "name", ["glossary.actions.positions.take_position", "people.actions.mandates.give_mandate"]
)
def test_control_without_asking_again_it_is_recorded(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    world = World.of(cast, **CASES[name].arrange(cast))
    rows = RecordRow.objects.count()
    monkeypatch.setattr(chain, "ask_again", close_all_accounts(lambda: None))

    CASES[name].act(world)

    assert RecordRow.objects.count() > rows
