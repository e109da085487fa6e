"""Two people decide at once: at most one speaker, one account, one mail."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from people.actions.invitations import accept_invitation, hash_of, invite
from people.actions.mandates import give_mandate
from people.actions.outbox import enqueue, send_due
from people.models import GroupMembership, Invitation, Mandate, User
from record.errors import DomainError, Invalid

AT_ONCE = 4


def at_once(act):
    barrier = threading.Barrier(AT_ONCE)

    def run(number):
        barrier.wait(timeout=20)
        try:
            return act(number)
        except DomainError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(AT_ONCE)))


@pytest.mark.django_db(transaction=True)
def test_only_one_of_several_speakers_given_at_once_is_stored(cast, make_organisation):
    town = make_organisation("stadt")
    GroupMembership.objects.create(group=cast.group, organisation=town, valid_from=cast.today)
    people = [cast.bob, cast.hanna, cast.erik, cast.fatma]

    answers = at_once(
        lambda n: give_mandate(
            organisation=town, user=people[n], role="speaker", group=cast.group, by=cast.alice
        )
    )

    assert Mandate.objects.filter(organisation=town, role="speaker").count() == 1
    assert sum(isinstance(answer, Invalid) for answer in answers) == AT_ONCE - 1


@pytest.mark.django_db(transaction=True)
def test_link_clicked_at_once_makes_one_account(cast):
    invitation = invite(by=cast.dora, email="neu@demo.example")
    Invitation.objects.filter(pk=invitation.pk).update(token_hash=hash_of("secret"))

    at_once(lambda _n: accept_invitation(token="secret", first_name="Neu", last_name="Ling"))

    assert User.objects.filter(email="neu@demo.example").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_each_mail_once(cast):
    for number in range(5):
        enqueue(event=f"e{number}", template="invitation", context={"url": "x"}, user=cast.bob)
    now = timezone.now()

    sent = at_once(lambda _n: send_due(now))

    assert sum(sent) == 5


@pytest.mark.django_db(transaction=True)
def test_same_event_queued_at_once_is_one_mail(cast):
    answers = at_once(
        lambda _n: enqueue(event="e", template="invitation", context={"url": "x"}, user=cast.bob)
    )

    assert sum(answer is not None for answer in answers) == 1
