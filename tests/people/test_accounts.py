"""The own account, roles, and the right to be forgotten."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from people.actions.accounts import administrators_and, erase_person, set_roles
from people.actions.common import write_record
from people.actions.mandates import give_mandate
from people.models import Mandate, OutboxMessage, User
from people.queries import valid_mandates
from people.roles import is_administrator, is_editor, is_moderator
from record.errors import Invalid, NotAllowed
from record.models import RecordRow

DATA = {"first_name": "Robert", "last_name": "Beispiel", "display_name": "Bob vom Amt", "language": "en"}


def test_people_change_their_own_names_and_language(cast, client):
    client.force_login(cast.bob)

    client.post("/konto/", DATA)

    cast.bob.refresh_from_db()
    assert (cast.bob.display_name, cast.bob.language) == ("Bob vom Amt", "en")


def test_account_page_shows_what_is_stored(cast, client):
    client.force_login(cast.bob)

    html = client.get("/konto/").content.decode()

    assert cast.bob.key in html
    assert "Landkreis" in html


def test_account_page_exists_in_english(cast, client):
    client.force_login(cast.bob)

    assert "What is stored about you" in client.get("/en/konto/").content.decode()


def test_refused_data_stays_in_the_form(cast, client):
    client.force_login(cast.bob)

    answer = client.post("/konto/", {**DATA, "first_name": "", "display_name": "Behalten"})

    assert answer.status_code == 422
    assert "Behalten" in answer.content.decode()


def test_account_needs_a_sign_in(cast, client):
    assert client.get("/konto/").url.startswith("/konto/anmelden/")


def test_sign_out_elsewhere_ends_the_other_sessions_only(cast):
    here, there, stranger = Client(), Client(), Client()
    for browser, person in ((here, cast.bob), (there, cast.bob), (stranger, cast.erik)):
        browser.force_login(person)

    here.post("/konto/abmelden-ueberall/")

    assert [browser.get("/konto/").status_code for browser in (here, there, stranger)] == [200, 302, 200]


def test_roles_are_given_and_taken(cast):
    set_roles(user=cast.charlie, by=cast.admin, editor=True, moderator=True, administrator=False)
    given = (is_editor(cast.charlie), is_moderator(cast.charlie), is_administrator(cast.charlie))
    set_roles(user=cast.charlie, by=cast.admin, editor=False, moderator=True, administrator=False)

    assert given == (True, True, False)
    assert not is_editor(cast.charlie)


def test_last_administrator_stays(cast):
    with pytest.raises(Invalid):
        set_roles(user=cast.admin, by=cast.admin, editor=False, moderator=False, administrator=False)


@pytest.mark.parametrize("name", ["alice", "bob", "dora", "gesa"])
def test_only_administrators_give_roles_and_erase(cast, name):
    person = getattr(cast, name)

    with pytest.raises(NotAllowed):
        set_roles(user=cast.charlie, by=person, editor=True, moderator=False, administrator=False)
    with pytest.raises(NotAllowed):
        erase_person(user=cast.charlie, by=person)


def test_erasing_empties_the_row_and_keeps_the_key(cast):
    key = cast.bob.key

    erased = erase_person(user=cast.bob, by=cast.admin)

    row = User.objects.get(pk=cast.bob.pk)
    assert row.key == erased.key == key
    assert (row.first_name, row.last_name, row.display_name) == ("", "", "")
    assert "bob" not in row.email
    assert not row.is_active
    assert not row.has_usable_password()


def test_erasing_ends_mandates_and_sessions_and_mails(cast):
    browser = Client()
    browser.force_login(cast.bob)
    give_mandate(organisation=cast.district, user=cast.bob, role="drafter", by=cast.dora)

    erase_person(user=cast.bob, by=cast.admin)

    assert valid_mandates(User.objects.get(pk=cast.bob.pk)) == []
    assert not Mandate.objects.filter(user=cast.bob, valid_until=None).exists()
    assert Session.objects.count() == 0
    assert not OutboxMessage.objects.filter(user=cast.bob).exists()


def test_successor_of_an_erased_speaker_begins_the_same_day(cast):
    erase_person(user=cast.bob, by=cast.admin)

    successor = give_mandate(
        organisation=cast.district, user=cast.charlie, role="speaker", group=cast.group, by=cast.alice
    )

    assert Mandate.objects.get(user=cast.bob).valid_until == cast.today - timedelta(days=1)
    assert successor.valid_from == cast.today


def test_mandate_by_which_somebody_acted_today_lasts_through_today(cast):
    write_record(
        "take_position",
        by=cast.bob,
        at=timezone.now(),
        kind="round",
        key="x",
        organisation=cast.district,
    )

    erase_person(user=cast.bob, by=cast.admin)

    assert Mandate.objects.get(user=cast.bob).valid_until == cast.today


def test_organisation_learns_that_an_erased_person_speaks_no_more_and_reads_no_name(cast):
    give_mandate(organisation=cast.district, user=cast.bob, role="drafter", by=cast.dora)

    erase_person(user=cast.bob, by=cast.admin)

    told = OutboxMessage.objects.filter(organisation=cast.district)
    assert told.filter(event__startswith="mandate_ended").count() == 2
    assert not told.filter(event__startswith="mandate_given").exists()
    assert "Beispiel" not in str(list(told.values("context")))


def test_two_administrators_who_drop_each_other_wait_for_each_other(cast):
    second = User.objects.create_superuser("zweite@demo.example")

    rows = administrators_and(cast.bob)

    assert [row.pk for row in rows] == sorted([cast.bob.pk, cast.admin.pk, second.pk])
    assert rows.query.select_for_update


def test_account_page_reads_no_session_but_ones_own(cast, client):
    client.force_login(cast.bob)
    for _browser in range(3):
        Client().force_login(cast.erik)

    with CaptureQueriesContext(connection) as asked:
        client.get("/konto/")

    sessions = [query["sql"] for query in asked if "django_session" in query["sql"]]
    assert len(sessions) == 1


def test_erased_person_cannot_sign_in(cast, client):
    erase_person(user=cast.bob, by=cast.admin)

    client.post("/konto/anmelden/", {"login": "bob@demo.example", "password": "wortlaut-demo"})

    assert client.get("/konto/").status_code == 302


def test_address_of_an_erased_person_may_be_invited_again(cast):
    erase_person(user=cast.bob, by=cast.admin)

    assert User.objects.create_user("bob@demo.example").pk != cast.bob.pk


def test_erasing_is_recorded_without_the_name(cast):
    erase_person(user=cast.bob, by=cast.admin)

    row = RecordRow.objects.latest("seq")
    assert (row.act, row.object_key) == ("person_erased", cast.bob.key)
    assert "Beispiel" not in row.body


def test_nobody_erases_themselves_or_twice(cast):
    with pytest.raises(Invalid):
        erase_person(user=cast.admin, by=cast.admin)
    erase_person(user=cast.bob, by=cast.admin)
    with pytest.raises(Invalid):
        erase_person(user=cast.bob, by=cast.admin)


def test_erasing_forgets_a_code_somebody_asked_for_without_signing_in(cast, client):
    client.post("/konto/anmelden/code/", {"email": cast.bob.email})
    address = cast.bob.email
    assert any(address in str(session.get_decoded()) for session in Session.objects.all())

    erase_person(user=cast.bob, by=cast.admin)

    assert not any(address in str(session.get_decoded()) for session in Session.objects.all())
