"""A speaker names who shall act for the organisation; a facilitator confirms or refuses."""

import json
import re
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.utils import timezone

from people.actions.accounts import erase_person
from people.actions.groups import end_membership
from people.actions.invitations import accept_invitation, forget_invited, revoke_invitation
from people.actions.mandates import end_mandate, give_mandate
from people.actions.naming import (
    Naming,
    confirm_proposal,
    name_person,
    propose_mandate,
    refuse_proposal,
    withdraw_proposal,
)
from people.models import Invitation, Mandate, MandateProposal, Organisation, OutboxMessage
from people.naming import desk_for, waiting_proposals
from record.errors import Invalid, NotAllowed, WrongState
from record.models import RecordRow


def naming(cast: SimpleNamespace, **values: Any) -> Naming:
    """By default erik, who drafts, becomes deputy."""
    person = {} if "email" in values else {"user": cast.erik}
    return Naming(
        **{"organisation": cast.district, "group": cast.group, "role": "deputy", **person, **values}
    )


def somebody_new(cast: SimpleNamespace, **values: Any) -> Naming:
    return naming(cast, **{"person_name": "Nina Neu", "email": "nina@demo.example", **values})


def token_of(invitation: Invitation) -> str:
    message = OutboxMessage.objects.get(event=f"invitation:{invitation.key}")
    found = re.search(r"/einladung/([^/]+)/", json.dumps(message.context))
    assert found is not None
    return found[1]


def accept(invitation: Invitation) -> Any:
    return accept_invitation(token=token_of(invitation), first_name="Nina", last_name="Neu")


def test_a_proposal_changes_nothing_before_it_is_confirmed(cast):
    mandates = Mandate.objects.count()

    propose_mandate(naming=naming(cast), by=cast.bob)

    assert Mandate.objects.count() == mandates
    assert [row.user for row in waiting_proposals(cast.alice)] == [cast.erik]


@pytest.mark.parametrize("name", ["hanna", "erik", "fatma", "charlie", "gesa", "alice"])
def test_only_the_speaker_proposes(cast, name):
    with pytest.raises(NotAllowed):
        propose_mandate(naming=naming(cast), by=getattr(cast, name))


def test_a_speaker_of_one_group_proposes_for_no_other_and_not_for_all(cast):
    with pytest.raises(NotAllowed):
        propose_mandate(naming=naming(cast, group=None), by=cast.bob)


@pytest.mark.parametrize("name", ["bob", "hanna", "charlie", "gesa"])
def test_only_the_moderation_and_editors_confirm(cast, name):
    proposal = propose_mandate(naming=naming(cast), by=cast.bob)

    with pytest.raises(NotAllowed):
        confirm_proposal(proposal=proposal, by=getattr(cast, name))


def test_confirming_gives_the_mandate_to_somebody_who_acts_already(cast):
    proposal = propose_mandate(naming=naming(cast, evidence_title="Beschluss 7"), by=cast.bob)

    confirm_proposal(proposal=proposal, by=cast.alice)

    given = Mandate.objects.get(user=cast.erik, role="deputy")
    assert (given.valid_from, given.evidence_title) == (cast.today, "Beschluss 7")


def test_a_successor_takes_the_place_of_the_speaker_the_day_after(cast):
    proposal = propose_mandate(naming=naming(cast, role="speaker", user=cast.hanna), by=cast.bob)

    confirm_proposal(proposal=proposal, by=cast.alice)

    old, new = Mandate.objects.get(user=cast.bob), Mandate.objects.get(user=cast.hanna, role="speaker")
    assert (old.valid_until, new.valid_from) == (cast.today, cast.today + timedelta(days=1))


@pytest.mark.parametrize("line", ["evidence_title", "person_name"])
def test_lines_of_a_proposal_hold_no_characters_nobody_sees(cast, line):
    stranger = {"user": None, "email": "neu@demo.example", "person_name": "Neue Person"}

    with pytest.raises(Invalid) as refusal:
        propose_mandate(naming=naming(cast, **{**stranger, line: "Beschluss\u202e7"}), by=cast.bob)

    assert refusal.value.field == line


def test_a_successor_from_today_is_refused_while_somebody_speaks(cast):
    with pytest.raises(Invalid) as refusal:
        propose_mandate(naming=naming(cast, role="speaker", valid_from=cast.today), by=cast.bob)

    assert refusal.value.field == "valid_from"


def test_somebody_named_by_address_gets_an_invitation_and_the_mandate_on_accepting(cast):
    proposal = propose_mandate(naming=somebody_new(cast, evidence_title="Beschluss 7"), by=cast.bob)
    row = confirm_proposal(proposal=proposal, by=cast.alice)
    before = Mandate.objects.filter(role="deputy").count()

    user = accept(row.invitation)

    given = Mandate.objects.get(user=user)
    assert before == 1
    assert (given.role, given.group, given.evidence_title) == ("deputy", cast.group, "Beschluss 7")


