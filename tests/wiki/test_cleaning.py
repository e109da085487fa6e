"""Outside HTML loses everything rich text cannot hold, and keeps its words."""

import pytest

from record.errors import Invalid
from wiki.actions.bodies import body_from
from wiki.cleaning import clean_rich_text, clean_text


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("<p>ok</p><script>alert(1)</script>", "<p>ok</p>"),
        ('<p onclick="x()" style="color:red" class="y">ok</p>', "<p>ok</p>"),
        ('<p><a href="javascript:alert(1)">x</a></p>', "<p><a>x</a></p>"),
        ('<p><a href="//evil.example/">x</a></p>', "<p><a>x</a></p>"),
        ('<p><a href="/glossar/x/">x</a></p>', '<p><a href="/glossar/x/">x</a></p>'),
        ('<p><a linktype="page" id="7">x</a></p>', '<p><a linktype="page" id="7">x</a></p>'),
        ('<p><a linktype="evil" id="x">x</a></p>', "<p><a>x</a></p>"),
        ("<p><strong>a</strong> <em>b</em></p>", "<p><b>a</b> <i>b</i></p>"),
        ('<p>a<img src="x" onerror="y">b</p>', "<p>ab</p>"),
        ('<figure data-picture="1">x</figure>', "x"),
        ("<iframe src='https://x'></iframe><p></p><p>a</p>", "<p>a</p>"),
        ("<h2>Titel</h2>", "Titel"),
    ],
)
def test_only_what_rich_text_holds_remains(dirty: str, clean: str) -> None:
    assert clean_rich_text(dirty) == clean


def test_characters_that_hide_or_reverse_writing_are_removed() -> None:
    assert clean_text("Bil\u00addung\u202e x\u200b") == "Bildung x"


def test_bodies_are_cleaned_on_the_way_in() -> None:
    body = body_from(
        [
            {"type": "text", "html": "<p>a<script>x</script></p>"},
            {"type": "steps", "title": "", "items": ["<b onclick='x'>b</b>", "<script>x</script>"]},
            {"type": "note", "title": "t", "html": "<p style='x'>c</p>"},
        ]
    )

    assert body[0]["value"] == "<p>a</p>"
    assert body[1]["value"]["items"] == ["<b>b</b>"]
    assert body[2]["value"]["text"] == "<p>c</p>"


@pytest.mark.parametrize(
    "block", [{"type": "unknown"}, {"type": "text"}, {"type": "image", "picture": "missing"}]
)
def test_an_unknown_or_incomplete_block_is_refused(block: dict[str, str]) -> None:
    with pytest.raises(Invalid, match="block"):
        body_from([block])
