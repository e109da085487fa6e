"""The home page's lists."""

from typing import Any

import pytest
from django.test import Client

from glossary.actions.support import declare_support
from home.front import agreed, first_sentence
from tests.factories.cast import Cast
from tests.factories.glossary import entry_v1, term_with_labels


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Ein Satz. Noch einer.", "Ein Satz."),
        ("Geräte, z. B. Tablets, gehören dazu. Mehr nicht.", "Geräte, z. B. Tablets, gehören dazu."),
        ("Ohne Punkt", "Ohne Punkt"),
        ("Erster Absatz.\n\nZweiter.", "Erster Absatz."),
        ("Am 3. März begann es. Dann mehr.", "Am 3. März begann es."),
    ],
)
def test_a_list_shows_one_whole_sentence(text: str, sentence: str) -> None:
    assert first_sentence(text) == sentence


def test_an_agreed_wording_names_its_dissent_in_word_icon_and_number(cast: Cast) -> None:
    entry_v1(cast, term_with_labels(cast, "Lernort"))
    entry_v1(cast, answers={"youth": "objection"})

    page = Client().get("/").content.decode()

    assert "Vereinbart mit Sondervotum" in page
    assert "vereinbart von 2 von 3 Organisationen · 1 Sondervotum" in page
    assert "vereinbart von 3 von 3 Organisationen<" in page
    assert "#check-split" in page


def test_a_withdrawn_dissent_is_not_counted_on_the_home_page(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    entry = entry_v1(cast, answers={"youth": "objection"})
    declare_support(entry=entry, by=cast.mio, organisation=cast.youth, kind="withdraws_dissent")

    with django_assert_num_queries(1):
        found = agreed()

    assert [item.status.icon for item in found] == ["check-circle"]
    assert "Sondervotum" not in found[0].status.detail
