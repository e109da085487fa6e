"""What the record's own tables refuse; the same on both engines."""

# ruff: noqa: S608  everything put together here is a literal of ours
from record.triggers import Trigger
from record.triggers.common import append_only, never_deleted
from record.triggers.replacing import Unique, each, never_replaced

ROW, HEAD, KEY, RESTORE = "record_recordrow", "record_recordhead", "record_key", "record_restore"

# The tables with the columns that are unique in them, the primary key first.
UNIQUE: dict[str, tuple[Unique, ...]] = {
    ROW: (*each("seq", "prev", "hash"), Unique(("object_digest",), where="$\"object_digest\" <> ''")),
    HEAD: each("id"),
    KEY: each("value"),
}


def triggers(vendor: str) -> list[Trigger]:
    """The chain grows at its end by one, the head follows it, keys stay."""
    return [
        *append_only(vendor, ROW),
        *append_only(vendor, KEY),
        *never_deleted(vendor, HEAD),
        *never_replaced(vendor, UNIQUE),
        Trigger(
            name="record_recordrow_continues_the_chain",
            table=ROW,
            event="INSERT",
            condition=(
                f'NOT EXISTS (SELECT 1 FROM "{HEAD}" WHERE "seq" + 1 = NEW."seq" AND "hash" = NEW."prev")'
            ),
            message="a record row continues the chain at its head",
        ),
        Trigger(
            name="record_recordrow_waits_after_a_restore",
            table=ROW,
            event="INSERT",
            condition=f'NEW."act" <> \'record_restored\' AND EXISTS (SELECT 1 FROM "{RESTORE}")',
            message="a restored record is confirmed before it goes on",
        ),
        Trigger(
            name="record_recordhead_moves_by_one",
            table=HEAD,
            event="UPDATE",
            condition=(
                'NEW."id" <> OLD."id" OR NEW."seq" <> OLD."seq" + 1 OR NOT EXISTS '
                f'(SELECT 1 FROM "{ROW}" WHERE "seq" = NEW."seq" AND "hash" = NEW."hash")'
            ),
            message="the head moves forward by one row of the record",
        ),
    ]
