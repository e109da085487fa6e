"""Signing in by code and by password, without a browser."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.people.conftest import PASSWORD

LOGIN = "/konto/anmelden/"


@pytest.fixture
def code_of():
    return lambda message: re.search(r"^ {4}(\S+)$", message.body, re.MULTILINE)[1]


def test_password_signs_in(cast, client):
    answer = client.post(LOGIN, {"login": "bob@demo.example", "password": PASSWORD})

    assert answer.status_code == 302
    assert answer.url == reverse("home:mine")
    assert client.get("/konto/").status_code == 200


def test_wrong_password_is_refused_beside_the_form(cast, client):
    answer = client.post(LOGIN, {"login": "bob@demo.example", "password": "wrong"})

    assert answer.status_code == 200
    assert "error-summary" in answer.content.decode()
    assert client.get("/konto/").status_code == 302


def test_code_signs_in(cast, client, code_of):
    client.post("/konto/anmelden/code/", {"email": "bob@demo.example"})

    answer = client.post("/konto/anmelden/code/eingeben/", {"code": code_of(mail.outbox[0])})

    assert answer.status_code == 302
    assert client.get("/konto/").status_code == 200


def test_wrong_code_does_not_sign_in(cast, client, code_of):
    client.post("/konto/anmelden/code/", {"email": "bob@demo.example"})

    client.post("/konto/anmelden/code/eingeben/", {"code": "AAAA-AAAA"})

    assert client.get("/konto/").status_code == 302


def test_code_mail_speaks_the_language_of_its_reader(cast, client):
    cast.bob.language = "en"
    cast.bob.save()

    client.post("/konto/anmelden/code/", {"email": "bob@demo.example"})

    assert "valid for 15 minutes" in mail.outbox[0].body


def test_unknown_address_gets_the_same_page_and_no_mail(cast, client):
    answer = client.post("/konto/anmelden/code/", {"email": "nobody@demo.example"})

    assert answer.url == "/konto/anmelden/code/eingeben/"
    assert client.get(answer.url).status_code == 200
    assert mail.outbox == []


def test_next_leads_on_within_the_site(cast, client):
    answer = client.post(
        LOGIN, {"login": "bob@demo.example", "password": PASSWORD, "next": "/organisationen/"}
    )

    assert answer.url == "/organisationen/"


def test_next_never_leads_to_another_host(cast, client):
    answer = client.post(
        LOGIN, {"login": "bob@demo.example", "password": PASSWORD, "next": "https://evil.example/"}
    )

    assert answer.url == reverse("home:mine")


def test_too_many_wrong_passwords_are_stopped(cast, client):
    for _try in range(6):
        client.post(LOGIN, {"login": "bob@demo.example", "password": "wrong"})

    client.post(LOGIN, {"login": "bob@demo.example", "password": PASSWORD})

    assert client.get("/konto/").status_code == 302


def test_nobody_signs_up(cast, client):
    page = client.get("/konto/registrieren/")
    client.post(
        "/konto/registrieren/",
        {"email": "x@demo.example", "password1": "sehr-langes-wort", "password2": "sehr-langes-wort"},
    )

    assert "/mitmachen/" in page.content.decode()
    assert not type(cast.bob).objects.filter(email="x@demo.example").exists()


def test_signing_out_needs_a_click(cast, client):
    client.force_login(cast.bob)

    client.get("/konto/abmelden/")
    still = client.get("/konto/").status_code
    client.post("/konto/abmelden/")

    assert still == 200
    assert client.get("/konto/").status_code == 302


def test_signing_out_leaves_no_message_cookie(cast, client):
    client.force_login(cast.bob)

    answer = client.post("/konto/abmelden/")

    assert "messages" not in answer.cookies


def test_admin_login_leads_to_ours(cast, client):
    answer = client.get("/admin/login/?next=/admin/")

    assert answer.status_code == 302
    assert answer.url == "/konto/anmelden/?next=/admin/"


def test_password_reset_mails_a_link_that_works(cast, client):
    client.post("/konto/passwort/vergessen/", {"email": "bob@demo.example"})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]

    page = client.get(link, follow=True)
    action = page.request["PATH_INFO"]
    client.post(action, {"password1": "ein-neues-langes-wort", "password2": "ein-neues-langes-wort"})

    cast.bob.refresh_from_db()
    assert cast.bob.check_password("ein-neues-langes-wort")


@pytest.mark.parametrize("path", ["/organisationen/", "/arbeitsgruppen/", "/organisationen/landkreis/"])
def test_public_pages_set_no_cookie(cast, path):
    answer = Client().get(path)

    assert answer.status_code == 200
    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in answer.content.decode()
