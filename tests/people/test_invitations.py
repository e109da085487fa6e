"""The life of an invitation: the only way to an account."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from people.actions.invitations import LIFETIME, accept_invitation, invite, revoke_invitation
from people.actions.outbox import send_due
from people.models import Invitation, Mandate, OutboxMessage, User
from record.errors import Invalid, NotAllowed, WrongState
from record.models import RecordRow

NAMES = {"first_name": "Neu", "last_name": "Ling"}


@pytest.fixture
def link(cast):
    """Invite somebody and read the link out of the mail, as they would."""

    def send(**values):
        invite(**{"by": cast.dora, "email": "neu@demo.example", **values})
        send_due(timezone.now())
        return re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)[1]

    return send


def token_of(link):
    return link.rstrip("/").rsplit("/", 1)[1]


def test_link_makes_an_account_and_the_mandate(cast, link):
    path = link(organisation=cast.district, group=cast.group, role="observer")

    user = accept_invitation(token=token_of(path), **NAMES)

    assert user.email == "neu@demo.example"
    assert Mandate.objects.get(user=user).role == "observer"


def test_token_is_stored_as_a_hash_only(cast, link):
    token = token_of(link())

    stored = Invitation.objects.values().get()
    assert token not in str(stored)


def test_token_is_not_kept_in_the_outbox_after_sending(cast, link):
    link()

    assert OutboxMessage.objects.get().context == {}


def test_looking_at_the_link_changes_nothing(cast, link):
    path = link(organisation=cast.district, group=cast.group, role="observer")

    answer = Client().get(path)

    assert answer.status_code == 200
    assert answer["Referrer-Policy"] == "no-referrer"
    assert Invitation.objects.get().accepted_at is None
    assert not User.objects.filter(email="neu@demo.example").exists()


def test_button_accepts_and_signs_in(cast, link, client):
    path = link(organisation=cast.district, group=cast.group, role="observer")

    answer = client.post(path, NAMES)

    assert answer.status_code == 302
    assert client.get("/konto/").status_code == 200


def test_missing_name_keeps_what_was_typed(cast, link, client):
    answer = client.post(link(), {"first_name": "Neu", "last_name": ""})

    assert answer.status_code == 422
    assert 'value="Neu"' in answer.content.decode()


def test_weak_password_is_refused_beside_the_field(cast, link, client):
    answer = client.post(link(), {**NAMES, "password": "12345"})

    assert answer.status_code == 422
    assert "password" in answer.context["form"].errors
    assert not User.objects.filter(email="neu@demo.example").exists()


def test_link_works_once(cast, link):
    token = token_of(link())
    accept_invitation(token=token, **NAMES)

    with pytest.raises(WrongState):
        accept_invitation(token=token, **NAMES)


def test_used_link_says_so(cast, link, client):
    path = link()
    client.post(path, NAMES)

    assert Client().get(path).status_code == 410


def test_link_ends_after_fourteen_days(cast, link):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        token = token_of(link())
        clock.shift(LIFETIME)

        with pytest.raises(WrongState):
            accept_invitation(token=token, **NAMES)


def test_link_works_until_then(cast, link):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        token = token_of(link())
        clock.shift(LIFETIME - timedelta(seconds=1))

        assert accept_invitation(token=token, **NAMES).pk


def test_revoked_link_leads_nowhere(cast, link):
    token = token_of(link())
    revoke_invitation(invitation=Invitation.objects.get(), by=cast.dora)

    with pytest.raises(WrongState):
        accept_invitation(token=token, **NAMES)


def test_second_invitation_replaces_the_first_link(cast, link):
    first, second = token_of(link()), token_of(link())

    with pytest.raises(WrongState):
        accept_invitation(token=first, **NAMES)
    assert accept_invitation(token=second, **NAMES).pk


def test_address_with_an_account_keeps_it_and_gets_the_mandate(cast, link):
    token = token_of(link(email="Charlie@demo.example", organisation=cast.district, role="observer"))

    user = accept_invitation(token=token, password="ganz-anderes-wort")

    assert user.pk == cast.charlie.pk
    assert user.check_password("wortlaut-demo")
    assert Mandate.objects.get(user=cast.charlie).role == "observer"


def test_known_address_is_not_signed_in_by_an_old_mail(cast, link, client):
    client.post(link(email="charlie@demo.example", organisation=cast.district, role="observer"))

    assert client.get("/konto/").status_code == 302


def test_somebody_else_cannot_accept(cast, link, client):
    path = link(email="charlie@demo.example", organisation=cast.district, role="observer")
    client.force_login(cast.bob)

    answer = client.post(path)

    assert answer.status_code == 403
    assert not Mandate.objects.filter(user=cast.charlie).exists()


def test_closed_account_is_not_reopened(cast, link):
    token = token_of(link(email="charlie@demo.example"))
    User.objects.filter(pk=cast.charlie.pk).update(is_active=False)

    with pytest.raises(NotAllowed):
        accept_invitation(token=token)


def test_invitation_of_somebody_who_may_not_invite_any_more_is_void(cast, link):
    token = token_of(link(email="neu@demo.example"))
    cast.dora.groups.clear()

    with pytest.raises(NotAllowed):
        accept_invitation(token=token, **NAMES)


def test_second_speaker_is_refused_when_inviting(cast):
    with pytest.raises(Invalid):
        invite(
            by=cast.dora,
            email="neu@demo.example",
            organisation=cast.district,
            group=cast.group,
            role="speaker",
        )


@pytest.mark.parametrize("name", ["bob", "gesa", "charlie"])
def test_others_do_not_invite(cast, name):
    with pytest.raises(NotAllowed):
        invite(by=getattr(cast, name), email="neu@demo.example")


def test_facilitator_invites_into_the_own_group(cast):
    invitation = invite(
        by=cast.alice, email="neu@demo.example", organisation=cast.district, group=cast.group, role="observer"
    )

    assert invitation.pk


def test_facilitator_invites_neither_herself_nor_for_an_organisation_outside_the_group(
    cast, make_organisation
):
    values = {"by": cast.alice, "group": cast.group, "role": "observer"}

    with pytest.raises(NotAllowed):
        invite(**values, email="Alice@demo.example", organisation=cast.district)
    with pytest.raises(Invalid):
        invite(**values, email="neu@demo.example", organisation=make_organisation("stadt"))


@pytest.mark.parametrize(
    "values",
    [{"email": "no address"}, {"role": "observer"}, {"role": "king"}],
    ids=["address", "alone", "role"],
)
def test_incomplete_invitation_is_refused(cast, values):
    with pytest.raises(Invalid):
        invite(**{"by": cast.dora, "email": "neu@demo.example", **values})


def test_address_never_reaches_the_record(cast, link):
    accept_invitation(token=token_of(link()), **NAMES)

    assert not RecordRow.objects.filter(body__contains="neu@demo.example").exists()
