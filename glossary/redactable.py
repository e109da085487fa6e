"""Finding texts that may have to be removed: every text with certain words in it, and the copies of a row."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from glossary.actions.redaction import DefinitionText
from glossary.models import (
    ConsensusEntry,
    Definition,
    Dissent,
    Explanation,
    Objection,
    Position,
    Source,
    Statement,
    Support,
    Wording,
)
from record.immutable import RedactableRow

__all__ = ["Redactable", "copies_of", "find_row", "rows_with", "with_copies"]

MODELS: dict[str, type[RedactableRow]] = {
    model.RECORD_KIND: model
    for model in (
        Wording, Position, Objection, Statement, ConsensusEntry, Support, Dissent, Explanation, Source,
    )
}  # fmt: skip
MOST = 100
EXCERPT = 240


@dataclass(frozen=True, slots=True)
class Redactable:
    """A row that still holds text, as the administrator's page lists it."""

    row: RedactableRow | DefinitionText
    is_copy: bool = False
    words: str = ""

    @property
    def token(self) -> str:
        """How a form names it."""
        if isinstance(self.row, DefinitionText):
            return f"definition.{self.row.field}:{self.row.definition.pk}"
        return f"{self.row.RECORD_KIND}:{self.row.pk}"

    @property
    def name(self) -> str:
        """What kind of row, in the reader's words."""
        if isinstance(self.row, DefinitionText):
            meta = self.row.definition._meta
            return f"{meta.verbose_name}: {meta.get_field(self.row.field).verbose_name}"  # type: ignore[union-attr]
        return str(self.row._meta.verbose_name)

    @property
    def record_name(self) -> str:
        """How the record names it."""
        if isinstance(self.row, DefinitionText):
            return f"definition {self.row.definition.key}"
        return f"{self.row.RECORD_KIND} {self.row.record_key()}"

    @property
    def texts(self) -> list[str]:
        """What would be emptied, shortened; hashes are nothing to read."""
        if isinstance(self.row, DefinitionText):
            found = [getattr(self.row.definition, self.row.field)]
        else:
            found = [_plain(getattr(self.row, name)) for name in self.row.REDACTED if name != "text_hash"]
        return [_excerpt(text, self.words) for text in found if text]


def _excerpt(text: str, words: str) -> str:
    """A text, shortened around the words that were looked for."""
    if len(text) <= EXCERPT:
        return text
    found = max(0, text.casefold().find(words.casefold()) - EXCERPT // 3)
    start = min(found, len(text) - EXCERPT)
    before, after = "… " if start else "", " …" if start + EXCERPT < len(text) else ""
    return f"{before}{text[start : start + EXCERPT]}{after}"


def _plain(value: Any) -> str:
    """The texts inside a reference, one after the other."""
    if isinstance(value, dict):
        return " · ".join(filter(None, map(_plain, value.values())))
    if isinstance(value, list):
        return " ".join(filter(None, map(_plain, value)))
    return "" if value is None else str(value)


def rows_with(words: str) -> list[Redactable]:
    """Rows not yet redacted whose text holds these words, and the copies of each; a hundred of each kind at most."""
    words = words.strip()
    if not words:
        return []
    rows: list[RedactableRow] = []
    for model in MODELS.values():
        condition = Q()
        for name in model.REDACTED:
            if name != "csl":
                condition |= Q(**{f"{name}__icontains": words})
        rows += _open(model).filter(condition)[:MOST]
        if "csl" in model.REDACTED:
            rows += _citing(model, words)[:MOST]
    return [*with_copies(rows, words), *_definitions_with(words)]


def _citing(model: type[RedactableRow], words: str) -> list[RedactableRow]:
    """Rows whose reference holds the words. Read one by one: SQLite stores its umlauts in another spelling."""
    found = _open(model).exclude(csl={})
    return [row for row in found if words.casefold() in _plain(row.csl).casefold()]


def _definitions_with(words: str) -> list[Redactable]:
    found = []
    for field in DefinitionText.FIELDS:
        rows = Definition.objects.filter(**{f"{field}__icontains": words}).select_related("term")
        found += [Redactable(DefinitionText(row, field), words=words) for row in rows.order_by("pk")[:MOST]]
    return found


def with_copies(rows: Iterable[RedactableRow], words: str = "") -> list[Redactable]:
    """The rows, each once, followed by those of their copies that are not among them."""
    own = {(type(row), row.pk): row for row in rows}
    copies = {(type(copy), copy.pk): copy for row in own.values() for copy in copies_of(row)}
    return [
        *(Redactable(row, words=words) for row in own.values()),
        *(Redactable(copy, is_copy=True, words=words) for key, copy in copies.items() if key not in own),
    ]


def copies_of(row: RedactableRow) -> list[RedactableRow]:
    """Rows that took this text over or were said in the same act, as far as they still hold text."""
    found = {(type(copy), copy.pk): copy for copy in _copies(row)}
    found.pop((type(row), row.pk), None)
    return [copy for copy in found.values() if copy.redacted_at is None]


def find_row(kind: str, key: str) -> RedactableRow | None:
    """The row the record names so; None without one. Looks at every row of the kind: redactions are rare."""
    model = MODELS.get(kind)
    if model is None:
        return None
    rows = model._default_manager.select_related(*model.VERIFY_RELATED).order_by("pk")
    return next((row for row in rows if row.record_key() == key), None)


def _open(model: type[RedactableRow]):  # type: ignore[no-untyped-def]  # a queryset of whichever model
    return (
        model._default_manager.filter(redacted_at=None).select_related(*model.VERIFY_RELATED).order_by("pk")
    )


def _copies(row: RedactableRow) -> Iterator[RedactableRow]:
    match row:
        case Wording():
            if row.text_hash:
                yield from _open(Wording).filter(text_hash=row.text_hash)
        case Source():
            # Revising a wording hands its sources on.
            yield from _open(Source).filter(csl=row.csl, wording__term=row.wording.term)
        case Position():
            yield from _open(Objection).filter(position=row)
            for dissent in Dissent.objects.filter(position=row):
                yield from _chain(dissent)
        case Objection():
            yield row.position
            yield from _copies(row.position)
        case Support():
            for dissent in Dissent.objects.filter(support=row):
                yield from _chain(dissent)
        case Dissent():
            yield from _chain(row)


def _chain(dissent: Dissent) -> Iterator[RedactableRow]:
    """A dissent from its first entry to its last, and the answer or declaration it began with."""
    while dissent.carried_from is not None:
        dissent = dissent.carried_from
    if dissent.position is not None:
        yield dissent.position
        yield from _open(Objection).filter(position=dissent.position)
    if dissent.support is not None and dissent.support.evidence:
        yield dissent.support
    later = [dissent]
    while later:
        yield from later
        later = list(Dissent.objects.filter(carried_from__in=later))
