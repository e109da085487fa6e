"""Fixtures with the demo's content (loaded by tests/conftest.py)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
import time_machine

from glossary.models import Round, Term
from people.models import User
from tests.harness.demo import make_snapshot, noon
from tests.harness.snapshots import Snapshot


@dataclass
class Demo:
    """The demo, and the clock of the test."""

    clock: Any

    def person(self, name: str) -> User:
        """Somebody by the name in front of @demo.example."""
        return User.objects.get(email=f"{name}@demo.example")

    def round(self, slug: str) -> Round:
        """The newest round of a term."""
        rounds = Round.objects.filter(term=self.term(slug)).select_related("group", "term", "wording")
        return rounds.order_by("-opens_at")[0]

    def term(self, slug: str) -> Term:
        """A term by its address."""
        return Term.objects.get(slugs__slug=slug)

    def move_to(self, moment: datetime) -> None:
        """Let it be that time, for the server and the test."""
        self.clock.move_to(moment)


@pytest.fixture(scope="session")
def demo_snapshot(django_db_setup: None, django_db_blocker: Any) -> Iterator[Snapshot]:
    """Loading takes half a minute the first time, later runs of the same code read a file."""
    with django_db_blocker.unblock():
        snapshot = make_snapshot()
    yield snapshot
    with django_db_blocker.unblock():
        snapshot.drop()


@pytest.fixture
def demo(demo_snapshot: Snapshot, transactional_db: None) -> Iterator[Demo]:
    """The demo as `make run` shows it, at noon of today; the clock goes on."""
    demo_snapshot.restore()
    with time_machine.travel(noon()) as clock:
        yield Demo(clock=clock)
