"""The cast of the house, made by hand: these tests must not depend on the glossary."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from people.models import Facilitation, GroupMembership, Mandate, Organisation, User, WorkingGroup
from record.keys import issue_key

PASSWORD = "wortlaut-demo"


@pytest.fixture
def make_user(db: None) -> Callable[..., User]:
    def make(name: str, **fields: object) -> User:
        names = {"first_name": name.capitalize(), "last_name": "Beispiel"}
        return User.objects.create_user(f"{name}@demo.example", PASSWORD, **{**names, **fields})

    return make


@pytest.fixture
def make_organisation(db: None) -> Callable[..., Organisation]:
    def make(slug: str, **fields: object) -> Organisation:
        values = {
            "name": slug.title(),
            "short_name": slug,
            "kind": "district",
            "mailbox": f"{slug}@demo.example",
        }
        return Organisation.objects.create(
            key=issue_key(kind="organisation"), slug=slug, **{**values, **fields}
        )

    return make


@pytest.fixture
def cast(make_user: Callable[..., User], make_organisation: Callable[..., Organisation]) -> SimpleNamespace:
    """alice facilitates, bob speaks, hanna is deputy, erik drafts, fatma observes, dora edits, gesa moderates."""
    today = timezone.localdate()
    start = today - timedelta(days=30)
    people = {
        name: make_user(name)
        for name in ("alice", "bob", "hanna", "erik", "fatma", "dora", "gesa", "charlie")
    }
    people["admin"] = User.objects.create_superuser("admin@demo.example", PASSWORD)
    people["dora"].groups.add(Group.objects.get(name="Editors"))
    people["gesa"].groups.add(Group.objects.get(name="Moderators"))
    group = WorkingGroup.objects.create(key=issue_key(kind="group"), name="AG Begriffe", slug="ag-begriffe")
    district = make_organisation("landkreis")
    GroupMembership.objects.create(group=group, organisation=district, valid_from=start)
    Facilitation.objects.create(group=group, user=people["alice"], valid_from=start)
    for name, role in (("bob", "speaker"), ("hanna", "deputy"), ("erik", "drafter"), ("fatma", "observer")):
        Mandate.objects.create(
            organisation=district, group=group, user=people[name], role=role, valid_from=start
        )
    return SimpleNamespace(**people, group=group, district=district, today=today)