def test_the_speaker_stays_until_the_invited_successor_accepts(cast):
    proposal = propose_mandate(naming=somebody_new(cast, role="speaker"), by=cast.bob)
    row = confirm_proposal(proposal=proposal, by=cast.alice)
    speaks = Mandate.objects.get(user=cast.bob)

    user = accept(row.invitation)

    assert speaks.valid_until is None
    speaks.refresh_from_db()
    assert speaks.valid_until == cast.today
    assert Mandate.objects.get(user=user).valid_from == cast.today + timedelta(days=1)


def test_nothing_tells_whether_an_address_has_an_account(cast):
    outcomes = []
    for address in ("charlie@demo.example", "nobody@demo.example"):
        proposal = propose_mandate(naming=somebody_new(cast, email=address), by=cast.bob)
        row = confirm_proposal(proposal=proposal, by=cast.alice)
        outcomes.append((row.state, row.user, row.shown_name, row.invitation is not None))

    assert outcomes[0] == outcomes[1] == ("confirmed", None, "Nina Neu", True)
    assert not Mandate.objects.filter(user=cast.charlie).exists()


def test_the_address_is_kept_only_until_somebody_decides(cast):
    proposal = propose_mandate(naming=somebody_new(cast), by=cast.bob)
    row = confirm_proposal(proposal=proposal, by=cast.alice)
    waiting = (row.email, row.person_name)

    revoke_invitation(invitation=row.invitation, by=cast.alice)

    row.refresh_from_db()
    assert waiting == ("", "Nina Neu")
    assert row.person_name == ""


def test_refusing_tells_the_speaker_why_and_changes_nothing(cast):
    proposal = propose_mandate(naming=somebody_new(cast), by=cast.bob)

    refuse_proposal(proposal=proposal, by=cast.alice, reason="Bitte erst den Beschluss abwarten.")

    told = OutboxMessage.objects.get(event=f"mandate_refused:{proposal.key}")
    assert (told.user, told.context["reason"]) == (cast.bob, "Bitte erst den Beschluss abwarten.")
    assert not Invitation.objects.exists()
    assert MandateProposal.objects.get().email == ""


def test_the_speaker_takes_a_proposal_back(cast):
    proposal = propose_mandate(naming=naming(cast), by=cast.bob)

    withdraw_proposal(proposal=proposal, by=cast.bob)

    assert not waiting_proposals(cast.alice).exists()


def test_a_proposal_is_decided_once(cast):
    proposal = propose_mandate(naming=naming(cast), by=cast.bob)
    confirm_proposal(proposal=proposal, by=cast.alice)

    for act, by in (
        (confirm_proposal, cast.alice),
        (refuse_proposal, cast.dora),
        (withdraw_proposal, cast.bob),
    ):
        with pytest.raises(WrongState):
            act(proposal=proposal, by=by)


def test_the_same_proposal_does_not_wait_twice(cast):
    propose_mandate(naming=naming(cast), by=cast.bob)

    with pytest.raises(Invalid):
        propose_mandate(naming=naming(cast), by=cast.bob)


def test_membership_that_ended_meanwhile_makes_confirming_impossible(cast):
    start = cast.today + timedelta(days=5)
    proposal = propose_mandate(naming=naming(cast, valid_from=start), by=cast.bob)
    end_membership(membership=cast.group.memberships.get(), by=cast.dora)

    with pytest.raises(Invalid):
        confirm_proposal(proposal=proposal, by=cast.alice)


def test_a_facilitator_confirms_nobody_with_her_own_address(cast):
    proposal = propose_mandate(naming=somebody_new(cast, email="alice@demo.example"), by=cast.bob)

    with pytest.raises(NotAllowed):
        confirm_proposal(proposal=proposal, by=cast.alice)


def test_the_moderation_names_somebody_in_one_act(cast):
    name_person(naming=naming(cast), by=cast.alice)

    acts = list(RecordRow.objects.order_by("-seq").values_list("act", flat=True)[:3])
    assert acts == ["mandate_proposal_confirmed", "mandate_given", "mandate_proposed"]


def test_the_record_holds_neither_name_nor_address(cast):
    proposal = propose_mandate(naming=somebody_new(cast), by=cast.bob)
    confirm_proposal(proposal=proposal, by=cast.alice)

    bodies = "".join(RecordRow.objects.values_list("body", flat=True))

    assert "Nina" not in bodies
    assert "nina@" not in bodies


