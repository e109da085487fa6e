"""What goes past a refused DELETE on SQLite: `INSERT OR REPLACE` and `UPDATE OR REPLACE` remove the row in the way.

They fire no delete trigger (only with `PRAGMA recursive_triggers`, which whoever opens the file decides). So the row that
would be in the way is looked for before. PostgreSQL has no such statement: there `ON CONFLICT DO UPDATE` is an UPDATE.
Source: https://www.sqlite.org/lang_conflict.html, "REPLACE".
"""

# ruff: noqa: S608  everything put together here is a literal of ours
from collections.abc import Mapping
from dataclasses import dataclass

from record.triggers import Trigger


@dataclass(frozen=True, slots=True)
class Unique:
    """Columns that are unique together, in all rows or where something holds ($ stands for the row)."""

    columns: tuple[str, ...]
    where: str = ""
    ignoring_case: bool = False

    def taken(self, table: str) -> str:
        """Another row holds what the new one brings."""
        collation = " COLLATE NOCASE" if self.ignoring_case else ""
        same = [f'o."{name}" = NEW."{name}"{collation}' for name in self.columns]
        if self.where:
            same += [self.where.replace("$", "o."), self.where.replace("$", "NEW.")]
        return f'EXISTS (SELECT 1 FROM "{table}" o WHERE {" AND ".join(same)}%s)'


def each(*columns: str) -> tuple[Unique, ...]:
    """Columns each of which is unique by itself."""
    return tuple(Unique((name,)) for name in columns)


def never_replaced(vendor: str, uniques: Mapping[str, tuple[Unique, ...]]) -> list[Trigger]:
    """Neither an inserted nor a changed row takes the place of one that is there. Tables with their unique columns."""
    if vendor != "sqlite":
        return []
    found = []
    for table, sets in uniques.items():
        taken = " OR ".join(one.taken(table) for one in sets)
        key = sets[0].columns[0]
        for event, but in (("INSERT", ""), ("UPDATE", f' AND o."{key}" <> OLD."{key}"')):
            found.append(
                Trigger(
                    name=f"{table}_never_replaced_by_{event.lower()}",
                    table=table,
                    event=event,
                    condition=taken.replace("%s", but),
                    message=f"rows of {table} are never replaced",
                )
            )
    return found
