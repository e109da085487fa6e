"""SQLite FTS5 over stems made by us. Weights: title 10, lead 4, body 1."""

from collections.abc import Sequence

from django.db import connection

from search.adapters.database import DatabaseEngine
from search.port import Query

WEIGHTS = "10.0, 4.0, 1.0"
# A document with the very words comes before one that has them as parts of longer words.
EXACT_BONUS = 10


class SQLiteEngine(DatabaseEngine):
    """The embedded default."""

    def index_stems(self, pk: int, title: str, lead: str, body: str) -> None:
        """Replace the row of one document."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_stems WHERE rowid = %s", [pk])
            cursor.execute(
                "INSERT INTO search_stems (rowid, title, lead, body) VALUES (%s, %s, %s, %s)",
                [pk, title, lead, body],
            )

    def forget_stems(self, pks: Sequence[int]) -> None:
        """Remove rows."""
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM search_stems WHERE rowid = %s", [[pk] for pk in pks])

    def matching(self, query: Query) -> tuple[str, list[str]]:
        """By row number."""
        return "d.id IN (SELECT rowid FROM search_stems WHERE search_stems MATCH %s)", [expression(query)]

    def ranked(self, query: Query) -> tuple[str, str, list[str]]:
        """bm25 answers less for better, so it is turned round; the boost multiplies."""
        found = f"SELECT rowid AS found, -bm25(search_stems, {WEIGHTS}) AS rank"
        tables = (
            f"search_searchdocument d JOIN ({found} FROM search_stems WHERE search_stems MATCH %s) m "  # noqa: S608
            "ON m.found = d.id LEFT JOIN (SELECT rowid AS exact FROM search_stems WHERE search_stems MATCH %s) e "
            "ON e.exact = d.id"
        )
        score = f"(m.rank + CASE WHEN e.exact IS NULL THEN 0 ELSE {EXACT_BONUS} END) * d.boost"
        return tables, score, [expression(query), expression(query, wider=False)]


def expression(query: Query, *, wider: bool = True) -> str:
    """The FTS5 expression: every word, or a wider one in its place. Stems are letters and digits, so quoting is safe."""
    groups = [(word.stem, *(word.wider if wider else ())) for word in query.words]
    return (" OR " if query.some else " AND ").join(
        "(" + " OR ".join(f'"{stem}"' for stem in group) + ")" for group in groups
    )
