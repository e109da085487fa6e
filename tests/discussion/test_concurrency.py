"""Several people answer at once: every answer has its own place."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import OperationalError, connection

from discussion.actions import comments
from discussion.actions.comments import _place, post_comment
from discussion.models import Comment
from discussion.queries import comments_on
from record.errors import Invalid
from tests.factories.glossary import fresh
from tests.factories.together import together, without_waiting

WRITERS = 6


def at_once(act):
    """Run `act(number)` in several threads that start together, each with its own connection."""
    barrier = threading.Barrier(WRITERS)

    def run(number):
        barrier.wait(timeout=20)
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(run, range(WRITERS)))


@pytest.mark.django_db(transaction=True)
def test_trap_answers_at_once_get_different_places(cast, topic):
    root = post_comment(target=topic, by=cast.bob, text="Wurzel")
    writers = [cast.bob, cast.erik, cast.hanna, cast.alice, cast.dora, cast.gesa]

    at_once(lambda number: post_comment(target=topic, by=writers[number], text=str(number), parent=root))

    orders = sorted(comments_on(topic).values_list("order", flat=True))
    assert orders == list(range(1, WRITERS + 2))


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_no_more_are_stored_than_the_limit(cast, topic, monkeypatch):
    monkeypatch.setattr(comments, "BURST", 3)

    def write(number):
        with suppress(Invalid):
            post_comment(target=topic, by=fresh(cast.erik), text=str(number))

    at_once(write)

    assert comments_on(topic).count() == 3


@pytest.mark.django_db(transaction=True)
def test_control_counted_without_the_lock_the_limit_is_passed(cast, topic, monkeypatch):
    monkeypatch.setattr(comments, "BURST", 1)
    monkeypatch.setattr(comments, "_lock_author", lambda _by: None)
    real, counted = comments._refuse_flood, threading.Barrier(2, timeout=20)

    def both_count_first(by, now):
        real(by, now)
        counted.wait()

    monkeypatch.setattr(comments, "_refuse_flood", both_count_first)

    def write(number):
        without_waiting()
        return post_comment(target=topic, by=fresh(cast.erik), text=number)

    done = together(first=lambda: write("1"), second=lambda: write("2"))

    refused_by_sqlite = [result for result in done.values() if isinstance(result, OperationalError)]
    assert comments_on(topic).count() + len(refused_by_sqlite) == 2


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_at_once_makes_one_comment(cast, topic):
    key = uuid.uuid4()

    made = at_once(
        lambda _number: post_comment(target=topic, by=cast.bob, text="Wort", submission_key=key).pk
    )

    assert len(set(made)) == 1
    assert comments_on(topic).count() == 1


def test_places_computed_without_the_lock_collide(cast, topic):
    """Negative control: two answers that both look before either writes, as the library lets them."""
    root = post_comment(target=topic, by=cast.bob, text="Wurzel")
    first, second = (Comment(comment=text) for text in "ab")

    _place(first, root)
    _place(second, root)

    assert first.order == second.order
