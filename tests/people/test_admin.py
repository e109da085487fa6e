"""The admin: who gets in where, and that every change goes through an action."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import Facilitation, GroupMembership, Invitation, Mandate, Organisation, User
from record.models import RecordRow

VIEWSETS = ["organisations", "working_groups", "memberships", "facilitations", "mandates", "invitations"]


@pytest.fixture
def as_user(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def acts():
    return list(RecordRow.objects.order_by("seq").values_list("act", flat=True))


@pytest.mark.parametrize("viewset", VIEWSETS)
@pytest.mark.parametrize("route", ["index", "add"])
def test_editors_open_every_list_and_form(cast, as_user, viewset, route):
    assert as_user(cast.dora).get(reverse(f"{viewset}:{route}")).status_code == 200


@pytest.mark.parametrize("viewset", VIEWSETS)
@pytest.mark.parametrize("route", ["index", "add"])
@pytest.mark.parametrize("name", ["alice", "bob", "gesa", "charlie"])
def test_nobody_else_opens_them(cast, as_user, viewset, route, name):
    answer = as_user(getattr(cast, name)).get(reverse(f"{viewset}:{route}"))

    assert answer.status_code in {302, 403}


@pytest.mark.parametrize("viewset", VIEWSETS)
def test_search_with_a_quotation_mark_is_answered(cast, as_user, viewset):
    assert as_user(cast.dora).get(reverse(f"{viewset}:index"), {"q": '"'}).status_code == 200


@pytest.mark.parametrize("viewset", [*VIEWSETS, "wagtailusers_users", "wagtailusers_groups"])
@pytest.mark.parametrize("side_door", ["delete", "copy", "usage", "history"])
def test_side_doors_are_not_routed(cast, as_user, viewset, side_door):
    base = reverse(f"{viewset}:index")

    assert as_user(cast.admin).get(f"{base}{side_door}/1/").status_code == 404


@pytest.mark.parametrize("action", ["delete", "assign_role", "set_active_state"])
def test_bulk_actions_on_accounts_do_not_exist(cast, as_user, action):
    answer = as_user(cast.admin).post(f"/admin/bulk/people/user/{action}/?id={cast.bob.pk}")

    assert answer.status_code == 404
    assert User.objects.filter(pk=cast.bob.pk, is_active=True).exists()


def test_nobody_is_created_or_edited_in_the_list_of_users(cast, as_user):
    client = as_user(cast.admin)

    assert client.get("/admin/users/").status_code == 200
    assert client.get("/admin/users/new/").status_code == 404
    assert client.get(f"/admin/users/edit/{cast.bob.pk}/").status_code == 404


def test_organisation_is_created_by_the_action(cast, as_user):
    as_user(cast.dora).post(
        reverse("organisations:add"),
        {"name": "VHS Süd", "short_name": "VHS Süd", "kind": "provider", "mailbox": "vhs@demo.example"},
    )

    assert Organisation.objects.get(name="VHS Süd").slug == "vhs-sued"
    assert acts()[-1] == "organisation_created"


def test_refusal_stands_on_the_form(cast, as_user):
    answer = as_user(cast.dora).post(
        reverse("mandates:add"),
        {
            "organisation": cast.district.pk, "group": cast.group.pk, "user": cast.charlie.pk,
            "role": "speaker", "valid_from": cast.today.isoformat(),
        },
    )  # fmt: skip

    assert answer.status_code == 200
    assert answer.context["form"].errors["role"]
    assert not Mandate.objects.filter(user=cast.charlie).exists()


def test_mandate_is_ended_and_not_edited(cast, as_user):
    mandate = Mandate.objects.get(user=cast.bob)
    client = as_user(cast.dora)

    client.post(reverse("mandates:end", args=[mandate.pk]), {"valid_until": cast.today.isoformat()})
    edit = client.get(reverse("mandates:index") + f"edit/{mandate.pk}/")

    mandate.refresh_from_db()
    assert mandate.valid_until == cast.today
    assert edit.status_code == 404
    assert acts()[-1] == "mandate_ended"


def test_mandate_is_replaced(cast, as_user):
    mandate = Mandate.objects.get(user=cast.bob)
    tomorrow = cast.today + timedelta(days=1)

    as_user(cast.dora).post(
        reverse("mandates:replace", args=[mandate.pk]),
        {"successor": cast.charlie.pk, "begins": tomorrow.isoformat(), "evidence_title": "Beschluss 7"},
    )

    successor = Mandate.objects.get(user=cast.charlie)
    assert (successor.role, successor.valid_from) == ("speaker", tomorrow)
    assert successor.evidence_title == "Beschluss 7"


def test_facilitation_is_ended(cast, as_user):
    row = Facilitation.objects.get()

    as_user(cast.dora).post(reverse("facilitations:end", args=[row.pk]), {"valid_until": cast.today})

    row.refresh_from_db()
    assert row.valid_until == cast.today


def test_invitation_is_sent_and_revoked(cast, as_user):
    client = as_user(cast.dora)

    client.post(reverse("invitations:add"), {"email": "neu@demo.example", "language": "de"})
    invitation = Invitation.objects.get()
    client.post(reverse("invitations:revoke", args=[invitation.pk]))

    invitation.refresh_from_db()
    assert invitation.revoked_at is not None
    assert acts()[-2:] == ["person_invited", "invitation_revoked"]


def test_link_of_an_invitation_is_not_shown_in_the_admin(cast, as_user):
    client = as_user(cast.dora)
    client.post(reverse("invitations:add"), {"email": "neu@demo.example", "language": "de"})
    invitation = Invitation.objects.get()

    page = client.get(reverse("invitations:inspect", args=[invitation.pk]))

    assert invitation.token_hash not in page.content.decode()


def test_roles_are_given_by_administrators_only(cast, as_user):
    address = reverse("wagtailusers_users:roles", args=[cast.charlie.pk])

    as_user(cast.dora).post(address, {"editor": "on"})
    before = cast.charlie.groups.count()
    as_user(cast.admin).post(address, {"editor": "on"})

    assert before == 0
    assert cast.charlie.groups.get().name == "Editors"


def test_erasing_asks_for_the_key(cast, as_user):
    client = as_user(cast.admin)
    address = reverse("wagtailusers_users:erase", args=[cast.bob.pk])

    wrong = client.post(address, {"confirm": "nonsense"})
    still = User.objects.get(pk=cast.bob.pk).erased_at
    client.post(address, {"confirm": cast.bob.key})

    assert wrong.status_code == 200
    assert still is None
    assert User.objects.get(pk=cast.bob.pk).erased_at is not None


@pytest.mark.parametrize("viewset", VIEWSETS)
def test_lists_cost_the_same_for_one_row_and_for_many(cast, as_user, viewset, make_organisation):
    client = as_user(cast.dora)
    address = reverse(f"{viewset}:index")
    client.get(address)

    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(15):
        other = make_organisation(f"ort-{number}")
        Mandate.objects.create(organisation=other, user=cast.charlie, role="observer", valid_from=cast.today)
        GroupMembership.objects.create(group=cast.group, organisation=other, valid_from=cast.today)
    with CaptureQueriesContext(connection) as many:
        client.get(address)

    # Wagtail asks for the existence of a second page and for filter choices, never per row.
    assert len(many) <= len(few) + 2
