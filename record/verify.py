"""Proves the record from the tables themselves: the chain, every digest, and that every immutable row is named once.

Nothing here trusts a stored hash: everything is computed again. What an app knows beyond its rows (an outcome equals its
tally, a round's seats are those announced) it registers with `register`.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connection, models, transaction

from record.canonical import NotCanonical, canonical_json, instant, sha256_hex
from record.immutable import ImmutableRow
from record.models import RecordHead, RecordRow

__all__ = ["Ledger", "Report", "redaction_problems", "register", "verify"]

FIRST_ACT = "installation_started"
REDACT = "redact"
BODY_FIELDS = frozenset(
    {"act", "actor", "digest", "facts", "format", "kind", "object", "organisation", "prev", "seq", "time"}
)
BODY_FORMATS = frozenset({1})
CHUNK = 500


@dataclass(slots=True)
class Report:
    """What was looked at and what was found. `breaches` name the row; `redacted` rows are in order."""

    record_rows: int = 0
    immutable_rows: int = 0
    breaches: list[str] = field(default_factory=list)
    redacted: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Nothing was changed."""
        return not self.breaches


@dataclass(slots=True)
class Ledger:
    """The record's rows as checks need them: bodies by what they speak about, in order."""

    named: dict[tuple[str, str], list[dict[str, Any]]] = field(default_factory=dict)
    digests: dict[str, dict[str, Any]] = field(default_factory=dict)

    def about(self, kind: str, key: str, act: str | None = None) -> list[dict[str, Any]]:
        """All bodies about an object, oldest first; of one act if it is given."""
        return [body for body in self.named.get((kind, key), []) if act is None or body["act"] == act]

    def keys(self, kind: str, act: str) -> set[str]:
        """Keys of all objects of a kind that an act was done to."""
        return {key for named, key in self.named if named == kind and self.about(kind, key, act)}


Check = Callable[[Ledger], Iterable[str]]
_checks: list[Check] = []


def register(check: Check) -> Check:
    """Add a check of another app; it yields one sentence for each breach, beginning with the row's name."""
    if check not in _checks:
        _checks.append(check)
    return check


def verify() -> Report:
    """Everything, in one consistent look at the database."""
    report, ledger = Report(), Ledger()
    with one_look():
        _chain(report, ledger)
        seen: set[str] = set()
        for model in immutable_models():
            for row in _rows(model, report):
                report.immutable_rows += 1
                seen.add(row.digest)
                _immutable(row, ledger, report)
        for digest, body in ledger.digests.items():
            if digest not in seen:
                name = f"{body['kind']} {body['object']}"
                report.breaches.append(
                    f"{name}: record row {body['seq']} names it, but it is not there as recorded"
                )
        for check in _checks:
            report.breaches += check(ledger)
    return report


@contextmanager
def one_look() -> Iterator[None]:
    """Everything read inside is of one moment, and nobody who writes has to wait for it.

    Inside a transaction that has begun already (after a restore, in tests) it is that transaction's look.
    """
    engine: Any = connection
    if engine.in_atomic_block:
        with transaction.atomic():
            yield
    elif engine.vendor == "postgresql":
        with transaction.atomic():
            with engine.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        engine.ensure_connection()
        usual, engine.transaction_mode = engine.transaction_mode, "DEFERRED"
        try:
            with transaction.atomic():
                yield
        finally:
            engine.transaction_mode = usual


def immutable_models() -> list[type[ImmutableRow]]:
    """Every model of immutable rows, in a fixed order."""
    found = [model for model in apps.get_models() if issubclass(model, ImmutableRow)]
    return sorted(found, key=lambda model: model._meta.label)


# ---- the chain


def _chain(report: Report, ledger: Ledger) -> None:
    expected_seq, prev = 1, ""
    for row in _rows(RecordRow, report):
        report.record_rows += 1
        name = f"record row {row.seq}"
        if row.seq != expected_seq:
            report.breaches.append(f"{name}: follows {expected_seq - 1}, rows are missing between them")
        if row.prev != prev:
            report.breaches.append(f"{name}: does not continue the row before it")
        body = _body(row, name, report)
        expected_seq, prev = row.seq + 1, sha256_hex(row.body.encode())
        if prev != row.hash:
            report.breaches.append(f"{name}: its hash does not fit its body")
            prev = row.hash
        if body is not None:
            _enter(body, name, report, ledger)
    _head(expected_seq - 1, prev, report)


def _body(row: RecordRow, name: str, report: Report) -> dict[str, Any] | None:
    """The parsed body; None and a breach if it is none or the columns beside it tell something else."""
    try:
        body = json.loads(row.body)
        canonical = canonical_json(body).decode()
    except (ValueError, NotCanonical):
        report.breaches.append(f"{name}: its body cannot be read")
        return None
    if canonical != row.body or set(body) != BODY_FIELDS or body["format"] not in BODY_FORMATS:
        report.breaches.append(f"{name}: its body is not in its one form")
        return None
    columns = {
        "act": row.act,
        "actor": row.actor_key or None,
        "digest": row.object_digest or None,
        "kind": row.object_kind or None,
        "object": row.object_key or None,
        "organisation": row.organisation_key or None,
        "prev": row.prev,
        "seq": row.seq,
        "time": instant(row.time),
    }
    for column, value in columns.items():
        if body[column] != value:
            report.breaches.append(f"{name}: column {column} differs from its body")
    if (row.seq == 1) != (body["act"] == FIRST_ACT):
        report.breaches.append(f"{name}: the first row, and only that, names the installation")
    return dict(body)


