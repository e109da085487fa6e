"""The index of stems beside the documents: FTS5 on SQLite, a tsvector on PostgreSQL."""

from django.db import migrations

SQLITE = [
    "CREATE VIRTUAL TABLE search_stems USING fts5(title, lead, body, tokenize = 'unicode61 remove_diacritics 0')",
]
POSTGRESQL = [
    "CREATE TABLE search_stems (id bigint PRIMARY KEY, vector tsvector NOT NULL)",
    "CREATE INDEX search_stems_vector ON search_stems USING gin (vector)",
]


def create(apps, schema_editor):
    """The table of this engine."""
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    """Nothing is lost: the index is derived."""
    schema_editor.execute("DROP TABLE search_stems")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
