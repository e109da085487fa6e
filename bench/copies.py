"""Many pages quickly: the rows of one published page, copied. A thousand publications would take minutes.

Used by the benchmark, and by the tests that ask what a list of a thousand pages costs.
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.db import connection
from modelcluster.models import get_all_child_relations
from wagtail.models import Page

Changes = Callable[[int], dict[str, Any]]


def copy_page(page: Page, count: int, changes: Changes) -> None:
    """`count` more pages below the page's parent, each with the fields changed that `changes(number)` names.

    Rows that hang on the page (links, words of vocabularies) are copied with it; revisions and rendered text are not.
    """
    parent = page.get_parent()
    models = [*reversed(page._meta.get_parent_list()), type(page)]
    tables = {model._meta.db_table: model._meta.pk.column for model in models}
    rows = {table: _rows(table, column, page.pk)[0] for table, column in tables.items()}
    newest = _newest("wagtailcore_page", "id")
    numbers = range(1, count + 1)
    changed = [{**_place(page, parent, newest + n, parent.numchild + n), **changes(n)} for n in numbers]
    for table, row in rows.items():
        _insert(table, list(row), [{**row, **one} for one in changed])
    for table, column in _hanging(page):
        for row in _rows(table, column, page.pk):
            _insert(
                table, [name for name in row if name != "id"], [{**row, column: newest + n} for n in numbers]
            )
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + count)


def _place(page: Page, parent: Page, pk: int, step: int) -> dict[str, Any]:
    slug = f"{page.slug}-{pk}"
    return {
        "id": pk,
        "page_ptr_id": pk,
        "knowledgepage_ptr_id": pk,
        "path": Page._get_path(parent.path, parent.depth + 1, step),
        "translation_key": uuid4().hex if connection.vendor == "sqlite" else uuid4(),
        "slug": slug,
        "url_path": f"{parent.url_path}{slug}/",
        "live_revision_id": None,
        "latest_revision_id": None,
    }


def _hanging(page: Page) -> list[tuple[str, str]]:
    """(table, column) of what belongs to the page alone: its many-to-many rows and its children of the form."""
    fields = [(field.m2m_db_table(), field.m2m_column_name()) for field in page._meta.many_to_many]
    children = [relation.field for relation in get_all_child_relations(page)]
    return fields + [(field.model._meta.db_table, field.column) for field in children]


def _rows(table: str, column: str, pk: int) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" WHERE "{column}" = %s', [pk])  # noqa: S608
        names = [found[0] for found in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _insert(table: str, names: list[str], rows: list[dict[str, Any]]) -> None:
    columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join("%s" for _ in names)
    with connection.cursor() as cursor:
        cursor.executemany(
            f'INSERT INTO "{table}" ({columns}) VALUES ({marks})',  # noqa: S608
            [[row[name] for name in names] for row in rows],
        )


def _newest(table: str, column: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT MAX("{column}") FROM "{table}"')  # noqa: S608
        return int(cursor.fetchone()[0])
