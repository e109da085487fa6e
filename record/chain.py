"""Appending to the record. Called by actions inside their transaction, as their last lock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from record.acting import ask_again
from record.canonical import canonical_json, instant, sha256_hex
from record.errors import ReadOnly
from record.models import RecordHead, RecordRow, Restore

# Number of the body's form. A new field means a new number; old rows stay on theirs.
BODY_FORMAT = 1

# The one act of a restored site: the record says where it goes on from.
RESTORED = "record_restored"

Fact = str | int | bool | None


class RecordNotStarted(Exception):
    """The head row is missing: migrations have not run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What happened, as the record tells it. Never free text, never a position's value, persons only by key."""

    name: str
    at: datetime
    actor_key: str = ""
    organisation_key: str = ""
    object_kind: str = ""
    object_key: str = ""
    digest: str = ""
    facts: Mapping[str, Fact] | None = None


def body_of(act: Act, *, seq: int, prev: str) -> str:
    """The canonical JSON of one row, exactly as stored and hashed."""
    return canonical_json(
        {
            "act": act.name,
            "actor": act.actor_key or None,
            "digest": act.digest or None,
            "facts": dict(act.facts or {}),
            "format": BODY_FORMAT,
            "kind": act.object_kind or None,
            "object": act.object_key or None,
            "organisation": act.organisation_key or None,
            "prev": prev,
            "seq": seq,
            "time": instant(act.at),
        }
    ).decode()


def append(act: Act) -> RecordRow:
    """Append one row: lock the head, number, chain, hash.

    Must run inside the action's transaction (raises RuntimeError otherwise) and after its other locks, because the
    head is the last lock of every action. Raises ReadOnly while a restored backup waits to be confirmed, and what the
    action's own demands raise, which are asked again now that nothing can change any more.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("The record is written inside the action's transaction.")
    head = RecordHead.objects.select_for_update(no_key=True).filter(pk=1).first()
    if head is None:
        raise RecordNotStarted
    if act.name != RESTORED and Restore.objects.exists():
        raise ReadOnly
    ask_again()
    seq, prev = head.seq + 1, head.hash
    body = body_of(act, seq=seq, prev=prev)
    row = RecordRow.objects.create(
        seq=seq,
        prev=prev,
        body=body,
        hash=sha256_hex(body.encode()),
        time=act.at,
        act=act.name,
        actor_key=act.actor_key,
        organisation_key=act.organisation_key,
        object_kind=act.object_kind,
        object_key=act.object_key,
        object_digest=act.digest,
    )
    head.seq, head.hash = row.seq, row.hash
    head.save(update_fields=["seq", "hash"])
    return row
