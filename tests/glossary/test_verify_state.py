"""`manage.py verify_record` computes from the record what the changeable tables must say, and names the row that differs."""

from collections.abc import Callable
from typing import Any

import pytest

from glossary.actions.definitions import (
    return_definition,
    revise_definition,
    set_aside_definition,
    withdraw_definition,
)
from glossary.actions.labels import add_label, change_label, remove_label
from glossary.actions.proposing import propose_definition
from glossary.actions.redaction import DefinitionText, redact, redact_definition
from glossary.actions.terms import (
    assign_steward,
    rename_term,
    write_explanation,
)
from glossary.data import LabelData
from glossary.models import Definition, Explanation, Label, Source, Term
from glossary.states import RedactionReason
from record.verify import verify
from tests.factories.cast import Cast, make_group
from tests.factories.glossary import BOOK, REVISED, proposed_definition, term_with_labels
from tests.factories.guards import lifted, sql

pytestmark = pytest.mark.django_db


@pytest.fixture
def term(cast: Cast) -> Term:
    """A term with words that came and went, two explanations, and definitions in every state."""
    term = term_with_labels(cast, "Lernort", LabelData(text="Ort des Lernens", status="admitted"))
    row = add_label(
        term=term, by=cast.dora, label=LabelData(text="Lernorte", type="inflected", status="admitted")
    )
    change_label(label=row, by=cast.dora, to=LabelData(text="Lernorts", type="inflected", status="admitted"))
    remove_label(
        label=add_label(term=term, by=cast.dora, label=LabelData(text="Weg", status="admitted")), by=cast.dora
    )
    rename_term(term=term, by=cast.dora, slug="lernorte")
    for text in ("Ein Ort.", "Ein anderer Ort."):
        write_explanation(term=term, by=cast.dora, text=text, csl=BOOK.csl, passage="S. 3")
    first = proposed_definition(cast, term, title="Erster", sources=[BOOK])
    revise_definition(definition=first, by=cast.bob, text=REVISED, scope="", expected_version=1)
    other = proposed_definition(cast, term, title="Zweiter")
    withdraw_definition(definition=other, by=cast.bob, expected_version=1)
    return_definition(definition=other, by=cast.bob, expected_version=2)
    third = proposed_definition(cast, term, title="Dritter")
    set_aside_definition(
        definition=third, by=cast.alice, reason="Doppelt", merged_into=first, expected_version=1
    )
    return term


def test_an_untouched_state_verifies(term: Term) -> None:
    assert verify().breaches == []


def first(model: Any) -> Any:
    return model.objects.order_by("pk").first()


def of(title: str) -> Definition:
    return Definition.objects.get(title=title)