@pytest.mark.parametrize("values", [{"user": None}, {"email": "nina@demo.example", "person_name": ""}])
def test_a_proposal_names_one_person_completely(cast, values):
    with pytest.raises(Invalid):
        propose_mandate(naming=naming(cast, **values), by=cast.bob)


def test_moderation_is_told_and_editors_where_nobody_moderates(cast):
    propose_mandate(naming=naming(cast), by=cast.bob)
    cast.group.facilitations.update(valid_until=cast.today - timedelta(days=1))
    propose_mandate(naming=naming(cast, role="observer"), by=cast.bob)

    told = OutboxMessage.objects.filter(template="mandate_proposed").order_by("pk")

    assert [message.user for message in told] == [cast.alice, cast.dora]
    assert {row.role for row in waiting_proposals(cast.dora)} == {"deputy", "observer"}


def test_the_speaker_ends_the_own_role_and_the_deputys(cast):
    for user in (cast.hanna, cast.bob):
        end_mandate(mandate=Mandate.objects.get(user=user), by=cast.bob)

    assert Mandate.objects.get(user=cast.bob).valid_until == timezone.localdate()


def test_deputies_end_their_own_role_and_no_other(cast):
    with pytest.raises(NotAllowed):
        end_mandate(mandate=Mandate.objects.get(user=cast.bob), by=cast.hanna)

    end_mandate(mandate=Mandate.objects.get(user=cast.hanna), by=cast.hanna)


def test_a_speaker_of_one_group_ends_nobody_who_acts_in_all(cast, make_user):
    other = make_user("zoe")
    mandate = Mandate.objects.create(
        organisation=cast.district, user=other, role="deputy", valid_from=cast.today
    )

    with pytest.raises(NotAllowed):
        end_mandate(mandate=mandate, by=cast.bob)


def test_erasing_a_person_takes_back_what_waits_for_them(cast):
    proposal = propose_mandate(naming=somebody_new(cast, email="charlie@demo.example"), by=cast.bob)

    erase_person(user=cast.charlie, by=cast.admin)

    proposal.refresh_from_db()
    assert (proposal.state, proposal.email, proposal.person_name) == ("withdrawn", "", "")


def test_the_desk_is_closed_for_strangers(cast):
    assert not desk_for(cast.charlie, cast.district).is_open
    assert desk_for(cast.bob, cast.district).proposes == [cast.group]
    assert desk_for(cast.alice, cast.district).names == [cast.group]
    assert desk_for(cast.dora, cast.district).names == [cast.group, None]


def test_a_mandate_for_all_groups_is_confirmed_by_editors_only(cast, make_organisation, make_user):
    town, kaya = make_organisation("stadt"), make_user("kaya")
    Mandate.objects.create(organisation=town, user=kaya, role="speaker", valid_from=cast.today)
    proposal = propose_mandate(naming=somebody_new(cast, organisation=town, group=None), by=kaya)

    with pytest.raises(NotAllowed):
        confirm_proposal(proposal=proposal, by=cast.alice)

    assert confirm_proposal(proposal=proposal, by=cast.dora).state == "confirmed"


def test_administrators_are_told_where_nobody_is_an_editor(cast):
    cast.group.facilitations.update(valid_until=cast.today - timedelta(days=1))
    cast.dora.groups.clear()

    propose_mandate(naming=naming(cast), by=cast.bob)

    assert [message.user for message in OutboxMessage.objects.all()] == [cast.admin]


def speaks_now(cast: SimpleNamespace) -> Any:
    return Mandate.objects.valid_on(cast.today).get(role="speaker").user


def test_a_late_acceptance_unseats_nobody_else_than_was_agreed(cast):
    row = confirm_proposal(
        proposal=propose_mandate(naming=somebody_new(cast, role="speaker"), by=cast.bob), by=cast.alice
    )
    end_mandate(mandate=Mandate.objects.get(user=cast.bob), by=cast.bob)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        give_mandate(
            organisation=cast.district, group=cast.group, user=cast.charlie, role="speaker", by=cast.dora
        )

        with pytest.raises(WrongState) as refused:
            accept(row.invitation)

    assert cast.charlie.get_full_name() not in str(refused.value)
    assert Mandate.objects.get(user=cast.charlie).valid_until is None


def test_who_confirms_sees_whose_place_is_taken(cast):
    proposal = propose_mandate(naming=somebody_new(cast, role="speaker"), by=cast.bob)

    row = confirm_proposal(proposal=proposal, by=cast.alice)

    assert row.replaces == Mandate.objects.get(user=cast.bob)


