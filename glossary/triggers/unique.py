"""What is unique in the tables of the glossary whose rows never go."""

from record.triggers.replacing import Unique, each

# Tables whose rows never go, with the columns that are unique in them, the primary key first: on SQLite a row in the way
# would be replaced. A test compares these with the models.
UNIQUE: dict[str, tuple[Unique, ...]] = {
    "glossary_term": each("id", "key", "slug"),
    "glossary_termslug": each("id", "slug"),
    "glossary_wording": each("id", "digest", "key"),
    "glossary_wording_parents": (*each("id"), Unique(("from_wording_id", "to_wording_id"))),
    "glossary_source": (*each("id"), Unique(("wording_id", "position"))),
    "glossary_explanation": (*each("id"), Unique(("term_id", "language", "number"))),
    "glossary_definition": (
        *each("id", "key", "submission_key"),
        Unique(("term_id",), where="$\"origin\" = 'joint_draft' AND $\"state\" = 'proposed'"),
    ),
    "glossary_definitionrevision": (*each("id"), Unique(("definition_id", "number"))),
    "glossary_round": (
        *each("id", "key", "follows_id", "submission_key"),
        Unique(("term_id",), where="$\"kind\" = 'consent' AND $\"state\" = 'announced'"),
    ),
    "glossary_seat": (*each("id"), Unique(("round_id", "organisation_id"))),
    "glossary_position": (*each("id", "digest", "submission_key"), Unique(("seat_id", "number"))),
    "glossary_objection": each("id", "digest", "position_id"),
    "glossary_outcome": each("id", "digest", "round_id"),
    "glossary_statement": each("id", "digest", "round_id"),
    "glossary_consensusentry": (
        *each("id", "digest", "round_id", "submission_key"),
        Unique(("term_id", "number")),
    ),
    "glossary_support": (
        *each("id", "digest", "submission_key"),
        Unique(("entry_id", "organisation_id", "number")),
    ),
    "glossary_dissent": (
        *each("id", "digest", "support_id"),
        Unique(("entry_id", "organisation_id", "made_at")),
    ),
}
