"""What announcing freezes, as one hash: the record carries it, so that nobody can change the question afterwards."""

from typing import Any

from glossary.models import Round, Seat
from record.canonical import canonical_json, instant, sha256_hex


def frozen_content(round: Round, seats: list[Seat]) -> dict[str, Any]:
    """Format 1: question, wording, rules, basis, beginning and electorate of an announced round."""
    return {
        "basis": round.basis,
        "batch": round.batch,
        "change_class": round.change_class,
        "change_reason": round.change_reason,
        "definition": round.definition.key if round.definition else None,
        "follows": round.follows.key if round.follows else None,
        "format": 1,
        "group": round.group.key,
        "key": round.key,
        "kind": round.kind,
        "opens_at": instant(round.opens_at),
        "question": round.question,
        "rules": round.rules,
        "seats": sorted(
            (
                {
                    "carried_from": seat.carried_from.record_key() if seat.carried_from else None,
                    "key": seat.organisation.key,
                    "name": seat.organisation_name,
                    "short_name": seat.organisation_short_name,
                }
                for seat in seats
            ),
            key=lambda seat: str(seat["key"]),
        ),
        "term": round.term.key,
        "wording": round.wording.key,
    }


def frozen_hash(round: Round, seats: list[Seat]) -> str:
    """SHA-256 of the frozen content. No salt: all of it is public from this moment on."""
    return sha256_hex(canonical_json(frozen_content(round, seats)))