TAMPERED: dict[str, tuple[str, Callable[[], Any], Callable[[], str]]] = {
    "a definition's state": (
        "UPDATE glossary_definition SET state = 'withdrawn' WHERE id = %s",
        lambda: of("Zweiter").pk, lambda: f"definition {of('Zweiter').key}: is withdrawn",
    ),
    "a definition's wording": (
        "UPDATE glossary_definition SET wording_id = (SELECT MIN(id) FROM glossary_wording) WHERE id = %s",
        lambda: of("Erster").pk, lambda: f"definition {of('Erster').key}: its current wording",
    ),
    "a revision": (
        "DELETE FROM glossary_definitionrevision WHERE number = 2 AND definition_id = %s",
        lambda: of("Erster").pk, lambda: f"definition {of('Erster').key}: its revisions",
    ),
    "who brought it in": (
        "UPDATE glossary_definition SET actor_key = '00000000' WHERE id = %s",
        lambda: of("Erster").pk, lambda: f"definition {of('Erster').key}: was put forward by",
    ),
    "what it was merged into": (
        "UPDATE glossary_definition SET merged_into_id = NULL WHERE id = %s",
        lambda: of("Dritter").pk, lambda: f"definition {of('Dritter').key}: was merged",
    ),
    "a word's text": (
        "UPDATE glossary_label SET text = 'Lernort!' WHERE id = %s",
        lambda: first(Label).pk, lambda: f"term {first(Term).key}: its words",
    ),
    "a word's status": (
        "UPDATE glossary_label SET status = 'deprecated' WHERE text = 'Ort des Lernens' AND id <> %s",
        lambda: 0, lambda: f"term {first(Term).key}: its words",
    ),
    "a word that is gone": (
        "DELETE FROM glossary_label WHERE text = 'Lernorts' AND id <> %s",
        lambda: 0, lambda: f"term {first(Term).key}: its words",
    ),
    "a term's address": (
        "UPDATE glossary_term SET slug = 'anders' WHERE id = %s",
        lambda: first(Term).pk, lambda: f"term {first(Term).key}: its address",
    ),
    "a term's working group": (
        "UPDATE glossary_term SET steward_id = NULL WHERE id = %s",
        lambda: first(Term).pk, lambda: f"term {first(Term).key}: its working group",
    ),
    "a term's retirement": (
        "UPDATE glossary_term SET retired_on = '2026-01-01', retired_reason = 'x' WHERE id = %s",
        lambda: first(Term).pk, lambda: f"term {first(Term).key}: is retired",
    ),
    "an explanation's text": (
        "UPDATE glossary_explanation SET text = 'Ein Ort!' WHERE id = %s",
        lambda: first(Explanation).pk, lambda: f"explanation {first(Explanation).record_key()}: is not as",
    ),
    "an explanation's page": (
        "UPDATE glossary_explanation SET passage = 'S. 4' WHERE id = %s",
        lambda: first(Explanation).pk, lambda: f"explanation {first(Explanation).record_key()}: is not as",
    ),
    "an explanation that is gone": (
        "DELETE FROM glossary_explanation WHERE number = 2 AND id <> %s",
        lambda: 0, lambda: f"explanation {first(Term).key}.de.2: was written",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERED)
def test_a_change_past_the_triggers_is_found_and_the_row_named(term: Term, what: str) -> None:
    statement, row, named = TAMPERED[what]

    with lifted():
        assert sql(statement, row()) == 1
        breaches = verify().breaches

    assert any(breach.startswith(named()) for breach in breaches), breaches


def test_another_working_group_given_by_an_act_verifies(term: Term, cast: Cast) -> None:
    assign_steward(term=term, by=cast.dora, steward=make_group("Andere"))

    assert verify().breaches == []


def test_after_redacting_a_source_an_explanation_and_a_rationale_everything_still_verifies(
    term: Term, cast: Cast
) -> None:
    source, explanation = first(Source), first(Explanation)
    names = {f"source {source.record_key()}"}

    redact(row=source, by=cast.admin, reason=RedactionReason.PERSONAL)
    redact(row=explanation, by=cast.admin, reason=RedactionReason.PERSONAL)
    redact_definition(text=DefinitionText(of("Zweiter"), "title"), by=cast.admin, reason="illegal")
    report = verify()

    assert report.breaches == []
    assert set(report.redacted) == names


def test_a_wording_whose_source_was_redacted_is_still_proved(term: Term, cast: Cast) -> None:
    source = first(Source)
    redact(row=source, by=cast.admin, reason=RedactionReason.ILLEGAL)

    with lifted():
        sql("UPDATE glossary_wording SET language = 'en' WHERE id = %s", source.wording_id)
        breaches = verify().breaches

    assert any(breach.startswith(f"wording {source.wording.key}: what was kept") for breach in breaches)


@pytest.mark.parametrize("source_first", [True, False])
def test_a_wording_and_its_source_are_redacted_in_either_order(
    term: Term, cast: Cast, source_first: bool
) -> None:
    source = first(Source)
    rows = [source, source.wording] if source_first else [source.wording, source]

    for row in rows:
        redact(row=row, by=cast.admin, reason=RedactionReason.ILLEGAL)

    assert verify().breaches == []


def test_a_source_emptied_without_a_record_is_no_redaction(term: Term) -> None:
    source = first(Source)

    with lifted():
        sql("UPDATE glossary_source SET csl = '{}', passage = '' WHERE id = %s", source.pk)
        breaches = verify().breaches

    assert f"wording {source.wording.key}: its content does not fit its digest" in breaches


def test_the_same_text_again_is_another_definition(term: Term, cast: Cast) -> None:
    propose_definition(term=term, by=cast.bob, organisation=cast.town, title="Noch einer", text="Ein Satz.")

    assert verify().ok
