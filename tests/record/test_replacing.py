"""On SQLite `OR REPLACE` removes the row in the way without a delete trigger; nothing that stays goes that way."""

from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from glossary.actions.support import declare_support
from glossary.states import Stance, SupportKind
from glossary.triggers.unique import UNIQUE as GLOSSARY
from people.triggers.tables import UNIQUE as PEOPLE
from record.triggers import expected_triggers
from record.triggers.replacing import Unique
from record.triggers.tables import UNIQUE as RECORD
from tests.factories.cast import Cast
from tests.factories.glossary import BOOK, entry_v1, proposed_definition, term_with_labels
from tests.factories.guards import lifted, sql

pytestmark = pytest.mark.django_db

UNIQUE = {**GLOSSARY, **PEOPLE, **RECORD}
MODELS = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
# Other triggers refuse an inserted copy of these anyway.
REFUSED_TWICE = {
    "glossary_consensusentry", "glossary_explanation", "glossary_position", "glossary_seat", "glossary_source",
    "glossary_wording_parents", "people_mandate", "record_recordrow", "glossary_round",
}  # fmt: skip


def unique_in(model: type[models.Model]) -> set[tuple[str, ...]]:
    """Columns that are unique together, by the model."""
    options = model._meta
    found = {(field.column,) for field in options.local_concrete_fields if field.unique}
    named = [*options.unique_together]
    named += [tuple(c.fields) for c in options.constraints if isinstance(c, models.UniqueConstraint)]
    return found | {tuple(options.get_field(name).column for name in names) for names in named if names}


@pytest.mark.parametrize("table", sorted(UNIQUE))
def test_the_list_names_what_is_unique_in_the_model(table: str) -> None:
    assert {one.columns for one in UNIQUE[table]} == unique_in(MODELS[table])
    assert UNIQUE[table][0].columns == (MODELS[table]._meta.pk.column,)


def test_every_table_whose_rows_never_go_is_in_the_list() -> None:
    kept = {
        trigger.table for trigger in expected_triggers("sqlite") if trigger.name.endswith("never_deleted")
    }

    assert kept <= set(UNIQUE)


@pytest.fixture
def rows(cast: Cast) -> None:
    """A row in each of the tables."""
    entry = entry_v1(cast, answers={"district": Stance.OBJECTION})
    declare_support(entry=entry, by=cast.bob, organisation=cast.town, kind=SupportKind.CONFIRMS)
    proposed_definition(cast, term_with_labels(cast, "Lernort"), sources=[BOOK])


def refusal(statement: str, *values: Any) -> str:
    try:
        with transaction.atomic():
            sql(statement, *values)
            transaction.set_rollback(True)
    except IntegrityError as error:
        return str(error)
    return ""


def replacing(table: str) -> str:
    """Put a copy in the place of the first row."""
    return f'INSERT OR REPLACE INTO "{table}" SELECT * FROM "{table}" LIMIT 1'


needs_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no REPLACE")


@needs_sqlite
@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("table", sorted(UNIQUE))
def test_no_row_is_replaced_by_an_inserted_one(table: str) -> None:
    if not MODELS[table]._base_manager.exists():
        assert table in {"glossary_explanation", "glossary_wording_parents"}
        return

    assert refusal(replacing(table))


@needs_sqlite
@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("table", sorted(set(UNIQUE) - REFUSED_TWICE))
def test_control_without_the_trigger_it_is_replaced(table: str) -> None:
    with lifted(f"{table}_never_replaced_by_insert"):
        assert not refusal(replacing(table))


@needs_sqlite
@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize(
    ("table", "column"),
    [("glossary_term", "slug"), ("people_organisation", "slug"), ("people_user", "email")],
)
def test_no_row_is_replaced_by_a_changed_one(cast: Cast, table: str, column: str) -> None:
    first, other = MODELS[table]._base_manager.order_by("pk")[:2]
    statement = f'UPDATE OR REPLACE "{table}" SET "{column}" = %s WHERE "id" = %s'

    assert "never replaced" in refusal(statement, getattr(other, column), first.pk)
    with lifted(f"{table}_never_replaced_by_update"):
        assert "never replaced" not in refusal(statement, getattr(other, column), first.pk)


def test_a_condition_says_where_columns_are_unique() -> None:
    taken = Unique(("term_id",), where="$\"state\" = 'open'").taken("round") % ""

    assert taken == (
        'EXISTS (SELECT 1 FROM "round" o WHERE o."term_id" = NEW."term_id" AND o."state" = \'open\' '
        "AND NEW.\"state\" = 'open')"
    )
