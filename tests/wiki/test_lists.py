"""Lists: filters stay in the address, chips take them away, drafts and restricted pages never show."""

import pytest
from django.test import Client

from tests.factories.cast import Cast
from tests.wiki.conftest import make_guide, make_practice, restrict
from wiki.actions.vocabularies import ensure_word
from wiki.listing import PER_PAGE, listing
from wiki.models import FieldOfAction, PracticeIndexPage


def titles(query: dict[str, str]) -> list[str]:
    found = listing(PracticeIndexPage.objects.get(), query)
    return sorted(page.title for page in found.page_obj)


@pytest.fixture
def practices(cast: Cast) -> None:
    field = ensure_word(kind=FieldOfAction, name="Jugendarbeit", by=cast.dora)
    make_practice(cast, "Bus", fields_of_action=[field], format="onsite", target_groups=["Kinder"])
    make_practice(cast, "Wand", fields_of_action=[field], format="hybrid", state="ended")
    make_practice(cast, "Reihe", format="digital", state="ended")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["Bus", "Reihe", "Wand"]),
        ({"feld": "jugendarbeit"}, ["Bus", "Wand"]),
        ({"zielgruppe": "kinder"}, ["Bus"]),
        ({"stand": "ended"}, ["Reihe", "Wand"]),
        ({"format": "digital"}, ["Reihe"]),
        ({"feld": "jugendarbeit", "stand": "ended"}, ["Wand"]),
        ({"feld": "jugendarbeit", "format": "digital"}, []),
        ({"feld": "unbekannt", "stand": "' OR 1=1"}, ["Bus", "Reihe", "Wand"]),
    ],
)
def test_filters_narrow_together_and_unknown_values_are_left_out(
    practices: None, query: dict[str, str], expected: list[str]
) -> None:
    assert titles(query) == expected


def test_each_chip_takes_away_one_filter_and_keeps_the_others(practices: None) -> None:
    found = listing(
        PracticeIndexPage.objects.get(), {"stand": "ended", "format": "digital", "sortierung": "titel"}
    )

    assert [chip["remove_url"] for chip in found.chips] == [
        "?format=digital&sortierung=titel",
        "?stand=ended&sortierung=titel",
    ]


def test_the_address_holds_the_filter_and_names_the_list_without_it(practices: None, client: Client) -> None:
    html = client.get("/praxis/?stand=ended").content.decode()

    assert '<option value="ended" selected>' in html
    assert 'rel="canonical" href="http://testserver/praxis/"' in html
    assert "2 Praxisbeispiele" in html


def test_only_words_in_use_are_offered(practices: None, cast: Cast) -> None:
    ensure_word(kind=FieldOfAction, name="Ungenutzt", by=cast.dora)

    fields = listing(PracticeIndexPage.objects.get(), {}).filters[0]

    assert [label for _value, label in fields.options] == ["Jugendarbeit"]


@pytest.mark.parametrize("page", ["0", "-1", "99", "x"])
def test_a_page_that_does_not_exist_shows_one_that_does(practices: None, client: Client, page: str) -> None:
    assert client.get("/praxis/", {"page": page}).status_code == 200


def test_an_empty_list_says_so(db: None, client: Client) -> None:
    assert "Hier steht noch nichts" in client.get("/praxis/").content.decode()


def test_nothing_found_offers_all(practices: None, client: Client) -> None:
    html = client.get("/praxis/?feld=jugendarbeit&format=digital").content.decode()

    assert "Zu dieser Auswahl gibt es nichts" in html


@pytest.mark.parametrize("address", ["/leitfaeden/", "/leitfaeden/offen/"])
@pytest.mark.parametrize("hide", ["draft", "restrict"])
def test_hidden_pages_show_in_no_list_and_beside_no_page(
    cast: Cast, client: Client, address: str, hide: str
) -> None:
    make_guide(cast, title="Offen", tags=["Gremien"])
    hidden = make_guide(cast, title="Geheim", tags=["Gremien"], publish=hide != "draft")
    if hide == "restrict":
        restrict(hidden)

    html = client.get(address).content.decode()

    assert "Offen" in html
    assert "Geheim" not in html


def test_control_without_hiding_both_show(cast: Cast, client: Client) -> None:
    make_guide(cast, title="Offen", tags=["Gremien"])
    make_guide(cast, title="Geheim", tags=["Gremien"])

    assert "Geheim" in client.get("/leitfaeden/").content.decode()
    assert "Geheim" in client.get("/leitfaeden/offen/").content.decode()


def test_archived_pages_leave_the_lists_and_stay_readable(cast: Cast, client: Client) -> None:
    page = make_guide(cast, title="Alt", archived_on="2026-01-01")

    html = client.get(page.url).content.decode()

    assert "Archiviert" in html
    assert 'content="noindex"' in html
    assert "Alt" not in client.get("/leitfaeden/").content.decode()


def test_long_lists_have_pages(cast: Cast, client: Client) -> None:
    for number in range(PER_PAGE + 1):
        make_guide(cast, title=f"Leitfaden {number:02d}")

    second = client.get("/leitfaeden/?sortierung=titel&page=2").content.decode()

    assert "Leitfaden 20" in second
    assert "Leitfaden 19" not in second
