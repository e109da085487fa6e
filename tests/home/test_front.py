"""The home page's lists."""

import pytest

from home.front import first_sentence


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
