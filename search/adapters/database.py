"""What both embedded engines share: the documents and words are rows, written in the transaction of the act."""

from collections.abc import Iterable, Sequence

from django.db import connection, transaction
from django.db.models.functions import Length

from search.analysis import distinct_words, stem_text, title_key
from search.documents import Document
from search.models import SearchDocument, SearchWord
from search.port import Hit, Page, Query

COLUMNS = "d.key, d.kind, d.title, d.lead, d.body, d.url, d.language, d.status, d.organisation"


class DatabaseEngine:
    """Base of the embedded engines. Subclasses keep an index of stems beside the documents."""

    @transaction.atomic
    def put(self, documents: Iterable[Document]) -> None:
        """Store or replace documents, their stems and their words; those stored as they are stay as they are.

        One answer in a round announces all documents of its term, and changes none of them.
        """
        vocabulary: dict[str, str] = {}
        for document in _changed(list(documents)):
            row, _made = SearchDocument.objects.update_or_create(
                key=document.key, defaults=_columns(document)
            )
            self.index_stems(
                row.pk, stem_text(document.title), stem_text(document.lead), stem_text(document.body)
            )
            vocabulary |= distinct_words(f"{document.title} {document.lead} {document.body}")
        # In one order for everybody: two transactions that bring the same new words never wait for each other in a ring.
        rows = [SearchWord(word=word, stem=stem) for word, stem in sorted(vocabulary.items())]
        SearchWord.objects.bulk_create(rows, ignore_conflicts=True, batch_size=400)

    @transaction.atomic
    def remove(self, keys: Iterable[str]) -> None:
        """Forget documents."""
        rows = list(SearchDocument.objects.filter(key__in=list(keys)).values_list("pk", flat=True))
        self.forget_stems(rows)
        SearchDocument.objects.filter(pk__in=rows).delete()

    @transaction.atomic
    def clear(self) -> None:
        """Forget everything."""
        self.forget_stems(list(SearchDocument.objects.values_list("pk", flat=True)))
        SearchDocument.objects.all().delete()
        SearchWord.objects.all().delete()

    def words_containing(self, part: str, *, limit: int) -> list[str]:
        """Stems of longer words with this part, the shortest words first."""
        longer = SearchWord.objects.filter(word__contains=part).exclude(word=part)
        return list(longer.order_by(Length("word"), "word").values_list("stem", flat=True)[:limit])

    def suggest(self, prefix: str, *, limit: int) -> list[tuple[str, str, str]]:
        """Titles with a word that begins so; terms first."""
        if not prefix:
            return []
        rows = SearchDocument.objects.filter(folded_title__contains=f" {prefix}")
        found = rows.order_by("-boost", "folded_title").values_list("title", "url", "kind")[:limit]
        return [(str(title), str(url), str(kind)) for title, url, kind in found]

    def search(self, query: Query, *, kind: str = "", start: int = 0, size: int = 20) -> Page:
        """Two queries: counts by kind, and the page."""
        if not query:
            return Page([], 0)
        counts = self._counts(query)
        total = counts.get(kind, 0) if kind else sum(counts.values())
        hits = self._hits(query, kind, start, size) if total > start else []
        return Page(hits, total, counts)

    def _counts(self, query: Query) -> dict[str, int]:
        sql, parameters = self.matching(query)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT d.kind, COUNT(*) FROM search_searchdocument d WHERE {sql} GROUP BY d.kind",  # noqa: S608
                parameters,
            )
            return dict(cursor.fetchall())

    def _hits(self, query: Query, kind: str, start: int, size: int) -> Sequence[Hit]:
        tables, score, parameters = self.ranked(query)
        only = " WHERE d.kind = %s" if kind else ""
        with connection.cursor() as cursor:
            values: list[str | int] = [*parameters, *([kind] if kind else []), size, start]
            cursor.execute(
                f"SELECT {COLUMNS} FROM {tables}{only} ORDER BY {score} DESC, d.id LIMIT %s OFFSET %s",  # noqa: S608
                values,
            )
            return [Hit(*row) for row in cursor.fetchall()]

    # What an engine adds

    def index_stems(self, pk: int, title: str, lead: str, body: str) -> None:
        """Store the stems of one document."""
        raise NotImplementedError

    def forget_stems(self, pks: Sequence[int]) -> None:
        """Remove the stems of documents."""
        raise NotImplementedError

    def matching(self, query: Query) -> tuple[str, list[str]]:
        """A condition on `d` with its parameters."""
        raise NotImplementedError

    def ranked(self, query: Query) -> tuple[str, str, list[str]]:
        """Tables with `d` in them, an expression that is higher for better, and the tables' parameters."""
        raise NotImplementedError


def _changed(documents: Sequence[Document]) -> list[Document]:
    """Those that are not stored with exactly these columns; one query."""
    wanted = {document.key: _columns(document) for document in documents}
    if not wanted:
        return []
    names = ["key", *next(iter(wanted.values()))]
    rows = SearchDocument.objects.filter(key__in=list(wanted)).values(*names)
    stored = {row.pop("key"): row for row in rows}
    return [document for document in documents if stored.get(document.key) != wanted[document.key]]


def _columns(document: Document) -> dict[str, object]:
    return {
        "kind": str(document.kind),
        "language": document.language,
        "title": document.title[:255],
        "folded_title": title_key(document.title)[:300],
        "lead": document.lead,
        "body": document.body,
        "url": document.url,
        "status": document.status,
        "organisation": document.organisation,
        "updated_on": document.updated_on,
        "boost": document.boost,
    }
