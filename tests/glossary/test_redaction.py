"""Removing a text that must not stay: the administrators' page, the command, and the copies of a text."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from glossary.actions.definitions import revise_definition, set_aside_definition
from glossary.actions.redaction import DefinitionText, redact, redact_definition
from glossary.actions.terms import write_explanation
from glossary.data import SourceData
from glossary.linking import tooltips
from glossary.models import Definition, Dissent, Position
from glossary.redactable import copies_of, rows_with
from glossary.states import Stance
from record.errors import NotAllowed, WrongState
from record.verify import verify
from search.models import SearchDocument
from tests.factories.cast import Cast
from tests.factories.glossary import (
    entry_v1,
    entry_v2,
    proposed_definition,
    published,
    stated_round,
    term_with_labels,
)
from tests.factories.guards import lifted, sql

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


# ---- sources, explanations, titles and rationales

SECRET = "Geheimschrift"
SECRET_BOOK = SourceData(
    csl={"type": "book", "title": f"{SECRET} über Größe", "author": [{"family": "Muster"}]}, passage="S. 9"
)


@pytest.fixture
def written(cast: Cast) -> Definition:
    """A definition and an explanation that hold the secret everywhere but in the wording."""
    term = term_with_labels(cast, "Lernort")
    write_explanation(term=term, by=cast.dora, text=f"Ein Ort, {SECRET}.", csl=SECRET_BOOK.csl, passage="")
    definition = proposed_definition(
        cast, term, title=f"{SECRET} im Titel", rationale=f"Weil {SECRET}.", sources=[SECRET_BOOK]
    )
    revise_definition(
        definition=definition, by=cast.bob, text="Ein anderer Satz.", scope="", expected_version=1
    )
    return set_aside_definition(
        definition=definition, by=cast.alice, reason=f"Wegen {SECRET}", expected_version=2
    )


def redact_everything(cast: Cast, words: str = SECRET) -> None:
    tokens = [item.token for item in rows_with(words)]
    answer = signed_in(cast.admin).post(
        f"{PAGE}?q={words}", {"rows": tokens, "reason": "personal", "sure": "on"}
    )
    assert answer.status_code == 302


def public_pages(definition: Definition) -> list[str]:
    term = definition.term
    return [
        term.get_absolute_url(), definition.get_absolute_url(), f"{term.get_absolute_url()}verlauf/",
        f"{term.get_absolute_url()}vergleich/", "/glossar/", f"/suche/?q={SECRET}", "/suche/?q=Lernort",
    ]  # fmt: skip


def test_sources_explanations_and_the_texts_of_a_definition_are_found(written: Definition) -> None:
    kinds = sorted(item.token.split(":")[0] for item in rows_with(SECRET))

    assert kinds == [
        "definition.rationale", "definition.state_reason", "definition.title", "explanation", "source", "source",
    ]  # fmt: skip


def test_a_source_is_found_by_its_umlauts(written: Definition) -> None:
    assert {item.token.split(":")[0] for item in rows_with("über größe")} == {"source", "explanation"}


def test_after_redaction_no_page_shows_them_and_none_breaks(cast: Cast, written: Definition) -> None:
    before = [Client().get(url).content.decode() for url in public_pages(written)]

    redact_everything(cast)
    answers = [Client().get(url) for url in public_pages(written)]

    assert sum(f"{SECRET}" in page for page in before) >= 4
    assert {answer.status_code for answer in answers} <= {200}
    assert [url for url, a in zip(public_pages(written), answers, strict=True) if in_text(a)] == []
    assert verify().ok


def in_text(answer: Any) -> bool:
    """The secret stands on the page, other than as what was searched for."""
    page = answer.content.decode()
    return (
        f"{SECRET} über" in page or f"{SECRET} im" in page or f"Weil {SECRET}" in page or f"{SECRET}." in page
    )


def test_pages_say_that_something_was_removed(cast: Cast, written: Definition) -> None:
    redact_everything(cast)
    term, definition = (Client().get(url).content.decode() for url in public_pages(written)[:2])

    assert "Dieser Text wurde entfernt." in term
    assert "Diese Quelle wurde entfernt." in definition
    assert "Titel entfernt" in definition


def test_the_search_index_and_tooltips_lose_the_text(cast: Cast, written: Definition) -> None:
    redact_everything(cast)
    tip = tooltips([written.term.key])[written.term.key]

    held = [row for row in SearchDocument.objects.all() if SECRET in f"{row.title}{row.lead}{row.body}"]
    assert held == []
    assert (tip.kind, tip.text) == ("none", "")


def test_the_citation_of_an_entry_loses_a_redacted_source(cast: Cast) -> None:
    term = term_with_labels(cast)
    definition = proposed_definition(cast, term, sources=[SECRET_BOOK])
    entry = published(cast, stated_round(cast, definition))
    before = Client().get(term.get_absolute_url()).content.decode()

    redact_everything(cast)
    answers = [Client().get(url) for url in (entry.get_absolute_url(), term.get_absolute_url())]

    assert SECRET in before
    assert {answer.status_code for answer in answers} == {200}
    assert [answer for answer in answers if SECRET in answer.content.decode()] == []


def test_a_redacted_source_is_not_handed_on_to_the_next_wording(cast: Cast) -> None:
    definition = proposed_definition(cast, sources=[SECRET_BOOK])
    redact_everything(cast)

    revised = revise_definition(
        definition=definition, by=cast.bob, text="Ganz anders.", scope="", expected_version=1
    )

    assert revised.wording.sources.count() == 0


def test_a_removed_title_is_not_removed_twice_and_may_be_written_anew(
    cast: Cast, written: Definition
) -> None:
    text = DefinitionText(written, "title")
    removed = redact_definition(text=text, by=cast.admin, reason="illegal")

    with pytest.raises(WrongState):
        redact_definition(text=text, by=cast.admin, reason="illegal")
    assert removed.title == "Titel entfernt"


@pytest.mark.parametrize("name", ["dora", "bob", "alice"])
def test_only_an_administrator_removes_them(cast: Cast, written: Definition, name: str) -> None:
    with pytest.raises(NotAllowed):
        redact_definition(text=DefinitionText(written, "title"), by=getattr(cast, name), reason="illegal")
    with pytest.raises(NotAllowed):
        redact(row=written.term.explanations.get(), by=getattr(cast, name), reason="illegal")


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("glossary_source", "passage = 'S. 1'"),
        ("glossary_source", "csl = '{}'"),
        ("glossary_explanation", "text = ''"),
        ("glossary_wording", "salt = NULL"),
    ],
)
def test_the_database_admits_no_other_change_of_them(written: Definition, table: str, change: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        sql(f"UPDATE {table} SET {change}")
    with lifted(f"{table}_never_changed"):
        sql(f"UPDATE {table} SET {change}")
