"""What the tables of the glossary refuse to everybody: the invariants of the domain, one literal list."""

from glossary.triggers import conditions as sql
from glossary.triggers.unique import UNIQUE
from record.triggers import Trigger
from record.triggers.common import append_only, changed, immutable, never_deleted, redactable, registered_key
from record.triggers.replacing import never_replaced

# Immutable rows: columns that never change, and columns a redaction empties (beside salt and redacted_at).
# A test compares these with the models, so that a new column is in one of the two.
IMMUTABLE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "glossary_wording": (
        ("id", "format", "digest", "key", "term_id", "language", "register", "author_key", "made_at"),
        ("text", "scope", "text_hash"),
    ),
    "glossary_position": (
        ("id", "format", "digest", "seat_id", "number", "wording_id", "value", "provisional_until",
         "provisional_body", "taken_at", "actor_key", "mandate_id", "role", "submission_key"),
        ("reason",),
    ),
    "glossary_objection": (
        ("id", "format", "digest", "position_id", "passage_start", "passage_end", "no_change_helps"),
        ("passage", "change_wanted"),
    ),
    "glossary_outcome": (("id", "format", "digest", "round_id", "result", "tally", "closed_at", "actor_key"), ()),
    "glossary_statement": (
        ("id", "format", "digest", "round_id", "computed", "made_at", "actor_key"),
        ("text",),
    ),
    "glossary_consensusentry": (
        ("id", "format", "digest", "term_id", "number", "kind", "wording_id", "round_id", "statement_id",
         "preferred_label", "carried_by", "asked", "change_class", "evidence", "valid_from", "review_on",
         "published_at", "actor_key", "submission_key"),
        ("change_reason",),
    ),
    "glossary_support": (
        ("id", "format", "digest", "entry_id", "organisation_id", "organisation_name", "number", "kind", "made_on",
         "made_at", "actor_key", "mandate_id", "submission_key"),
        ("evidence",),
    ),
    "glossary_dissent": (
        ("id", "format", "digest", "entry_id", "organisation_id", "organisation_name", "position_id", "support_id",
         "carried_from_id", "made_at", "actor_key"),
        ("reason", "passage", "alternative"),
    ),
}  # fmt: skip
# Rows that belong to an immutable row or to history and never change at all.
APPEND_ONLY = (
    "glossary_wording_parents",
    "glossary_definitionrevision",
    # Addresses are cited and never die.
    "glossary_termslug",
)
# Rows without a digest of their own that a redaction leaves empty.
SOURCE_KEPT = ("id", "wording_id", "position", "accessed_on", "relation")
EXPLANATION_KEPT = ("id", "term_id", "number", "language", "made_at", "author_key")
KEYS = {
    "glossary_term": "term",
    "glossary_wording": "wording",
    "glossary_definition": "definition",
    "glossary_round": "round",
}
DEFINITION_KEPT = (
    "id", "term_id", "origin", "organisation_id", "group_id", "mandate_id", "actor_key", "proposed_at",
    "submission_key",
)  # fmt: skip
# A round after announcing: only its end, its state and what the state brings may change.
ROUND_FROZEN = (
    "id", "term_id", "group_id", "kind", "definition_id", "wording_id", "question", "opens_at", "rules", "basis",
    "batch", "follows_id", "change_class", "change_reason", "announced_at", "announced_by_key", "created_at",
    "submission_key",
)  # fmt: skip
ROUND_OVER = (*ROUND_FROZEN, "state", "closes_at", "closed_at", "cancelled_at", "cancel_reason", "version")


def triggers(vendor: str) -> list[Trigger]:
    """All of them for one engine."""
    found: list[Trigger] = []
    for table, (kept, redacted) in IMMUTABLE.items():
        if table != "glossary_wording":
            found += immutable(vendor, table, kept=kept, redacted=redacted)
    found += _texts(vendor)
    for table in APPEND_ONLY:
        found += append_only(vendor, table)
    for table, kind in KEYS.items():
        found += registered_key(table, kind)
    for table in ("glossary_term", "glossary_definition"):
        found += never_deleted(vendor, table)
    found += never_deleted(vendor, "glossary_round", unless='OLD."announced_at" IS NOT NULL')
    found += never_replaced(vendor, UNIQUE)
    return [*found, *_wordings(vendor), *_rounds(vendor), *_answers(vendor), *_agreed(vendor)]


def _refusal(table: str, name: str, event: str, condition: str, message: str) -> Trigger:
    return Trigger(name=f"{table}_{name}", table=table, event=event, condition=condition, message=message)


def _texts(vendor: str) -> list[Trigger]:
    """What is read: a source may lose its content while the wording keeps its text, and then the wording its salt."""
    no_csl = sql.NO_CSL[vendor]
    kept, redacted = IMMUTABLE["glossary_wording"]
    unsalted = (
        f'NEW."salt" IS NULL AND NOT {changed(vendor, (*redacted, "redacted_at"))} AND {sql.SOURCE_REDACTED}'
    )
    return [
        *redactable(
            vendor,
            "glossary_wording",
            kept=kept,
            emptied=[f'NEW."{name}" IS NULL' for name in (*redacted, "salt")],
            or_else=unsalted,
        ),
        *redactable(vendor, "glossary_source", kept=SOURCE_KEPT, emptied=[no_csl, "NEW.\"passage\" = ''"]),
        *redactable(
            vendor,
            "glossary_explanation",
            kept=EXPLANATION_KEPT,
            emptied=[no_csl, "NEW.\"passage\" = ''", "NEW.\"text\" = ''", 'NEW."salt" IS NULL'],
        ),
    ]


