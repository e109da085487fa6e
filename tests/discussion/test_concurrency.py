"""Several people answer at once: every answer has its own place."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from discussion.actions.comments import _place, post_comment
from discussion.models import Comment
from discussion.queries import comments_on

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

    at_once(lambda number: post_comment(target=topic, by=cast.erik, text=str(number), parent=root))

    orders = sorted(comments_on(topic).values_list("order", flat=True))
    assert orders == list(range(1, WRITERS + 2))


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
