"""Refusals every app needs, for both engines. Column lists stay literal where they are used."""

# ruff: noqa: S608  everything put together here is a literal of ours
from collections.abc import Iterable, Sequence

from record.triggers import Trigger

ALWAYS = {"sqlite": "1", "postgresql": "TRUE"}
DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}


def changed(vendor: str, columns: Iterable[str]) -> str:
    """True in SQL when one of the columns changes."""
    return "(" + " OR ".join(f'NEW."{name}" {DIFFERS[vendor]} OLD."{name}"' for name in columns) + ")"


def never_deleted(vendor: str, table: str, *, unless: str = "") -> list[Trigger]:
    """No DELETE (and on PostgreSQL no TRUNCATE) on this table."""
    found = [
        Trigger(
            name=f"{table}_never_deleted",
            table=table,
            event="DELETE",
            condition=unless or ALWAYS[vendor],
            message=f"rows of {table} are never deleted",
        )
    ]
    if vendor == "postgresql":
        found.append(
            Trigger(
                name=f"{table}_never_truncated",
                table=table,
                event="TRUNCATE",
                condition="TRUE",
                message=f"rows of {table} are never deleted",
            )
        )
    return found


def append_only(vendor: str, table: str) -> list[Trigger]:
    """Neither UPDATE nor DELETE."""
    return [
        Trigger(
            name=f"{table}_never_changed",
            table=table,
            event="UPDATE",
            condition=ALWAYS[vendor],
            message=f"rows of {table} never change",
        ),
        *never_deleted(vendor, table),
    ]


def immutable(vendor: str, table: str, *, kept: Sequence[str], redacted: Sequence[str]) -> list[Trigger]:
    """No DELETE; no UPDATE but one: redaction, which empties the redacted columns and the salt and sets its time."""
    return redactable(
        vendor, table, kept=kept, emptied=[f'NEW."{name}" IS NULL' for name in (*redacted, "salt")]
    )


def redactable(
    vendor: str, table: str, *, kept: Sequence[str], emptied: Sequence[str], or_else: str = ""
) -> list[Trigger]:
    """The same; `emptied` says in SQL what a redaction leaves, `or_else` admits a change that comes with another row's."""
    redaction = f'OLD."redacted_at" IS NULL AND NEW."redacted_at" IS NOT NULL AND {" AND ".join(emptied)}'
    if or_else:
        redaction = f"({redaction}) OR ({or_else})"
    return [
        Trigger(
            name=f"{table}_never_changed",
            table=table,
            event="UPDATE",
            condition=f"{changed(vendor, kept)} OR NOT ({redaction})",
            message=f"rows of {table} never change",
        ),
        *never_deleted(vendor, table),
    ]


def registered_key(table: str, kind: str) -> list[Trigger]:
    """A public key is in the register under the right kind, and never changes."""
    return [
        Trigger(
            name=f"{table}_key_registered",
            table=table,
            event="INSERT",
            condition=(
                f'NOT EXISTS (SELECT 1 FROM "record_key" WHERE "value" = NEW."key" AND "kind" = \'{kind}\')'
            ),
            message=f"the key of a row in {table} is not registered as {kind}",
        ),
        Trigger(
            name=f"{table}_key_never_changes",
            table=table,
            event="UPDATE",
            condition='NEW."key" <> OLD."key"',
            message=f"the key of a row in {table} never changes",
        ),
    ]
