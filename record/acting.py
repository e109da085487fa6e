"""One act, from the question whether the person may to the row that records it.

Between the two an act waits for locks, and meanwhile an account can be closed, a role taken away, a mandate ended. Each
of those is an act too and needs the head of the record as its last lock. So whoever holds the head sees all that ended
before, and nothing ends until the transaction does: what was demanded is demanded once more right there.
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

Question = Callable[[], None]
Params = ParamSpec("Params")
Result = TypeVar("Result")

_questions: ContextVar[list[Question] | None] = ContextVar("questions", default=None)


def action(function: Callable[Params, Result]) -> Callable[Params, Result]:
    """The function is one act: a transaction, with what it demands kept until it is recorded."""

    @wraps(function)
    def act(*args: Params.args, **kwargs: Params.kwargs) -> Result:
        token = _questions.set([])
        try:
            with transaction.atomic():
                return function(*args, **kwargs)
        finally:
            _questions.reset(token)

    return act


def demand(question: Question) -> None:
    """Ask now, and again when the act is recorded. The question raises what refuses the act."""
    question()
    kept = _questions.get()
    if kept is not None:
        kept.append(question)


def ask_again() -> None:
    """Everything the running act demanded, for the last time.

    The record does it with its head locked. An act that changes what its own question rests on does it before.
    """
    kept = _questions.get() or []
    asked, kept[:] = list(kept), []
    for question in asked:
        question()
