"""From stored blocks to source HTML: escaped, with placeholders, headings with stable anchors."""

from wiki.text.excerpt import shortened
from wiki.text.markup import bullets, headings, paragraphs, source_html


def test_everything_but_rich_text_is_escaped() -> None:
    blocks = [
        {"type": "heading", "value": {"level": "2", "text": "A < B"}},
        {"type": "quote", "value": {"text": "<b>x</b>", "attribution": "<i>y</i>", "url": ""}},
        {"type": "note", "value": {"title": "<u>", "text": "<p>ok</p>"}},
        {
            "type": "links",
            "value": {"title": "", "items": [{"title": "<t>", "url": 'https://a/?b="c', "note": "<n>"}]},
        },
    ]

    html = source_html(blocks)

    assert "A &lt; B" in html
    assert "<b>" not in html
    assert "<i>" not in html
    assert "<u>" not in html
    assert "<p>ok</p>" in html
    assert 'href="https://a/?b=&quot;c"' in html


def test_list_items_are_read_in_both_stored_forms() -> None:
    bare = {"type": "steps", "value": {"title": "", "items": ["<p>eins</p>"]}}
    with_ids = {
        "type": "steps",
        "value": {"title": "", "items": [{"type": "item", "id": "1", "value": "<p>eins</p>"}]},
    }

    assert source_html([bare]) == source_html([with_ids])
    assert "<li>eins</li>" in source_html([bare])


def test_same_headings_get_different_anchors() -> None:
    block = {"type": "heading", "value": {"level": "2", "text": "Für Ämter"}}

    html = source_html([block, block])

    assert [row["anchor"] for row in headings(html)] == ["fuer-aemter", "fuer-aemter-2"]


def test_a_block_of_another_release_shows_nothing() -> None:
    assert source_html([{"type": "carousel", "value": {"x": 1}}]) == ""


def test_an_empty_picture_shows_nothing() -> None:
    assert source_html([{"type": "picture", "value": {"picture": None, "caption": "x"}}]) == ""


def test_blank_lines_make_paragraphs_and_single_ones_breaks() -> None:
    assert paragraphs("a\nb\r\n\r\nc <d>") == "<p>a<br>b</p><p>c &lt;d&gt;</p>"
    assert bullets([]) == ""


def test_texts_are_shortened_at_the_end_of_a_sentence_if_that_is_not_too_early() -> None:
    assert shortened("Ein Satz. Noch ein Satz.", 12) == "Ein Satz. …"
    assert shortened("Wort an Wort an Wort", 9) == "Wort an …"
    assert shortened("kurz", 10) == "kurz"
