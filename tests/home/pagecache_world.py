"""What the cases of the page cache speak about: rows by name, also across a process boundary."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import Any

from django.apps import apps
from django.db.models import Model

from tests.factories.cast import Cast

Rows = dict[str, Any]


class World:
    """Rows by name; each is read anew from the database whenever it is asked for."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows

    @classmethod
    def of(cls, cast: Cast, **rows: Any) -> "World":
        """The cast, and what a case arranged; texts stay as they are."""
        people = {field.name: getattr(cast, field.name) for field in fields(cast)}
        named = {name: row for name, row in {**people, **rows}.items() if isinstance(row, (Model, str))}
        return cls({name: _reference(row) for name, row in named.items()})

    def __getattr__(self, name: str) -> Any:
        try:
            reference = self.rows[name]
        except KeyError as error:
            raise AttributeError(name) from error
        if isinstance(reference, str):
            return reference
        label, pk = reference
        return apps.get_model(label)._default_manager.get(pk=pk)


def _reference(row: Any) -> Any:
    return row if isinstance(row, str) else [row._meta.label, row.pk]


@dataclass(frozen=True, slots=True)
class Case:
    """One act: what is there before it, the act itself, and the pages that show it.

    No pages: readers see nothing of it, and what is kept must stay good.
    """

    name: str
    arrange: Callable[[Cast], Rows]
    act: Callable[[World], Any]
    pages: Callable[[World], Iterable[str]]