def _enter(body: dict[str, Any], name: str, report: Report, ledger: Ledger) -> None:
    ledger.named.setdefault((body["kind"] or "", body["object"] or ""), []).append(body)
    if body["digest"]:
        if body["digest"] in ledger.digests:
            report.breaches.append(f"{name}: names a digest that another row has named already")
        ledger.digests[body["digest"]] = body


def _head(seq: int, last_hash: str, report: Report) -> None:
    head = RecordHead.objects.filter(pk=1).first()
    if head is None:
        report.breaches.append("record head: is missing")
    elif (head.seq, head.hash) != (seq, last_hash):
        report.breaches.append(f"record head: points at row {head.seq}, the last row is {seq}")


# ---- immutable rows


def _immutable(row: ImmutableRow, ledger: Ledger, report: Report) -> None:
    try:
        name = f"{row.RECORD_KIND} {row.record_key()}"
        report.breaches += [f"{name}: {problem}" for problem in _problems(row, ledger)]
        if row.redacted_at is not None:
            report.redacted.append(name)
        report.redacted += [f"{kind} {key}" for kind, key, at in row.parts() if at is not None]
    except Exception as error:
        # Whatever a damaged row does when it is read, the row is named and the others are still looked at.
        report.breaches.append(
            f"{row.RECORD_KIND} with id {row.pk}: cannot be computed ({type(error).__name__})"
        )


def _problems(row: ImmutableRow, ledger: Ledger) -> Iterator[str]:
    kind, key = row.RECORD_KIND, row.record_key()
    if row.format not in row.FORMATS:
        yield f"has the unknown format {row.format}"
    body = ledger.digests.get(row.digest)
    if body is None:
        yield "is not named in the record, or its digest was changed"
    elif (body["kind"], body["object"]) != (kind, key):
        yield f"the record names its digest as {body['kind']} {body['object']}"
    redactions = ledger.about(kind, key, REDACT)
    yield from redaction_problems(row.redacted_at, redactions)
    if row.redacted_at is not None and any(getattr(row, name) is not None for name in row.REDACTED):
        yield "is marked as redacted, but holds text"
    for part_kind, part_key, at in row.parts():
        acts = ledger.about(part_kind, part_key, REDACT)
        redactions = redactions + acts
        yield from (f"{part_kind} {part_key}: {problem}" for problem in redaction_problems(at, acts))
    yield from _content_problems(row, redactions)


def redaction_problems(at: datetime | None, redactions: list[dict[str, Any]]) -> Iterator[str]:
    """Whether a row is redacted as often, and at the time, as the record says."""
    if at is None and redactions:
        yield f"record row {redactions[0]['seq']} says it was redacted, but it is not"
    elif at is not None and len(redactions) != 1:
        yield f"was emptied, but the record tells of {len(redactions)} redactions"
    elif at is not None and redactions[0]["time"] != instant(at):
        yield "was redacted at another time than recorded"


def _content_problems(row: ImmutableRow, redactions: list[dict[str, Any]]) -> Iterator[str]:
    """The digest proves a whole row; once something of it was redacted, the newest redaction proves the rest."""
    if not redactions:
        if row.salt is None:
            yield "has lost its salt without a redaction"
        elif row.compute_digest() != row.digest:
            yield "its content does not fit its digest"
        return
    newest = max(redactions, key=lambda act: int(act["seq"]))
    if row.salt is not None:
        yield "keeps its salt, although something of it was redacted"
    if newest["facts"].get("rest") != row.compute_rest():
        yield "what was kept of it does not fit the record of its redaction"


# ---- reading what may be damaged


def _rows(model: type[models.Model], report: Report) -> Iterator[Any]:
    """All rows in order. A row that cannot even be read becomes a breach with its number."""
    related = getattr(model, "VERIFY_RELATED", ())
    queryset = model._default_manager.order_by("pk").select_related(*related)
    queryset = queryset.prefetch_related(*getattr(model, "VERIFY_PREFETCH", ()))
    keys = list(model._default_manager.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        try:
            with transaction.atomic():
                found = list(queryset.filter(pk__in=chunk))
        except (DatabaseError, ValueError, TypeError):
            found = list(_one_by_one(queryset, chunk))
        if len(found) != len(chunk):
            # Unreadable, or an inner join found no partner.
            present = {row.pk for row in found}
            kind = _kind(model)
            lost = [pk for pk in chunk if pk not in present]
            report.breaches += [f"{kind} with id {pk}: cannot be read, or points at nothing" for pk in lost]
        yield from found


def _one_by_one(queryset: models.QuerySet[Any], keys: list[Any]) -> Iterator[Any]:
    for key in keys:
        with suppress(DatabaseError, ValueError, TypeError, ObjectDoesNotExist), transaction.atomic():
            yield queryset.get(pk=key)


def _kind(model: type[models.Model]) -> str:
    return str(getattr(model, "RECORD_KIND", "record row"))
