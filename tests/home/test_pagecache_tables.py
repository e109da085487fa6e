"""Every table is in exactly one list: public ones raise the generation, the others need not."""

import pytest
from django.db import connection

from home.pagecache.generation import current_generation
from home.pagecache.tables import PRIVATE_TABLES, PUBLIC_TABLES
from people.models import Organisation
from record.keys import issue_key

# Indexes of words, which follow the rows they belong to, and their shadow tables.
SHADOWS = ("_fts", "_config", "_content", "_data", "_docsize", "_idx", "search_stems")


@pytest.mark.django_db
def test_every_table_is_public_or_private() -> None:
    tables = {name for name in connection.introspection.table_names() if not name.endswith(SHADOWS)}

    listed = set(PUBLIC_TABLES) | set(PRIVATE_TABLES)

    assert tables - listed == set()
    assert {name for name in listed - tables if not name.startswith("search_")} == set()


def test_no_table_is_in_both_lists() -> None:
    assert set(PUBLIC_TABLES) & set(PRIVATE_TABLES) == set()
    assert len(set(PUBLIC_TABLES)) == len(PUBLIC_TABLES)


@pytest.mark.django_db(transaction=True)
def test_a_write_to_a_public_table_raises_the_generation() -> None:
    before = current_generation()

    Organisation.objects.create(
        key=issue_key(kind="organisation"),
        name="X",
        short_name="X",
        slug="x",
        kind="network",
        mailbox="x@x.example",
    )

    assert current_generation() != before


@pytest.mark.django_db(transaction=True)
def test_a_write_to_a_private_table_leaves_the_generation() -> None:
    before = current_generation()

    issue_key(kind="organisation")

    assert current_generation() == before
