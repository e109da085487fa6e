"""What the tables of people refuse to everybody."""

from record.triggers import Trigger
from record.triggers.common import append_only, changed, never_deleted, registered_key
from record.triggers.replacing import Unique, each, never_replaced

MANDATE, SLUG = "people_mandate", "people_organisationslug"
# Never edited: only the end moves, and only forward in time towards now, that is: to an earlier day.
MANDATE_KEPT = (
    "id", "organisation_id", "group_id", "user_id", "role", "valid_from", "evidence_title", "evidence_date",
    "evidence_url",
)  # fmt: skip
KEYS = {
    "people_user": "user",
    "people_organisation": "organisation",
    "people_workinggroup": "group",
    MANDATE: "mandate",
    "people_mandateproposal": "mandate_proposal",
    "people_invitation": "invitation",
}
KEPT = ("people_user", "people_organisation", "people_workinggroup", MANDATE)

# Tables whose rows never go, with the columns that are unique in them, the primary key first.
UNIQUE: dict[str, tuple[Unique, ...]] = {
    "people_user": (*each("id", "key"), Unique(("email",), ignoring_case=True)),
    "people_organisation": each("id", "key", "name", "slug"),
    SLUG: each("id", "slug"),
    "people_workinggroup": each("id", "key", "name", "slug"),
    MANDATE: each("id", "key"),
}


def triggers(vendor: str) -> list[Trigger]:
    """Keys are registered; nobody and nothing is deleted, addresses stay; mandates are ended, not edited; one speaker at a time."""
    found = [trigger for table, kind in KEYS.items() for trigger in registered_key(table, kind)]
    for table in KEPT:
        found += never_deleted(vendor, table)
    found += append_only(vendor, SLUG)
    found += never_replaced(vendor, UNIQUE)
    found += [
        Trigger(
            name="people_mandate_never_edited",
            table=MANDATE,
            event="UPDATE",
            condition=f"{changed(vendor, MANDATE_KEPT)} OR NOT ({_ends_sooner(vendor)})",
            message="a mandate is ended and replaced, never edited",
        ),
        Trigger(
            name="people_mandate_one_speaker",
            table=MANDATE,
            event="INSERT",
            condition=ANOTHER_SPEAKER,
            message="an organisation has one speaker in a group at a time",
        ),
    ]
    return found


def _ends_sooner(vendor: str) -> str:
    same = {"sqlite": "IS", "postgresql": "IS NOT DISTINCT FROM"}[vendor]
    return (
        f'NEW."valid_until" {same} OLD."valid_until" OR (NEW."valid_until" IS NOT NULL '
        'AND (OLD."valid_until" IS NULL OR NEW."valid_until" < OLD."valid_until"))'
    )


# A mandate for all groups counts in each of them.
ANOTHER_SPEAKER = """NEW."role" = 'speaker' AND EXISTS (
  SELECT 1 FROM "people_mandate" m WHERE m."role" = 'speaker' AND m."organisation_id" = NEW."organisation_id"
  AND (m."group_id" IS NULL OR NEW."group_id" IS NULL OR m."group_id" = NEW."group_id")
  AND (m."valid_until" IS NULL OR m."valid_until" >= NEW."valid_from")
  AND (NEW."valid_until" IS NULL OR NEW."valid_until" >= m."valid_from"))"""
