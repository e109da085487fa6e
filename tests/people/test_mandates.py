"""Who may speak for whom, and how that begins and ends."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from people.actions.mandates import end_mandate, give_mandate, replace_mandate
from people.actions.outbox import send_due
from people.models import GroupMembership, Mandate, OutboxMessage
from people.policy import is_facilitator, is_member, may, speaking_mandates, valid_mandates
from people.queries import speakers_of
from record.errors import Invalid, NotAllowed
from record.models import RecordRow


def test_second_speaker_at_the_same_time_is_refused(cast):
    with pytest.raises(Invalid) as refusal:
        give_mandate(
            organisation=cast.district, user=cast.charlie, role="speaker", group=cast.group, by=cast.alice
        )

    assert refusal.value.field == "role"


def test_speaker_for_all_groups_clashes_with_the_speaker_of_one(cast):
    with pytest.raises(Invalid):
        give_mandate(organisation=cast.district, user=cast.charlie, role="speaker", by=cast.dora)


def test_speaker_after_the_end_of_the_last_one_is_accepted(cast):
    mandate = Mandate.objects.get(user=cast.bob)
    end_mandate(mandate=mandate, by=cast.alice, valid_until=cast.today)

    given = give_mandate(
        organisation=cast.district,
        user=cast.charlie,
        role="speaker",
        group=cast.group,
        by=cast.alice,
        valid_from=cast.today + timedelta(days=1),
    )

    assert given.pk is not None


def test_replacing_ends_the_old_mandate_the_day_before(cast):
    old = Mandate.objects.get(user=cast.bob)

    new = replace_mandate(mandate=old, by=cast.alice, user=cast.charlie)

    old.refresh_from_db()
    assert (old.valid_until, new.valid_from) == (cast.today, cast.today + timedelta(days=1))


def test_mandate_never_ends_backwards(cast):
    mandate = Mandate.objects.get(user=cast.bob)

    with pytest.raises(Invalid):
        end_mandate(mandate=mandate, by=cast.alice, valid_until=cast.today - timedelta(days=1))


def test_ended_mandate_is_not_prolonged(cast):
    mandate = Mandate.objects.get(user=cast.bob)
    end_mandate(mandate=mandate, by=cast.alice, valid_until=cast.today)

    with pytest.raises(Invalid):
        end_mandate(mandate=mandate, by=cast.alice, valid_until=cast.today + timedelta(days=9))


@pytest.mark.parametrize("name", ["alice", "dora"])
def test_nobody_speaks_in_a_group_for_an_organisation_that_is_no_member(cast, name, make_organisation):
    town = make_organisation("stadt")
    GroupMembership.objects.create(
        group=cast.group, organisation=town, valid_from=cast.today + timedelta(days=1)
    )
    values = {"organisation": town, "user": cast.charlie, "role": "speaker", "group": cast.group}

    with pytest.raises(Invalid) as refusal:
        give_mandate(**values, by=getattr(cast, name))

    assert refusal.value.field == "organisation"
    assert give_mandate(**values, by=getattr(cast, name), valid_from=cast.today + timedelta(days=1)).pk


def test_facilitator_gives_no_mandate_to_herself(cast):
    with pytest.raises(NotAllowed):
        give_mandate(
            organisation=cast.district, user=cast.alice, role="observer", group=cast.group, by=cast.alice
        )
    with pytest.raises(NotAllowed):
        replace_mandate(mandate=Mandate.objects.get(user=cast.bob), by=cast.alice, user=cast.alice)


def test_editors_may_act_for_an_organisation_themselves(cast):
    given = give_mandate(
        organisation=cast.district, user=cast.dora, role="observer", group=cast.group, by=cast.dora
    )

    assert given.pk


def test_organisation_and_its_speaker_learn_who_acts_for_them(cast):
    give_mandate(
        organisation=cast.district, user=cast.charlie, role="deputy", group=cast.group, by=cast.alice
    )

    send_due(timezone.now())

    told = {message.to[0]: message for message in mail.outbox}
    assert set(told) == {"charlie@demo.example", "landkreis@demo.example", "bob@demo.example"}
    assert "Charlie Beispiel" in told["landkreis@demo.example"].body
    assert "Charlie Beispiel" in told["bob@demo.example"].body


def test_organisation_learns_that_a_mandate_ends(cast):
    end_mandate(mandate=Mandate.objects.get(user=cast.bob), by=cast.alice)

    send_due(timezone.now())

    assert sorted(message.to[0] for message in mail.outbox) == ["bob@demo.example", "landkreis@demo.example"]


@pytest.mark.parametrize("name", ["bob", "hanna", "erik", "fatma", "gesa", "charlie"])
def test_only_facilitator_and_editors_give_mandates(cast, name):
    with pytest.raises(NotAllowed):
        give_mandate(
            organisation=cast.district,
            user=cast.charlie,
            role="observer",
            group=cast.group,
            by=getattr(cast, name),
        )


def test_facilitator_gives_mandates_only_in_the_own_group(cast):
    with pytest.raises(NotAllowed):
        give_mandate(organisation=cast.district, user=cast.charlie, role="observer", by=cast.alice)


def test_given_mandate_is_recorded_and_told(cast):
    mandate = give_mandate(
        organisation=cast.district, user=cast.charlie, role="observer", group=cast.group, by=cast.alice
    )

    row = RecordRow.objects.latest("seq")
    assert (row.act, row.actor_key, row.object_key) == ("mandate_given", cast.alice.key, cast.charlie.key)
    assert OutboxMessage.objects.get(user=cast.charlie).event.startswith(f"mandate_given:{mandate.pk}")


def test_refused_act_leaves_no_trace(cast):
    rows = RecordRow.objects.count()

    with pytest.raises(Invalid):
        give_mandate(
            organisation=cast.district, user=cast.charlie, role="speaker", group=cast.group, by=cast.alice
        )

    assert RecordRow.objects.count() == rows
    assert not OutboxMessage.objects.exists()


def test_asking_again_costs_no_query(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        for _again in range(5):
            valid_mandates(cast.bob, group=cast.group)
            speaking_mandates(cast.bob, cast.group)


def test_answer_is_not_kept_beyond_a_change(cast):
    before = speaking_mandates(cast.charlie, cast.group)

    Mandate.objects.create(
        organisation=cast.district, user=cast.charlie, role="deputy", valid_from=cast.today
    )

    assert before == []
    assert len(speaking_mandates(cast.charlie, cast.group)) == 1


def test_mandate_of_an_ended_organisation_counts_no_more(cast):
    cast.district.ended_on = cast.today - timedelta(days=1)
    cast.district.save()

    assert valid_mandates(cast.bob) == []


def test_closed_account_speaks_for_nobody(cast):
    cast.bob.is_active = False
    cast.bob.save()

    assert valid_mandates(cast.bob) == []
    assert cast.bob not in speakers_of(cast.district.pk, cast.group)


@pytest.mark.parametrize(
    ("name", "member"),
    [
        ("alice", True), ("bob", True), ("hanna", True), ("erik", True), ("fatma", True), ("dora", True),
        ("gesa", True), ("admin", True), ("charlie", False),
    ],
)  # fmt: skip
def test_members_of_a_group(cast, name, member):
    assert is_member(getattr(cast, name), cast.group) is member


def test_facilitator_of_one_group_is_none_of_another(cast):
    assert is_facilitator(cast.alice, cast.group)
    assert not is_facilitator(cast.bob, cast.group)


def test_unknown_act_is_a_mistake_of_ours(cast):
    with pytest.raises(KeyError):
        may(cast.dora, "fly")
