"""Demo organisations, working group, accounts and mandates."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from home.demo.reading import as_day, read
from people.actions.accounts import set_roles
from people.actions.groups import add_member, create_group, name_facilitator
from people.actions.mandates import give_mandate
from people.actions.organisations import create_organisation
from people.models import Organisation, User, WorkingGroup

DEMO_PASSWORD = "wortlaut-demo"  # noqa: S105  printed by `make run`, never in production
ORGANISATION_FIELDS = ("name", "short_name", "kind", "slug", "mailbox", "website", "description")


@dataclass(slots=True)
class Cast:
    """Everybody by the key the demo files use."""

    users: dict[str, User] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    groups: dict[str, WorkingGroup] = field(default_factory=dict)


def load_people(today: date) -> Cast:
    """Make accounts, organisations, the group with its members, and the mandates."""
    data = read("organisations")
    cast = Cast()
    for row in data["person"]:
        cast.users[row["key"]] = _account(row)
    admin = cast.users["admin"]
    for row in data["person"]:
        roles = row["site_roles"]
        if roles and "admin" not in roles:
            set_roles(
                user=cast.users[row["key"]],
                by=admin,
                editor="editor" in roles,
                moderator="moderator" in roles,
                administrator=False,
            )
    for row in data["organisation"]:
        fields = {name: row[name] for name in ORGANISATION_FIELDS}
        cast.organisations[row["key"]] = create_organisation(
            by=admin, official_key=row.get("official_key", ""), **fields
        )
    _groups(data, cast, admin, today)
    _mandates(data, cast, admin, today)
    return cast


def _account(row: dict[str, Any]) -> User:
    make = User.objects.create_superuser if "admin" in row["site_roles"] else User.objects.create_user
    return make(row["email"], DEMO_PASSWORD, first_name=row["name"], display_name=row["display_name"])


def _groups(data: dict[str, Any], cast: Cast, admin: User, today: date) -> None:
    for row in data["group"]:
        group = create_group(
            by=admin,
            name=row["name"],
            slug=row["slug"],
            commission_text=row["commission"].strip(),
            commission_date=row["commission_date"],
            commission_evidence=row["evidence_title"],
        )
        cast.groups[row["key"]] = group
        for person in row["facilitators"]:
            name_facilitator(
                group=group, user=cast.users[person], by=admin, valid_from=row["commission_date"]
            )
    for row in data["membership"]:
        add_member(
            group=cast.groups[row["group"]],
            organisation=cast.organisations[row["organisation"]],
            by=admin,
            valid_from=as_day(row["since"], today),
        )


def _mandates(data: dict[str, Any], cast: Cast, admin: User, today: date) -> None:
    for row in data["mandate"]:
        evidence_date = row.get("evidence_date")
        give_mandate(
            organisation=cast.organisations[row["organisation"]],
            group=cast.groups[row["group"]] if row["group"] else None,
            user=cast.users[row["person"]],
            role=row["role"],
            valid_from=as_day(row["since"], today),
            evidence_title=row.get("evidence_title", ""),
            evidence_date=as_day(evidence_date, today) if evidence_date else None,
            by=admin,
        )
