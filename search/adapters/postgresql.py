"""PostgreSQL full text over stems made by us ("simple" takes them as they are). Weights: title A, lead B, body C."""

from collections.abc import Sequence

from django.db import connection

from search.adapters.database import DatabaseEngine
from search.port import Query

# D, C, B, A
WEIGHTS = "{0.0, 0.1, 0.4, 1.0}"
EXACT_BONUS = 10


class PostgreSQLEngine(DatabaseEngine):
    """For several processes or machines, without a further service."""

    def index_stems(self, pk: int, title: str, lead: str, body: str) -> None:
        """Replace the row of one document."""
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO search_stems (id, vector) VALUES (%s, setweight(to_tsvector('simple', %s), 'A') || "
                "setweight(to_tsvector('simple', %s), 'B') || setweight(to_tsvector('simple', %s), 'C')) "
                "ON CONFLICT (id) DO UPDATE SET vector = EXCLUDED.vector",
                [pk, title, lead, body],
            )

    def forget_stems(self, pks: Sequence[int]) -> None:
        """Remove rows."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_stems WHERE id = ANY(%s)", [list(pks)])

    def matching(self, query: Query) -> tuple[str, list[str]]:
        """By row number."""
        return (
            "d.id IN (SELECT id FROM search_stems WHERE vector @@ to_tsquery('simple', %s))",
            [expression(query)],
        )

    def ranked(self, query: Query) -> tuple[str, str, list[str]]:
        """Rank of all words, more for a document that has the very words."""
        tables = (
            "(SELECT id AS found, vector, loose FROM search_stems, to_tsquery('simple', %s) AS loose "
            "WHERE vector @@ loose) m JOIN search_searchdocument d ON d.id = m.found "
            "CROSS JOIN to_tsquery('simple', %s) AS exact"
        )
        score = (
            f"(ts_rank('{WEIGHTS}', m.vector, m.loose) + CASE WHEN m.vector @@ exact THEN {EXACT_BONUS} ELSE 0 END)"
            " * d.boost"
        )
        return tables, score, [expression(query), expression(query, wider=False)]


def expression(query: Query, *, wider: bool = True) -> str:
    """The tsquery: every word, or a wider one in its place. Stems are letters and digits, so quoting is safe."""
    groups = [(word.stem, *(word.wider if wider else ())) for word in query.words]
    return (" | " if query.some else " & ").join(
        "(" + " | ".join(f"'{stem}'" for stem in group) + ")" for group in groups
    )
