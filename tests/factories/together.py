"""Several people at once: real threads, real transactions, meeting points instead of sleeps."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

# Long enough for a busy machine; reached only when a test is wrong.
PATIENCE = 30


class Point:
    """One thread arrives, others wait for it."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def arrive(self) -> None:
        self._event.set()

    def wait(self) -> None:
        if not self._event.wait(PATIENCE):
            raise AssertionError("nobody arrived")


class Doorstep:
    """Both threads come here before either goes on."""

    def __init__(self, parties: int = 2) -> None:
        self._barrier = threading.Barrier(parties, timeout=PATIENCE)

    def meet(self) -> None:
        self._barrier.wait()


def together(**people: Callable[[], Any]) -> dict[str, Any]:
    """Run each in a thread of its own, named like the argument; what it returned or raised."""
    results: dict[str, Any] = {}

    def run(name: str, act: Callable[[], Any]) -> None:
        try:
            results[name] = act()
        except Exception as error:  # it is the result
            results[name] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item, name=item[0]) for item in people.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(2 * PATIENCE)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"
    return results


def me() -> str:
    """Name of the running thread."""
    return threading.current_thread().name


def without_waiting() -> None:
    """SQLite only: this thread's transactions take no lock when they begin (negative controls)."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        connection.transaction_mode = "DEFERRED"
