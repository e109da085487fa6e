"""The harness itself: what one test writes, the next one does not see."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from wagtail.models import Page

from tests.harness.snapshots import take_snapshot


def in_threads(*works: Callable[[], Any]) -> None:
    def closing(work: Callable[[], Any]) -> None:
        try:
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        list(pool.map(closing, works))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_transactional_test_starts_from_the_migrated_state(turn: int) -> None:
    before = Group.objects.filter(name__startswith="left over").count()

    Group.objects.create(name=f"left over {turn}")

    assert before == 0
    assert Page.objects.filter(depth=1).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_what_threads_committed_is_gone_in_the_next_test(turn: int) -> None:
    before = Group.objects.filter(name__startswith="thread").count()
    barrier = threading.Barrier(2)

    def write(name: str) -> None:
        barrier.wait()
        with transaction.atomic():
            Group.objects.create(name=name)

    in_threads(lambda: write("thread a"), lambda: write("thread b"))

    assert before == 0
    assert Group.objects.filter(name__startswith="thread").count() == 2


@pytest.mark.django_db(transaction=True)
def test_restoring_reaches_a_connection_that_stayed_open() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL ends such a connection instead")
    snapshot = take_snapshot(connection)
    seen: list[int] = []
    wrote, restored = threading.Event(), threading.Event()

    def stay() -> None:
        Group.objects.create(name="from a thread")
        seen.append(Group.objects.filter(name="from a thread").count())
        wrote.set()
        restored.wait(10)
        seen.append(Group.objects.filter(name="from a thread").count())
        connection.close()

    thread = threading.Thread(target=stay)
    thread.start()
    wrote.wait(10)
    snapshot.restore()
    restored.set()
    thread.join(10)
    snapshot.drop()

    assert seen == [1, 0]


@pytest.mark.django_db
def test_sqlite_runs_in_wal_on_a_file() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only for SQLite")

    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]

    assert mode == "wal"