def test_an_invitation_for_a_role_somebody_holds_for_a_while_goes_on_after_it(cast):
    last = cast.today + timedelta(days=30)
    hannas = Mandate.objects.get(user=cast.hanna)
    Mandate.objects.filter(pk=hannas.pk).update(valid_until=last)
    naming_her = somebody_new(cast, email=cast.hanna.email, valid_until=last + timedelta(days=300))
    row = confirm_proposal(proposal=propose_mandate(naming=naming_her, by=cast.bob), by=cast.alice)

    accept_invitation(token=token_of(row.invitation), signed_in=cast.hanna)

    after = Mandate.objects.exclude(pk=hannas.pk).get(user=cast.hanna)
    assert (after.valid_from, after.valid_until) == (
        last + timedelta(days=1),
        last + timedelta(days=300),
    )


def test_whoever_holds_the_role_for_good_keeps_it_as_it_is(cast):
    row = confirm_proposal(
        proposal=propose_mandate(naming=somebody_new(cast, email=cast.hanna.email), by=cast.bob),
        by=cast.alice,
    )

    accept_invitation(token=token_of(row.invitation), signed_in=cast.hanna)

    assert Mandate.objects.filter(user=cast.hanna).count() == 1


def test_accepting_after_the_last_day_says_so(cast):
    naming_nina = somebody_new(cast, valid_until=cast.today + timedelta(days=3))
    row = confirm_proposal(proposal=propose_mandate(naming=naming_nina, by=cast.bob), by=cast.alice)

    with time_machine.travel(timezone.now() + timedelta(days=5)), pytest.raises(WrongState) as refused:
        accept(row.invitation)

    assert "mandate_ends" not in str(refused.value)


def test_erasing_leaves_the_name_nowhere(cast):
    for role in ("drafter", "observer"):
        proposal = propose_mandate(
            naming=somebody_new(cast, role=role, email="charlie@demo.example", person_name="Karl Kurz"),
            by=cast.bob,
        )
        if role == "drafter":
            confirm_proposal(proposal=proposal, by=cast.alice)
    erik = propose_mandate(naming=naming(cast), by=cast.bob)
    refuse_proposal(proposal=erik, by=cast.alice, reason="Karl Kurz wäre besser.")

    erase_person(user=cast.charlie, by=cast.admin)
    erase_person(user=cast.erik, by=cast.admin)

    assert "Karl Kurz" not in everything_written_in_people()


def everything_written_in_people() -> str:
    models = apps.get_app_config("people").get_models()
    return json.dumps([list(model._base_manager.values()) for model in models], default=str)


def test_an_invitation_that_is_over_keeps_neither_name_nor_address(cast):
    row = confirm_proposal(proposal=propose_mandate(naming=somebody_new(cast), by=cast.bob), by=cast.alice)
    over = row.invitation.expires_at

    forget_invited(now=over - timedelta(seconds=1))
    row.refresh_from_db()
    kept = row.person_name
    forget_invited(now=over)
    row.refresh_from_db()
    forget_invited(now=over + timedelta(days=31))

    assert (kept, row.person_name, Invitation.objects.get().email) == ("Nina Neu", "", "")


@pytest.mark.parametrize(
    "name", ["Nina\nIhr Konto ist gesperrt", "Nina https://evil.example", "www.evil.example", "nina\u202e"]
)
def test_a_name_is_one_line_and_no_address(cast, name):
    with pytest.raises(Invalid) as refused:
        propose_mandate(naming=somebody_new(cast, person_name=name), by=cast.bob)

    assert refused.value.field == "person_name"


def test_one_invitation_for_one_purpose(cast):
    first = name_person(naming=somebody_new(cast), by=cast.alice)

    with pytest.raises(Invalid):
        name_person(naming=somebody_new(cast), by=cast.alice)

    revoke_invitation(invitation=first.invitation, by=cast.alice)
    assert name_person(naming=somebody_new(cast), by=cast.alice).invitation is not None


@pytest.mark.parametrize("field", ["valid_from", "valid_until"])
def test_no_role_begins_or_ends_in_a_far_future(cast, field):
    with pytest.raises(Invalid) as refused:
        propose_mandate(naming=naming(cast, **{field: date(9999, 12, 31)}), by=cast.bob)

    assert refused.value.field == field


def test_the_record_names_a_proposal_by_its_public_key(cast):
    proposal = propose_mandate(naming=naming(cast), by=cast.bob)

    assert RecordRow.objects.last().object_key == proposal.key
    assert proposal.get_absolute_url().endswith(f"/{proposal.key}/")


def test_nothing_is_proposed_for_an_organisation_that_ended_while_the_form_waited(cast):
    form = naming(cast, valid_from=cast.today + timedelta(days=7))
    Organisation.objects.filter(pk=cast.district.pk).update(ended_on=cast.today + timedelta(days=1))

    with pytest.raises(Invalid):
        propose_mandate(naming=form, by=cast.bob)
