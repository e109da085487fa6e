"""Threads need something to be about: organisations stand in, with rules each test may turn."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from discussion import registry
from discussion.actions import comments
from discussion.registry import ThreadPolicy, register
from people.models import Organisation, WorkingGroup
from record.keys import issue_key
from tests.people.conftest import cast, make_organisation, make_user

__all__ = ["cast", "make_organisation", "make_user"]


@pytest.fixture
def rules() -> Iterator[SimpleNamespace]:
    """What may be done on organisations right now; working groups are registered with nothing allowed."""
    state = SimpleNamespace(readable=True, writable=True)
    before = dict(registry._policies)
    register(
        Organisation,
        ThreadPolicy(
            may_read=lambda user, obj: state.readable,
            may_write=lambda user, obj: state.writable,
        ),
    )
    register(
        WorkingGroup,
        ThreadPolicy(may_read=lambda user, obj: False, may_write=lambda user, obj: False),
    )
    yield state
    registry._policies.clear()
    registry._policies.update(before)


@pytest.fixture
def topic(cast: SimpleNamespace, rules: SimpleNamespace) -> Organisation:
    return cast.district


@pytest.fixture
def other_topic(cast: SimpleNamespace, rules: SimpleNamespace) -> Organisation:
    return Organisation.objects.create(
        key=issue_key(kind="organisation"),
        slug="andere",
        name="Andere",
        short_name="Andere",
        kind="provider",
        mailbox="andere@demo.example",
    )


@pytest.fixture
def _no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """For threads longer than anybody writes by hand."""
    monkeypatch.setattr(comments, "BURST", 10_000)
