"""Plain text in, safe HTML out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discussion.text import MAX_LENGTH, as_html, normalise
from record.errors import Invalid


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "\u202e"])
def test_empty_text_is_refused(text):
    with pytest.raises(Invalid):
        normalise(text)


def test_length_limit_is_exact():
    assert len(normalise("a" * MAX_LENGTH)) == MAX_LENGTH
    with pytest.raises(Invalid):
        normalise("a" * (MAX_LENGTH + 1))


def test_bidi_overrides_and_controls_are_dropped():
    assert normalise("a\u202eb\x00c\r\nd") == "abc\nd"


def test_addresses_become_links_without_the_full_stop():
    html = as_html("Siehe https://example.org/a?b=1&c=2.")

    assert html == (
        'Siehe <a href="https://example.org/a?b=1&amp;c=2" rel="nofollow ugc noopener">'
        "https://example.org/a?b=1&amp;c=2</a>."
    )


def test_closing_bracket_belongs_to_the_sentence_unless_it_opened_in_the_address():
    assert 'href="https://example.org/a"' in as_html("(https://example.org/a)")
    assert 'href="https://example.org/a_(b)"' in as_html("https://example.org/a_(b)")


@pytest.mark.parametrize(
    "text",
    ["javascript:alert(1)", "<script>alert(1)</script>", '<a href="x">', "data:text/html,x", "https://"],
)
def test_nothing_else_becomes_markup(text):
    html = as_html(text)

    assert "<a" not in html
    assert "<script" not in html


@given(st.text())
def test_no_text_breaks_out(text):
    html = as_html(f'x https://example.org/"{text}')

    assert html.count("<") == html.count(">")
    assert "<script" not in html.lower()
