"""The conditions of the glossary's triggers in SQL. They compare columns, never the clock.

Local days: people live in Europe/Berlin, one or two hours ahead of UTC. SQLite knows no zones, so a day is compared with
both: never stricter than the action, and wrong by at most the one hour before midnight.
"""

# ruff: noqa: S608  everything put together here is a literal of ours


def earliest_day(vendor: str, moment: str) -> str:
    """The local day of a moment, were it winter."""
    return _day(vendor, moment, 1)


def latest_day(vendor: str, moment: str) -> str:
    """The local day of a moment, were it summer."""
    return _day(vendor, moment, 2)


def _day(vendor: str, moment: str, hours: int) -> str:
    if vendor == "sqlite":
        return f"date({moment}, '+{hours} hours')"
    return f"(({moment}) AT TIME ZONE 'UTC' + interval '{hours} hours')::date"


def recorded(column: str) -> str:
    """The wording is in the record: whatever belongs to it came before."""
    return (
        'EXISTS (SELECT 1 FROM "record_recordrow" r JOIN "glossary_wording" w ON r."object_key" = w."key" '
        f'WHERE w."id" = NEW."{column}" AND r."object_kind" = \'wording\' AND r."object_digest" <> \'\')'
    )


NO_CSL = {"sqlite": "NEW.\"csl\" = '{}'", "postgresql": "NEW.\"csl\"::text = '{}'"}
SOURCE_REDACTED = 'EXISTS (SELECT 1 FROM "glossary_source" s WHERE s."wording_id" = OLD."id" AND s."redacted_at" IS NOT NULL)'

ASKED_DEFINITION_MOVES = """(NEW."wording_id" <> OLD."wording_id" OR NEW."state" <> OLD."state") AND EXISTS (
  SELECT 1 FROM "glossary_round" r WHERE r."wording_id" = OLD."wording_id" AND r."state" = 'announced')"""

WORDING_OF_ANOTHER_TERM = """NOT EXISTS (
  SELECT 1 FROM "glossary_wording" w WHERE w."id" = NEW."wording_id" AND w."term_id" = NEW."term_id")"""

ROUND_MOVES = """(NEW."state" <> OLD."state" AND NOT (
    (OLD."state" = 'planned' AND NEW."state" IN ('announced', 'cancelled'))
    OR (OLD."state" = 'announced' AND NEW."state" = 'closed' AND NEW."closed_at" >= NEW."closes_at")
    OR (OLD."state" = 'announced' AND NEW."state" = 'cancelled' AND NEW."cancelled_at" < NEW."closes_at")))
  OR (OLD."state" = 'announced' AND NEW."closes_at" <> OLD."closes_at" AND NEW."state" <> 'announced')"""

ANNOUNCED_WITHOUT_SEATS = """OLD."state" = 'planned' AND NEW."state" = 'announced'
  AND NOT EXISTS (SELECT 1 FROM "glossary_seat" s WHERE s."round_id" = NEW."id")"""


def seat_fixed(row: str) -> str:
    """The seat's round is not being prepared any more."""
    return f'EXISTS (SELECT 1 FROM "glossary_round" r WHERE r."id" = {row}."round_id" AND r."state" <> \'planned\')'


POSITION_OUT_OF_TIME = """NOT EXISTS (
  SELECT 1 FROM "glossary_seat" s JOIN "glossary_round" r ON r."id" = s."round_id"
  WHERE s."id" = NEW."seat_id" AND r."state" = 'announced' AND r."wording_id" = NEW."wording_id"
  AND r."opens_at" <= NEW."taken_at" AND NEW."taken_at" < r."closes_at")"""


def position_number() -> str:
    """Not the next number of its seat."""
    return (
        'NEW."number" <> (SELECT COALESCE(MAX(p."number"), 0) + 1 FROM "glossary_position" p '
        'WHERE p."seat_id" = NEW."seat_id")'
    )


def position_mandate(vendor: str) -> str:
    """No mandate of this person to speak for the seat's organisation in the round's group on that day."""
    return f"""NOT EXISTS (
  SELECT 1 FROM "people_mandate" m JOIN "people_user" u ON u."id" = m."user_id"
  JOIN "glossary_seat" s ON s."organisation_id" = m."organisation_id"
  JOIN "glossary_round" r ON r."id" = s."round_id"
  WHERE m."id" = NEW."mandate_id" AND s."id" = NEW."seat_id" AND u."key" = NEW."actor_key"
  AND m."role" = NEW."role" AND m."role" IN ('speaker', 'deputy')
  AND (m."group_id" IS NULL OR m."group_id" = r."group_id")
  AND m."valid_from" <= {latest_day(vendor, 'NEW."taken_at"')}
  AND (m."valid_until" IS NULL OR m."valid_until" >= {earliest_day(vendor, 'NEW."taken_at"')}))"""


OBJECTION_WITHOUT_POSITION = """NOT EXISTS (
  SELECT 1 FROM "glossary_position" p WHERE p."id" = NEW."position_id" AND p."value" = 'objection')"""


def mandate_backwards(vendor: str) -> str:
    """The new end lies before something done by this mandate."""
    return f"""NEW."valid_until" IS NOT NULL AND (EXISTS (
  SELECT 1 FROM "glossary_position" p WHERE p."mandate_id" = OLD."id"
  AND {earliest_day(vendor, 'p."taken_at"')} > NEW."valid_until") OR EXISTS (
  SELECT 1 FROM "glossary_support" p WHERE p."mandate_id" = OLD."id"
  AND {earliest_day(vendor, 'p."made_at"')} > NEW."valid_until"))"""


def round_not_closed() -> str:
    """The outcome's round is not closed, or at another time."""
    return (
        'NOT EXISTS (SELECT 1 FROM "glossary_round" r WHERE r."id" = NEW."round_id" '
        'AND r."state" = \'closed\' AND r."closed_at" = NEW."closed_at")'
    )


STATEMENT_WITHOUT_OUTCOME = (
    'NOT EXISTS (SELECT 1 FROM "glossary_outcome" o WHERE o."round_id" = NEW."round_id" '
    'AND o."closed_at" <= NEW."made_at")'
)

ENTRY_NUMBER = (
    'NEW."number" <> (SELECT COALESCE(MAX(e."number"), 0) + 1 FROM "glossary_consensusentry" e '
    'WHERE e."term_id" = NEW."term_id")'
)


def entry_days(vendor: str) -> str:
    """Valid before it was published, or before its predecessor."""
    published = earliest_day(vendor, 'NEW."published_at"')
    return (
        f'NEW."valid_from" < {published} OR EXISTS ('
        'SELECT 1 FROM "glossary_consensusentry" e WHERE e."term_id" = NEW."term_id" '
        'AND e."valid_from" > NEW."valid_from")'
    )


ENTRY_NOT_FROM_ROUND = """NEW."kind" = 'agreed' AND NOT EXISTS (
  SELECT 1 FROM "glossary_round" r JOIN "glossary_outcome" o ON o."round_id" = r."id"
  JOIN "glossary_statement" s ON s."round_id" = r."id"
  WHERE r."id" = NEW."round_id" AND s."id" = NEW."statement_id" AND r."state" = 'closed' AND r."kind" = 'consent'
  AND r."term_id" = NEW."term_id" AND r."wording_id" = NEW."wording_id"
  AND o."result" IN ('carried', 'carried_with_dissent'))"""
