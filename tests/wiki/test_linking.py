"""Terms in finished HTML: which occurrence becomes a link, and where none does."""

import pytest

from glossary.text.finder import Finder, FinderLabel
from wiki.text.linking import Linker

LABELS = [
    FinderLabel("bildung", "digitale Bildung"),
    FinderLabel("plan", "Medienentwicklungsplan"),
    FinderLabel("pakt", "DigitalPakt"),
    FinderLabel("oer", "OER", "abbreviation"),
    FinderLabel("ganztag", "Ganztag"),
]
FINDER = Finder(LABELS)
ADDRESSES = {"digitale-bildung": "bildung", "edv": "bildung"}


def linked(html: str) -> list[tuple[str, str]]:
    """(term, linked words) of every link to a term, in order."""
    found = Linker(FINDER, ADDRESSES).link(html)
    return [
        (piece.split('"')[0], piece.split(">", 1)[1].split("</a>")[0])
        for piece in found.split('<a class="term" href="term:')[1:]
    ]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Wegen der digitalen Bildung.</p>", [("bildung", "digitalen Bildung")]),
        ("<p>Digitale Bildung beginnt früh.</p>", [("bildung", "Digitale Bildung")]),
        ("<p>Zwei Medienentwicklungspläne.</p>", [("plan", "Medienentwicklungspläne")]),
        ("<p>Des Medien-Entwicklungsplans.</p>", [("plan", "Medien-Entwicklungsplans")]),
        ("<p>Die DigitalPakt-Mittel fließen.</p>", [("pakt", "DigitalPakt")]),
        ("<p>Offenes Material (OER) hilft, oer nicht.</p>", [("oer", "OER")]),
        ("<p>Im Ganztag, am Ganztag.</p>", [("ganztag", "Ganztag")]),
        ("<ul><li>Der <b>Ganztag</b> zählt.</li></ul>", [("ganztag", "Ganztag")]),
        ("<p>Q&amp;A zur digitalen Bildung &lt;hier&gt;</p>", [("bildung", "digitalen Bildung")]),
        ("<p>Bildung ist digital.</p>", []),
        ("<p>Ganztagsschulen sind etwas anderes.</p>", []),
        ("<p>Siehe https://ganztag.example/Ganztag</p>", []),
    ],
)
def test_german_forms_are_linked(html: str, expected: list[tuple[str, str]]) -> None:
    assert linked(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Ganztag</h2>",
        "<h3>Im <i>Ganztag</i></h3>",
        '<p><a href="https://example.org/">Ganztag</a></p>',
        "<p><code>Ganztag</code></p>",
        "<figure><blockquote><p>Ganztag</p></blockquote><figcaption>Bericht zum Ganztag</figcaption></figure>",
        "<p><q>Ganztag</q></p>",
        '<p class="block-title">Ganztag</p>',
        '<p title="Ganztag">Nichts.</p>',
        '<p title="a > Ganztag">Nichts.</p>',
    ],
)
def test_headings_links_code_quotations_and_attributes_are_left_alone(html: str) -> None:
    linker = Linker(FINDER, ADDRESSES)

    assert linker.link(html) == html
    assert not linker.counts


def test_after_a_quotation_terms_are_linked_again() -> None:
    html = "<blockquote><p>Ganztag</p></blockquote><p>Ganztag</p>"

    assert linked(html) == [("ganztag", "Ganztag")]


def test_only_the_first_occurrence_is_linked_and_all_are_counted() -> None:
    linker = Linker(FINDER, ADDRESSES)

    first = linker.link("<p>Ganztag und Ganztag.</p>")
    second = linker.link("<p>Noch einmal Ganztag.</p>")

    assert first.count("<a ") == 1
    assert second.count("<a ") == 0
    assert linker.counts["ganztag"] == 3


def test_a_link_set_by_hand_is_marked_and_counts_as_the_first() -> None:
    linker = Linker(FINDER, ADDRESSES)

    html = linker.link('<p>Die <a href="/glossar/digitale-bildung/">Fassung</a> zur digitalen Bildung.</p>')

    assert html.count('href="term:bildung"') == 1
    assert linker.counts["bildung"] == 2


def test_a_former_address_leads_to_the_same_term() -> None:
    assert linked('<p><a href="/glossar/edv/">EDV</a></p>') == [("bildung", "EDV")]


def test_a_link_to_an_unknown_term_stays_as_it_is() -> None:
    html = '<p><a href="/glossar/unbekannt/">x</a></p>'

    assert Linker(FINDER, ADDRESSES).link(html) == html


def test_text_is_escaped_exactly_as_before() -> None:
    html = "<p>A &amp; B &lt;script&gt; im Ganztag &amp; danach</p>"

    found = Linker(FINDER, ADDRESSES).link(html)

    assert found.startswith("<p>A &amp; B &lt;script&gt; im <a ")
    assert found.endswith("</a> &amp; danach</p>")
