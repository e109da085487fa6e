"""The fixed cast: the same people and organisations in every test."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser, Group
from django.utils import timezone

from people.models import (
    Facilitation,
    GroupMembership,
    Mandate,
    Organisation,
    OrganisationSlug,
    User,
    WorkingGroup,
)
from people.roles import EDITORS, MODERATORS
from record.keys import issue_key

PASSWORD = "wortlaut-demo"


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is who. `town` is bob's organisation, `district` kaya's, `youth` mio's; `outside` belongs to no group."""

    alice: User  # facilitates the working group
    bob: User  # speaks for the town
    hanna: User  # is the town's deputy
    erik: User  # drafts for the town
    fatma: User  # observes for the town
    kaya: User  # speaks for the district
    mio: User  # speaks for the youth network
    dora: User  # edits
    gesa: User  # moderates comments
    charlie: User  # has an account and no mandate
    admin: User  # runs the installation
    ada: AnonymousUser  # reads
    town: Organisation
    district: Organisation
    youth: Organisation
    outside: Organisation
    group: WorkingGroup

    def speaker_of(self, organisation: Organisation) -> User:
        """Who answers for a member organisation."""
        return {self.town.pk: self.bob, self.district.pk: self.kaya, self.youth.pk: self.mio}[organisation.pk]

    def everybody(self) -> dict[str, User | AnonymousUser]:
        """Name → person, for truth tables."""
        names = ("alice", "bob", "hanna", "erik", "fatma", "kaya", "dora", "gesa", "charlie", "admin", "ada")
        return {name: getattr(self, name) for name in names}


def make_user(name: str, **fields: Any) -> User:
    """An account with a password."""
    values = {
        "first_name": name.capitalize(),
        "last_name": "Beispiel",
        "display_name": name.capitalize(),
        **fields,
    }
    return User.objects.create_user(f"{name}@demo.example", PASSWORD, **values)


def make_organisation(name: str, **fields: Any) -> Organisation:
    """An organisation with its address and mailbox."""
    slug = name.lower().replace(" ", "-").replace("ü", "ue")
    values = {
        "short_name": name, "slug": slug, "kind": "municipality", "mailbox": f"{slug}@demo.example", **fields,
    }  # fmt: skip
    organisation = Organisation.objects.create(key=issue_key(kind="organisation"), name=name, **values)
    OrganisationSlug.objects.create(organisation=organisation, slug=organisation.slug)
    return organisation


def make_group(name: str = "Arbeitsgruppe Begriffe", **fields: Any) -> WorkingGroup:
    """A working group with a commission."""
    values = {
        "slug": name.lower().replace(" ", "-"),
        "commission_text": "Klärt, was wir meinen.",
        "commission_date": date(2023, 3, 14),
        "commission_evidence": "Vorlage 2023/017",
        **fields,
    }
    return WorkingGroup.objects.create(key=issue_key(kind="group"), name=name, **values)


def join(group: WorkingGroup, organisation: Organisation, *, since: date | None = None) -> GroupMembership:
    """The organisation is a member."""
    return GroupMembership.objects.create(
        group=group, organisation=organisation, valid_from=since or long_ago()
    )


def give(
    user: User, organisation: Organisation, role: str, group: WorkingGroup | None, **fields: Any
) -> Mandate:
    """A mandate, valid for a long time already unless `valid_from` says otherwise."""
    values = {"valid_from": long_ago(), **fields}
    return Mandate.objects.create(user=user, organisation=organisation, role=role, group=group, **values)


def long_ago() -> date:
    """Before anything in a test happens."""
    return timezone.localdate() - timedelta(days=900)


def make_cast() -> Cast:
    """Everybody, with roles and mandates."""
    names = (
        "alice", "bob", "hanna", "erik", "fatma", "kaya", "mio", "dora", "gesa", "charlie",
    )  # fmt: skip
    people = {name: make_user(name) for name in names}
    group = make_group()
    town = make_organisation("Stadt Musterstadt")
    district = make_organisation("Landkreis Beispiel", kind="district")
    youth = make_organisation("Netzwerk Jugendhilfe Muster", kind="network")
    outside = make_organisation("Verein Außerhalb", slug="verein-ausserhalb", kind="association")
    for organisation in (town, district, youth):
        join(group, organisation)
    Facilitation.objects.create(group=group, user=people["alice"], valid_from=long_ago())
    for name, role in (("bob", "speaker"), ("hanna", "deputy"), ("erik", "drafter"), ("fatma", "observer")):
        give(people[name], town, role, group)
    give(people["kaya"], district, "speaker", None)
    give(people["mio"], youth, "speaker", group)
    people["dora"].groups.add(Group.objects.get(name=EDITORS))
    people["gesa"].groups.add(Group.objects.get(name=MODERATORS))
    return Cast(
        **people,
        admin=User.objects.create_superuser("admin@demo.example", PASSWORD),
        ada=AnonymousUser(),
        town=town,
        district=district,
        youth=youth,
        outside=outside,
        group=group,
    )
