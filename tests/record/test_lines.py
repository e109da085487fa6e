"""Lines without characters nobody sees: one rule, in forms and in actions."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from glossary.actions.definitions import edit_definition
from glossary.actions.terms import create_term
from glossary.data import LabelData, SourceData
from glossary.forms.definitions import EditForm
from people.actions.accounts import change_account
from people.actions.groups import create_group
from people.actions.organisations import create_organisation
from people.forms import AccountForm
from people.viewsets.forms import OrganisationForm
from record.errors import Invalid
from record.lines import LineField, hidden_character
from tests.factories.cast import Cast
from tests.factories.glossary import planned_round, proposed_definition
from wiki.models import GuidePage, Link

# Reads "Stadt gnutlaW" in a browser.
BIDI = "Stadt \u202eWaltung"


@pytest.mark.parametrize(
    "character", ["\x00", "\x1b", "\n", "\x7f", "\x85", "\u200b", "\u200f", "\u202e", "\u2066", "\ufeff"]
)
def test_controls_bidi_and_zero_width_characters_are_named(character: str) -> None:
    assert hidden_character(f"a{character}b") == f"U+{ord(character):04X}"


@pytest.mark.parametrize(
    "text", ["", "Größe „à la carte“ – 5 %", "نص", "Schü\u00adler", "👩\u200d🏫", "می\u200cخواهم"]
)
def test_what_people_write_is_left_alone(text: str) -> None:
    assert hidden_character(text) == ""
    assert LineField(required=False).clean(text) == text


ACTIONS: dict[str, Callable[[Cast], Any]] = {
    "title": lambda c: proposed_definition(c, title=BIDI),
    "title edited": lambda c: edit_definition(
        definition=proposed_definition(c), by=c.bob, title=BIDI, rationale="", expected_version=1
    ),
    "question": lambda c: planned_round(c, question=BIDI),
    "qualifier": lambda c: create_term(by=c.dora, labels=[LabelData(text="Kurs")], qualifier=BIDI),
    "note of a word": lambda c: create_term(by=c.dora, labels=[LabelData(text="Kurs", note=BIDI)]),
    "source": lambda c: proposed_definition(c, sources=[SourceData(csl={"title": BIDI})]),
    "author of a source": lambda c: proposed_definition(
        c, sources=[SourceData(csl={"title": "x", "author": [{"family": BIDI}]})]
    ),
    "organisation": lambda c: create_organisation(
        by=c.dora, name=BIDI, short_name="W", kind="network", mailbox="w@w.example"
    ),
    "working group": lambda c: create_group(by=c.dora, name=BIDI),
    "display name": lambda c: change_account(
        user=c.bob, by=c.bob, first_name="Bob", last_name="B", display_name=BIDI, language="de"
    ),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("what", ACTIONS)
def test_actions_refuse_them_and_say_which(cast: Cast, what: str) -> None:
    with pytest.raises(Invalid) as refusal:
        ACTIONS[what](cast)

    assert "U+202E" in str(refusal.value)
    assert refusal.value.field


@pytest.mark.django_db
def test_the_same_acts_go_through_without_it(cast: Cast) -> None:
    assert proposed_definition(cast, title=BIDI.replace("\u202e", "")).title == "Stadt Waltung"


def test_forms_refuse_them_beside_the_field() -> None:
    form = EditForm({"title": BIDI, "rationale": "", "version": 1})

    assert not form.is_valid()
    assert "unsichtbares Zeichen (U+202E)" in form.errors["title"][0]


@pytest.mark.django_db
def test_forms_made_from_tables_refuse_them(cast: Cast) -> None:
    organisation = OrganisationForm(
        {"name": BIDI, "short_name": "W", "kind": "network", "mailbox": "w@w.example"}
    )
    account = AccountForm({"first_name": BIDI, "last_name": "B", "language": "de"}, instance=cast.bob)

    assert "U+202E" in organisation.errors["name"][0]
    assert "U+202E" in account.errors["first_name"][0]


@pytest.mark.django_db
@pytest.mark.parametrize("model", [GuidePage, Link])
def test_pages_and_links_refuse_them(model: Any) -> None:
    with pytest.raises(ValidationError) as refusal:
        model(title=BIDI).clean_fields()

    assert "U+202E" in str(refusal.value.message_dict["title"])


@pytest.mark.django_db
def test_a_refused_title_stands_in_the_form_with_its_reason(cast: Cast) -> None:
    definition = proposed_definition(cast)
    client = Client()
    client.force_login(cast.bob)
    url = reverse("glossary:definition_edit", kwargs={"slug": definition.term.slug, "key": definition.key})

    answer = client.post(url, {"title": BIDI, "rationale": "Gut überlegt.", "version": 1})

    assert answer.status_code == 422
    assert "unsichtbares Zeichen" in answer.content.decode()
    assert "Gut überlegt." in answer.content.decode()
