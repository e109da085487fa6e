"""The database does not answer: a page that says so, and keeps what was typed."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError, connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from glossary.models import Definition
from home.busy import is_database_away, kept_fields
from home.views.errors import database_away, server_error
from tests.factories.cast import Cast
from tests.factories.glossary import proposed_definition

TEXT = "Ein langer Satz,\nan dem ich <lange> saß."


@contextmanager
def locked() -> Iterator[None]:
    """Somebody else writes and does not end; this test waits for an instant only, not for 20 seconds."""
    if connection.vendor == "sqlite":
        other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        short, usual = "PRAGMA busy_timeout = 50", "PRAGMA busy_timeout = 20000"
    else:
        other = connection.get_new_connection(connection.get_connection_params())
        other.autocommit = False
        other.execute("LOCK TABLE glossary_definition, record_recordhead IN SHARE MODE")
        short, usual = "SET lock_timeout = '50ms'", "SET lock_timeout = '20s'"
    run(short)
    try:
        yield
    finally:
        other.rollback()
        other.close()
        run(usual)


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def edit(definition: Definition, **more: str) -> tuple[str, dict[str, str]]:
    url = reverse("glossary:definition_edit", kwargs={"slug": definition.term.slug, "key": definition.key})
    return url, {"title": "Neu und „anders“", "rationale": TEXT, "version": "1", **more}


def signed_in(user: Any, **options: Any) -> Client:
    client = Client(raise_request_exception=False, **options)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.django_db(transaction=True)
def test_a_locked_database_gives_back_what_was_typed_and_stores_nothing(cast: Cast) -> None:
    definition = proposed_definition(cast)
    url, typed = edit(definition)
    client = signed_in(cast.bob)

    with locked():
        answer = client.post(url, typed)
    page = answer.content.decode()

    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "30", "no-store")
    assert "Es wurde nichts gespeichert" in page
    assert "saß.</textarea>" in page
    assert "&lt;lange&gt;" in page
    assert '<input type="hidden" name="version" value="1">' in page
    assert Definition.objects.get().title == definition.title


@pytest.mark.django_db(transaction=True)
def test_without_a_lock_the_same_form_is_stored(cast: Cast) -> None:
    url, typed = edit(proposed_definition(cast))

    answer = signed_in(cast.bob).post(url, typed)

    assert answer.status_code == 302
    assert Definition.objects.get().rationale == TEXT


@pytest.mark.django_db(transaction=True)
def test_sending_the_page_again_stores_it(cast: Cast) -> None:
    url, typed = edit(proposed_definition(cast))
    client = signed_in(cast.bob, enforce_csrf_checks=True)
    token = client.get(url).context["csrf_token"]

    with locked():
        page = client.post(url, {**typed, "csrfmiddlewaretoken": str(token)}).content.decode()
    fresh = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    again = client.post(url, {**typed, "csrfmiddlewaretoken": fresh})

    assert again.status_code == 302
    assert Definition.objects.get().title == typed["title"]


@pytest.mark.django_db(transaction=True)
def test_in_english_it_speaks_english(cast: Cast) -> None:
    url, typed = edit(proposed_definition(cast))
    client = signed_in(cast.bob)

    with locked():
        answer = client.post(f"/en{url}", typed)

    assert "Nothing was stored or sent." in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_sign_in_that_could_not_be_stored_shows_the_page_and_no_password(cast: Cast) -> None:
    client = Client(raise_request_exception=False)

    with locked_sessions():
        answer = client.post("/konto/anmelden/", {"login": cast.bob.email, "password": "wortlaut-demo"})

    assert answer.status_code == 503
    assert "wortlaut-demo" not in answer.content.decode()


@contextmanager
def locked_sessions() -> Iterator[None]:
    if connection.vendor == "sqlite":
        with locked():
            yield
        return
    other = connection.get_new_connection(connection.get_connection_params())
    other.autocommit = False
    other.execute("LOCK TABLE django_session, people_user IN SHARE MODE")
    run("SET lock_timeout = '50ms'")
    try:
        yield
    finally:
        other.rollback()
        other.close()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_lost_connection_shows_the_page(cast: Cast) -> None:
    definition = proposed_definition(cast)
    client = Client(raise_request_exception=False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        mine = cursor.fetchone()[0]
    other = connection.get_new_connection(connection.get_connection_params())
    other.execute("SELECT pg_terminate_backend(%s, 5000)", [mine])
    other.close()

    answer = client.get(definition.get_absolute_url())
    connection.close()

    assert answer.status_code == 503
    assert client.get(definition.get_absolute_url()).status_code == 200


def failed_with(error: Exception, **typed: str) -> Any:
    try:
        raise error
    except Exception:
        return server_error(RequestFactory().post("/glossar/", typed))


def test_a_mistake_of_ours_stays_an_error_500() -> None:
    assert failed_with(ValueError("x")).status_code == 500
    assert failed_with(sqlite_error("SELECT x FROM nowhere")).status_code == 500


def sqlite_error(statement: str) -> OperationalError:
    try:
        sqlite3.connect(":memory:").execute(statement)
    except sqlite3.OperationalError as cause:
        error = OperationalError(str(cause))
        error.__cause__ = cause
        return error
    raise AssertionError


@pytest.mark.parametrize(
    "error", [OperationalError("server closed the connection"), InterfaceError("closed")]
)
def test_a_lost_connection_is_known_also_behind_another_error(error: Exception) -> None:
    behind = RuntimeError()
    behind.__context__ = error

    assert is_database_away(behind)
    assert not is_database_away(RuntimeError())


def test_passwords_codes_and_tokens_are_never_repeated() -> None:
    typed = {
        "password": "a b",
        "old_password1": "a b",
        "code": "1 2",
        "csrfmiddlewaretoken": "x",
        "text": "a b",
    }

    assert [field.name for field in kept_fields(RequestFactory().post("/glossar/", typed))] == ["text"]
    assert kept_fields(RequestFactory().post("/konto/anmelden/", typed)) == []


def test_a_word_called_like_the_account_keeps_its_text() -> None:
    about_accounts = RequestFactory().post("/glossar/konto/definition/", {"text": "a b"})

    assert [field.value for field in kept_fields(about_accounts)] == ["a b"]
    assert kept_fields(RequestFactory().post("/en/konto/anmelden/", {"text": "a b"})) == []


@pytest.mark.django_db
@pytest.mark.parametrize(("typed", "method"), [({"text": "a b"}, "post"), ({}, "post"), ({}, "get")])
def test_the_page_asks_the_database_nothing(typed: dict[str, str], method: str) -> None:
    request = getattr(RequestFactory(), method)("/glossar/", typed)
    request.csrf_processing_done = True

    with CaptureQueriesContext(connection) as queries:
        answer = database_away(request)

    assert (len(queries), answer.status_code) == (0, 503)


@pytest.mark.parametrize("typed", [{"text": "a b"}, {}])
def test_files_are_named_as_not_kept(typed: dict[str, str]) -> None:
    file = {"file": SimpleUploadedFile("bild.png", b"x")}

    assert "Angehängte Dateien" in page_for({**typed, **file})
    assert "Angehängte Dateien" not in page_for(typed)


def page_for(typed: dict[str, Any], *, checked: bool = True) -> str:
    request = RequestFactory().post("/glossar/", typed)
    _ = request.POST
    request.csrf_processing_done = checked  # type: ignore[attr-defined]
    return database_away(request).content.decode()


def test_a_form_sent_from_elsewhere_gets_neither_token_nor_button() -> None:
    assert "csrfmiddlewaretoken" in page_for({"text": "a b"})
    assert "Noch einmal senden" in page_for({"text": "a b"})
    elsewhere = page_for({"text": "a b"}, checked=False)
    assert "csrfmiddlewaretoken" not in elsewhere
    assert "Noch einmal senden" not in elsewhere


@pytest.mark.django_db(transaction=True)
def test_while_somebody_writes_pages_are_read(cast: Cast) -> None:
    url = proposed_definition(cast).get_absolute_url()

    with locked():
        assert Client().get(url).status_code == 200
