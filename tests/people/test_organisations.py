"""Organisations and working groups: acts and public pages."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.actions.groups import add_member, change_group, create_group, end_membership, name_facilitator
from people.actions.organisations import change_organisation, create_organisation, end_organisation
from people.models import GroupMembership, Mandate, OrganisationSlug
from record.errors import Invalid, NotAllowed
from record.models import RecordRow

NEW = {
    "name": "Volkshochschule Süd",
    "short_name": "VHS Süd",
    "kind": "provider",
    "mailbox": "a@demo.example",
}


def test_address_is_made_of_the_short_name(cast):
    assert create_organisation(by=cast.dora, **NEW).slug == "vhs-sued"


def test_same_name_twice_is_refused_at_its_field(cast):
    create_organisation(by=cast.dora, **NEW)

    with pytest.raises(Invalid) as refusal:
        create_organisation(by=cast.dora, **NEW)

    assert refusal.value.field == "name"


@pytest.mark.parametrize("name", ["alice", "bob", "gesa", "charlie"])
def test_only_editors_create_organisations_and_groups(cast, name):
    with pytest.raises(NotAllowed):
        create_organisation(by=getattr(cast, name), **NEW)
    with pytest.raises(NotAllowed):
        create_group(by=getattr(cast, name), name="Neue")


def test_old_addresses_lead_to_the_new_one(cast, client):
    organisation = create_organisation(by=cast.dora, **NEW)
    change_organisation(organisation=organisation, by=cast.dora, slug="vhs-suedkreis")

    answer = client.get("/organisationen/vhs-sued/")

    assert answer.status_code == 301
    assert answer["Cache-Control"] == "no-cache"
    assert answer["Location"] == "/organisationen/vhs-suedkreis/"


def test_address_once_used_stays_with_its_organisation(cast):
    organisation = create_organisation(by=cast.dora, **NEW)
    change_organisation(organisation=organisation, by=cast.dora, slug="vhs-suedkreis")

    with pytest.raises(Invalid):
        create_organisation(by=cast.dora, **{**NEW, "name": "Andere", "slug": "vhs-sued"})

    assert OrganisationSlug.objects.filter(organisation=organisation).count() == 2


def test_nothing_changed_is_not_recorded(cast):
    rows = RecordRow.objects.count()

    change_organisation(organisation=cast.district, by=cast.dora, name=cast.district.name)

    assert RecordRow.objects.count() == rows


def test_organisation_ends_once_and_not_backwards(cast):
    with pytest.raises(Invalid):
        end_organisation(organisation=cast.district, by=cast.dora, ended_on=cast.today - timedelta(days=1))
    end_organisation(organisation=cast.district, by=cast.dora, ended_on=cast.today)
    with pytest.raises(Invalid):
        end_organisation(organisation=cast.district, by=cast.dora, ended_on=cast.today)


def test_member_joins_once_at_a_time(cast):
    with pytest.raises(Invalid):
        add_member(group=cast.group, organisation=cast.district, by=cast.alice)


def test_member_may_come_back(cast):
    membership = GroupMembership.objects.get()
    end_membership(membership=membership, by=cast.alice)

    again = add_member(
        group=cast.group, organisation=cast.district, by=cast.alice, valid_from=cast.today + timedelta(days=1)
    )

    assert again.pk


def test_facilitator_describes_the_own_group_and_names_no_facilitators(cast):
    change_group(group=cast.group, by=cast.alice, commission_text="Begriffe klären")

    with pytest.raises(NotAllowed):
        name_facilitator(group=cast.group, user=cast.bob, by=cast.alice)


def test_public_sees_roles_without_names(cast, client):
    html = client.get("/organisationen/landkreis/").content.decode()

    assert "Stellvertretung" in html or "Deputy" in html
    assert "Hanna" not in html


@pytest.mark.parametrize(
    ("name", "sees"), [("fatma", True), ("alice", True), ("gesa", True), ("charlie", False)]
)
def test_members_see_names(cast, client, name, sees):
    client.force_login(getattr(cast, name))

    organisation = client.get("/organisationen/landkreis/").content.decode()
    group = client.get("/arbeitsgruppen/ag-begriffe/").content.decode()

    assert ("Hanna Beispiel" in organisation) is sees
    assert ("Alice Beispiel" in group) is sees


def test_missing_evidence_is_said(cast, client):
    html = client.get("/en/organisationen/landkreis/").content.decode()

    assert "without evidence" in html


def test_missing_commission_is_said(cast, client):
    before = client.get("/en/arbeitsgruppen/ag-begriffe/").content.decode()
    change_group(group=cast.group, by=cast.dora, commission_text="Begriffe klären")
    after = client.get("/en/arbeitsgruppen/ag-begriffe/").content.decode()

    assert "Being clarified" in before
    assert "Being clarified" not in after
    assert "Begriffe klären" in after


@pytest.mark.parametrize(
    "path", ["/organisationen/", "/organisationen/landkreis/", "/arbeitsgruppen/ag-begriffe/"]
)
def test_pages_cost_the_same_for_few_and_many(cast, client, path, make_organisation):
    path += "?fresh=1"  # unknown parameters are not answered from the page cache
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for number in range(20):
        other = make_organisation(f"ort-{number}")
        GroupMembership.objects.create(group=cast.group, organisation=other, valid_from=cast.today)
        Mandate.objects.create(
            organisation=cast.district, user=cast.charlie, role="observer", valid_from=cast.today
        )
    client.get(path)  # the navigation is made anew after a change

    with CaptureQueriesContext(connection) as many:
        client.get(path)

    assert len(many) == len(few)
    assert len(many) <= 12


@pytest.mark.parametrize("path", ["/organisationen/gibt-es-nicht/", "/arbeitsgruppen/gibt-es-nicht/"])
def test_unknown_addresses_are_404(cast, client, path):
    assert client.get(path).status_code == 404
