"""The pages on which speakers name people and the moderation decides."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.actions.naming import Naming, propose_mandate
from people.actions.organisations import change_organisation
from people.actions.outbox import compose
from people.models import Invitation, Mandate, MandateProposal, OrganisationSlug, OutboxMessage

ORGANISATION = "/organisationen/landkreis/"
PAGE = f"{ORGANISATION}vertretung/"


def as_(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def sent(cast: SimpleNamespace, **values: str) -> dict[str, str]:
    """A filled-in form: Nina, who has no account, as deputy."""
    nina = {"person_name": "Nina Neu", "email": "nina@demo.example"}
    return {"scope": cast.group.key, "role": "deputy", **nina, **values}


def proposed(cast: SimpleNamespace) -> MandateProposal:
    who = {"person_name": "Nina Neu", "email": "nina@demo.example"}
    naming = Naming(organisation=cast.district, group=cast.group, role="deputy", **who)
    return propose_mandate(naming=naming, by=cast.bob)


def test_the_whole_way_from_the_speakers_form_to_the_invitation(cast):
    as_(cast.bob).post(f"{PAGE}benennen/", sent(cast))
    row = MandateProposal.objects.get()
    address = row.get_absolute_url()

    assert address in as_(cast.alice).get("/mein/").content.decode()
    answer = as_(cast.alice).post(address, {"act": "confirm"})

    assert answer.status_code == 302
    assert Invitation.objects.get().email == "nina@demo.example"
    assert "Nina Neu" in as_(cast.bob).get(PAGE).content.decode()


def test_the_moderation_names_without_a_second_step(cast):
    answer = as_(cast.alice).post(
        f"{PAGE}benennen/", {"scope": cast.group.key, "role": "deputy", "user": cast.erik.key}
    )

    assert answer.status_code == 302
    assert Mandate.objects.filter(user=cast.erik, role="deputy").exists()


def test_what_was_typed_stays_beside_what_is_wrong(cast):
    answer = as_(cast.bob).post(f"{PAGE}benennen/", sent(cast, email="nina"))

    assert answer.status_code == 422
    assert "Nina Neu" in answer.content.decode()


def test_a_group_the_speaker_does_not_speak_in_is_no_choice(cast):
    answer = as_(cast.bob).post(f"{PAGE}benennen/", sent(cast, scope="alle"))

    assert answer.status_code == 422
    assert not MandateProposal.objects.exists()


@pytest.mark.parametrize("name", ["alice", "bob", "dora"])
def test_the_address_of_the_person_is_on_no_page(cast, name):
    row = proposed(cast)
    client = as_(getattr(cast, name))

    pages = [client.get(url).content.decode() for url in (PAGE, row.get_absolute_url(), "/mein/")]

    assert not [page for page in pages if "nina@" in page]
    assert "Nina Neu" in pages[0]


@pytest.mark.parametrize("name", ["hanna", "erik", "fatma"])
def test_who_only_acts_beside_the_speaker_sees_no_proposal(cast, name):
    proposed(cast)

    assert "Nina Neu" not in as_(getattr(cast, name)).get(PAGE).content.decode()


def test_an_open_invitation_is_revoked_on_the_page_of_its_proposal(cast):
    row = proposed(cast)
    client = as_(cast.alice)
    client.post(row.get_absolute_url(), {"act": "confirm"})

    client.post(row.get_absolute_url(), {"act": "revoke"})

    assert Invitation.objects.get().revoked_at is not None
    assert "Nina Neu" not in client.get(PAGE).content.decode()


def test_a_decided_proposal_is_not_decided_again(cast):
    row = proposed(cast)
    as_(cast.alice).post(row.get_absolute_url(), {"act": "refuse", "reason": "Noch nicht."})

    answer = as_(cast.alice).post(row.get_absolute_url(), {"act": "confirm"})

    assert answer.status_code == 409
    assert not Invitation.objects.exists()


def test_the_deputy_ends_the_own_role(cast):
    mandate = Mandate.objects.get(user=cast.hanna)

    as_(cast.hanna).post(f"{PAGE}{mandate.key}/beenden/", {"valid_until": cast.today.isoformat()})

    mandate.refresh_from_db()
    assert mandate.valid_until == cast.today


@pytest.mark.parametrize(
    ("name", "offered"), [("bob", True), ("alice", True), ("charlie", False), ("gesa", False)]
)
def test_the_public_page_leads_those_who_may_to_the_change(cast, name, offered):
    page = as_(getattr(cast, name)).get(ORGANISATION).content.decode()

    assert (PAGE in page) is offered


def test_the_overview_of_the_moderation_names_every_member(cast):
    page = as_(cast.alice).get("/arbeitsgruppen/ag-begriffe/vertretungen/").content.decode()

    assert "Bob Beispiel" in page
    assert PAGE in page


def test_the_page_costs_the_same_for_many_proposals(cast, django_assert_num_queries):
    proposed(cast)
    client = as_(cast.alice)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as with_one:
        client.get(PAGE)
    for number in range(5):
        who = {"person_name": "Nina Neu", "email": f"n{number}@demo.example"}
        naming = Naming(organisation=cast.district, group=cast.group, role="observer", **who)
        propose_mandate(naming=naming, by=cast.bob)

    with django_assert_num_queries(len(with_one)):
        client.get(PAGE)


def test_a_mailed_link_outlives_the_address_of_the_organisation(cast):
    as_(cast.bob).post(f"{PAGE}benennen/", sent(cast))
    mailed = MandateProposal.objects.get().get_absolute_url()
    OrganisationSlug.objects.create(organisation=cast.district, slug=cast.district.slug)
    change_organisation(organisation=cast.district, by=cast.dora, slug="neuer-kreis")

    answer = as_(cast.alice).get(mailed)

    assert answer.status_code == 301
    assert as_(cast.alice).get(answer["Location"]).status_code == 200
    assert as_(cast.alice).post(mailed, {"act": "confirm"}).status_code == 308


def test_everything_that_is_missing_is_said_at_once(cast):
    answer = as_(cast.bob).post(f"{PAGE}benennen/", {"role": "deputy", "scope": cast.group.key})

    assert answer.status_code == 422
    assert {"person_name", "email"} <= set(answer.context["form"].errors)


def test_the_invitation_says_who_invites_whom_to_what(cast):
    as_(cast.alice).post(f"{PAGE}benennen/", sent(cast))
    mail = OutboxMessage.objects.get(template="invitation")
    page = Client().get(urlsplit(mail.context["url"]).path).content.decode()

    for text in (compose(mail, mail.email).body, page):
        for said in (cast.alice.get_full_name(), "Nina Neu", cast.district.name, cast.group.name):
            assert said in text