def _wordings(vendor: str) -> list[Trigger]:
    late = "a wording takes no sources or parents after it was recorded"
    return [
        _refusal("glossary_source", "with_its_wording", "INSERT", sql.recorded("wording_id"), late),
        _refusal(
            "glossary_wording_parents", "with_its_wording", "INSERT", sql.recorded("from_wording_id"), late
        ),
        _refusal(
            "glossary_definition",
            "stays_while_asked",
            "UPDATE",
            sql.ASKED_DEFINITION_MOVES,
            "a round asks about this wording",
        ),
        _refusal(
            "glossary_definition",
            "origin_stays",
            "UPDATE",
            changed(vendor, DEFINITION_KEPT),
            "who brought a definition in, and for which term, never changes",
        ),
        *(
            _refusal(
                "glossary_definition",
                f"says_its_term_{event.lower()}",
                event,
                sql.WORDING_OF_ANOTHER_TERM,
                "a definition holds a wording of its own term",
            )
            for event in ("INSERT", "UPDATE")
        ),
        _refusal(
            "glossary_term",
            "language_stays",
            "UPDATE",
            changed(vendor, ("id", "language", "created_at")),
            "the language of a negotiation never changes",
        ),
    ]


def _rounds(vendor: str) -> list[Trigger]:
    table, seat = "glossary_round", "glossary_seat"
    frozen = f'OLD."announced_at" IS NOT NULL AND {changed(vendor, ROUND_FROZEN)}'
    over = f"OLD.\"state\" IN ('closed', 'cancelled') AND {changed(vendor, ROUND_OVER)}"
    fixed = "the seats of an announced round are fixed"
    return [
        _refusal(table, "frozen", "UPDATE", frozen, "announcing freezes a round"),
        _refusal(table, "over", "UPDATE", over, "a closed or cancelled round never changes"),
        _refusal(
            table, "begins_planned", "INSERT", "NEW.\"state\" <> 'planned'", "a round begins as planned"
        ),
        _refusal(
            table,
            "cancelled_with_reason",
            "UPDATE",
            'NEW."cancel_reason" <> OLD."cancel_reason" AND NEW."state" <> \'cancelled\'',
            "a reason for calling off comes with calling off",
        ),
        _refusal(table, "moves_forward", "UPDATE", sql.ROUND_MOVES, "a round does not take this step"),
        _refusal(
            table, "has_seats", "UPDATE", sql.ANNOUNCED_WITHOUT_SEATS, "a round is announced with seats"
        ),
        _refusal(seat, "fixed_insert", "INSERT", sql.seat_fixed("NEW"), fixed),
        _refusal(
            seat, "fixed_update", "UPDATE", f"{sql.seat_fixed('OLD')} OR {sql.seat_fixed('NEW')}", fixed
        ),
        _refusal(seat, "fixed_delete", "DELETE", sql.seat_fixed("OLD"), fixed),
        *never_truncated(vendor, seat),
    ]


def never_truncated(vendor: str, table: str) -> list[Trigger]:
    """TRUNCATE exists on PostgreSQL only."""
    return [trigger for trigger in never_deleted(vendor, table) if trigger.event == "TRUNCATE"]


def _answers(vendor: str) -> list[Trigger]:
    table = "glossary_position"
    return [
        _refusal(
            table,
            "in_time",
            "INSERT",
            sql.POSITION_OUT_OF_TIME,
            "answers are taken while the round is open, about its wording",
        ),
        _refusal(
            table, "next_number", "INSERT", sql.position_number(), "answers are numbered one after the other"
        ),
        _refusal(
            table,
            "has_a_mandate",
            "INSERT",
            sql.position_mandate(vendor),
            "nobody answers without a valid mandate",
        ),
        _refusal(
            "glossary_objection",
            "belongs_to_one",
            "INSERT",
            sql.OBJECTION_WITHOUT_POSITION,
            "an objection belongs to a position of that value",
        ),
        _refusal(
            "people_mandate",
            "never_backwards",
            "UPDATE",
            sql.mandate_backwards(vendor),
            "a mandate does not end before something done by it",
        ),
    ]


def _agreed(vendor: str) -> list[Trigger]:
    return [
        _refusal(
            "glossary_outcome",
            "of_a_closed_round",
            "INSERT",
            sql.round_not_closed(),
            "the round is not closed",
        ),
        _refusal(
            "glossary_statement",
            "after_the_outcome",
            "INSERT",
            sql.STATEMENT_WITHOUT_OUTCOME,
            "a statement follows the outcome",
        ),
        _refusal(
            "glossary_consensusentry",
            "next_number",
            "INSERT",
            sql.ENTRY_NUMBER,
            "entries are numbered one after the other",
        ),
        _refusal(
            "glossary_consensusentry",
            "in_order",
            "INSERT",
            sql.entry_days(vendor),
            "an entry is not valid before its publication or its predecessor",
        ),
        _refusal(
            "glossary_consensusentry",
            "from_its_round",
            "INSERT",
            sql.ENTRY_NOT_FROM_ROUND,
            "an agreed entry holds the wording its round agreed on",
        ),
    ]
