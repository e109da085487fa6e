"""Removing a text that must not stay: the administrators' page, the command, and the copies of a text."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from glossary.models import Dissent, Position
from glossary.redactable import copies_of, rows_with
from glossary.states import Stance
from record.verify import verify
from tests.factories.cast import Cast
from tests.factories.glossary import entry_v1, entry_v2

pytestmark = pytest.mark.django_db
PAGE = "/admin/glossary-redaction/"
WORDS = "führt in die Irre"


@pytest.fixture
def objection(cast: Cast) -> Position:
    """An objection whose reason was published as a dissent and carried over to the next entry."""
    first = entry_v1(cast, answers={"district": Stance.OBJECTION})
    entry_v2(cast, first, answers={"district": None})
    return Position.objects.get(value=Stance.OBJECTION)


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def test_copies_of_an_objection_are_what_it_asks_for_and_every_dissent_made_from_it(
    objection: Position,
) -> None:
    copies = copies_of(objection)

    assert [row.RECORD_KIND for row in copies] == ["objection", "dissent", "dissent"]
    last = Dissent.objects.get(carried_from__isnull=False)
    assert {(row.RECORD_KIND, row.pk) for row in copies_of(last)} == {
        ("position", objection.pk),
        ("objection", objection.objection.pk),
        ("dissent", last.carried_from_id),
    }


def test_an_administrator_removes_a_text_with_its_copies_on_the_page(cast: Cast, objection: Position) -> None:
    client = signed_in(cast.admin)
    shown = client.get(PAGE, {"q": WORDS}).content.decode()
    tokens = [item.token for item in rows_with(WORDS)]

    response = client.post(f"{PAGE}?q={WORDS}", {"rows": tokens, "reason": "personal", "sure": "on"})

    assert all(token in shown for token in tokens)
    assert len(tokens) == 4
    assert response.status_code == 302
    assert rows_with(WORDS) == []
    assert verify().ok


def test_nothing_is_removed_without_saying_that_it_is_final(cast: Cast, objection: Position) -> None:
    tokens = [item.token for item in rows_with(WORDS)]

    response = signed_in(cast.admin).post(f"{PAGE}?q={WORDS}", {"rows": tokens, "reason": "personal"})

    assert response.status_code == 200
    assert Position.objects.get(pk=objection.pk).redacted_at is None


@pytest.mark.parametrize("name", ["dora", "gesa"])
def test_nobody_else_enters_or_sees_the_menu_item(cast: Cast, name: str) -> None:
    client = signed_in(getattr(cast, name))

    response = client.get(PAGE)

    assert response.status_code in {302, 403}
    assert PAGE not in client.get("/admin/").content.decode()


def test_administrators_find_the_page_in_the_menu(cast: Cast) -> None:
    assert PAGE in signed_in(cast.admin).get("/admin/").content.decode()


def run(objection: Position, *options: str) -> str:
    out = StringIO()
    call_command("redact", "position", objection.record_key(), "--reason=illegal", *options, stdout=out)
    return out.getvalue()


def test_the_command_shows_first_and_removes_with_copies_when_told(cast: Cast, objection: Position) -> None:
    shown = run(objection, f"--by={cast.admin.email}", "--copies")
    before = len(rows_with(WORDS))

    done = run(objection, f"--by={cast.admin.email}", "--copies", "--yes")

    assert "4 rows would be emptied" in shown
    assert before == 4
    assert "4 rows emptied" in done
    assert rows_with(WORDS) == []


def test_the_command_refuses_who_is_no_administrator(cast: Cast, objection: Position) -> None:
    with pytest.raises(CommandError):
        run(objection, f"--by={cast.dora.email}", "--yes")

    assert Position.objects.get(pk=objection.pk).redacted_at is None
