"""The term page: what do we mean by this word."""

import re

from django.test import Client

from glossary.actions.definitions import withdraw_definition
from glossary.actions.drafts import save_draft
from glossary.actions.terms import add_relation, rename_term, retire_term, write_explanation
from glossary.data import LabelData
from glossary.models import Term
from glossary.phrases import long_moment
from glossary.queries import with_status
from glossary.standing import stage_of
from glossary.usage import UsedIn, register, unregister
from glossary.views.term import facts_of, term_rows
from tests.factories.glossary import (
    TEXT,
    announced_round,
    entry_v1,
    entry_v2,
    fresh,
    joint_draft,
    open_round,
    planned_round,
    proposed_definition,
    published,
    quoted_definition,
    stated_round,
    term_with_labels,
)


def text_of(url, client=None):
    response = (client or Client()).get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_first_screen_asks_what_we_mean_and_answers_with_the_agreed_wording(cast):
    entry = entry_v1(cast, answers={"youth": "objection"})

    page = text_of(entry.term.get_absolute_url())

    assert "Was meinen" in page
    assert "Menschen lernen mit, über und trotz digitaler Technik" in page
    assert (
        page.index("digitaler Technik") < page.index("Fassung 1") < page.index("Netzwerk Jugendhilfe Muster")
    )
    assert "2 von 3 Organisationen" in page


def test_dissent_is_shown_with_its_reason_beside_the_wording(cast):
    entry = entry_v1(cast, answers={"youth": "objection"})

    page = text_of(entry.term.get_absolute_url())

    assert "dissent-note" in page
    assert "führt in die Irre" in page


def test_without_agreement_the_explanation_says_it_is_not_negotiated(cast):
    term = term_with_labels(cast)
    write_explanation(term=term, by=cast.dora, text="Ein weites Feld.", csl={"title": "Handbuch"}, passage="")

    page = text_of(term.get_absolute_url())

    assert "Ein weites Feld." in page
    assert "not-negotiated" in page
    assert "Handbuch" in page


def test_agreed_wording_replaces_the_explanation(cast):
    entry = entry_v1(cast)
    write_explanation(term=entry.term, by=cast.dora, text="Ein weites Feld.", csl={}, passage="")

    page = text_of(entry.term.get_absolute_url())

    assert "Ein weites Feld." not in page


def test_definitions_stand_in_columns_joint_draft_first_and_quotations_last(cast):
    draft = joint_draft(cast)
    quoted_definition(cast, draft.term)

    page = text_of(draft.term.get_absolute_url())

    titles = ["Gemeinsamer Entwurf</h3>", "Lernen mit, über und trotz</h3>", "Aus dem Lehrbuch</h3>"]
    places = [page.index(title) for title in titles]
    assert places == sorted(places)
    assert "Muster" in page
    assert "S. 12" in page


def test_withdrawn_definition_leaves_the_columns_and_stays_reachable(cast):
    definition = proposed_definition(cast)
    withdraw_definition(definition=definition, by=cast.bob, expected_version=definition.version)

    page = text_of(definition.term.get_absolute_url())

    assert 'class="column"' not in page
    assert definition.get_absolute_url() in page


def test_old_address_leads_to_the_new_one_with_the_rest_of_the_address(cast):
    term = term_with_labels(cast)
    rename_term(term=term, by=cast.dora, slug="digitales-lernen")

    response = Client().get("/glossar/digitale-bildung/vergleich/?a=1&b=2")

    assert response.status_code == 301
    assert response["Cache-Control"] == "no-cache"
    assert response["Location"] == "/glossar/digitales-lernen/vergleich/?a=1&b=2"


def test_unknown_term_is_not_found(db):
    assert Client().get("/glossar/gibt-es-nicht/").status_code == 404


def test_retired_term_names_its_successor(cast):
    term, successor = term_with_labels(cast, "EDV-Bildung"), term_with_labels(cast)
    retire_term(term=term, by=cast.dora, reason="Veraltet.", successors=[successor])

    page = text_of(term.get_absolute_url())

    assert "Veraltet." in page
    assert successor.get_absolute_url() in page


def test_retired_term_says_so_first_and_that_nothing_else_is_to_come(cast):
    definition, successor = proposed_definition(cast), term_with_labels(cast, "Lernort")
    retire_term(term=definition.term, by=cast.dora, reason="Aufgeteilt.", successors=[successor])

    page = text_of(definition.term.get_absolute_url())

    assert page.index("Stillgelegt am") < page.index(successor.get_absolute_url()) < page.index("Aufgeteilt.")
    assert "Noch nicht vereinbart" not in page
    assert "Noch nicht vereinbart" in text_of(successor.get_absolute_url())
    assert 'id="stand"' not in page
    assert 'href="#stand"' not in page


def test_retired_term_without_definitions_asks_for_none(cast):
    term = term_with_labels(cast)
    before = text_of(term.get_absolute_url())
    retire_term(term=term, by=cast.dora, reason="Weg.")

    page = text_of(term.get_absolute_url())

    assert "Noch niemand hat eine Definition eingebracht." in before
    assert "Noch niemand hat eine Definition eingebracht." not in page
    assert "#definitionen" not in page


def test_first_line_says_how_far_it_has_come_where_nothing_is_agreed(cast):
    alone = proposed_definition(cast, term_with_labels(cast, "Lernort", steward=None))
    negotiated = proposed_definition(cast)
    carried = stated_round(cast, proposed_definition(cast, term_with_labels(cast, "Endgerät")))

    assert "Vorschläge liegen vor" in text_of(alone.term.get_absolute_url())
    assert "Wird ausgehandelt" in text_of(negotiated.term.get_absolute_url())
    page = text_of(carried.term.get_absolute_url())
    assert "Vereinbart, noch nicht veröffentlicht" in page
    assert "Noch nicht vereinbart" not in page


def test_labels_and_relations_are_shown_inflected_forms_are_not(cast):
    labels = [
        LabelData(text="Digitalbildung", status="deprecated", note="zu technisch"),
        LabelData(text="digitaler Bildung", status="admitted", type="inflected"),
    ]
    term, broader = term_with_labels(cast, "digitale Bildung", *labels), term_with_labels(cast, "Bildung")
    add_relation(term=term, by=cast.dora, kind="broader", target=broader)

    page, other = text_of(term.get_absolute_url()), text_of(broader.get_absolute_url())

    assert "Digitalbildung" in page
    assert "zu technisch" in page
    assert "digitaler Bildung<" not in page
    assert f'href="{broader.get_absolute_url()}"' in page
    assert f'href="{term.get_absolute_url()}"' in other


def test_up_to_three_uses_stand_on_the_first_screen(cast):
    term = term_with_labels(cast)
    uses = [UsedIn(title=f"Leitfaden {n}", url=f"/leitfaeden/{n}/", kind="Leitfaden") for n in range(5)]
    provider = register(lambda asked: uses if asked.pk == term.pk else [])

    try:
        page = text_of(term.get_absolute_url())
    finally:
        unregister(provider)

    first_screen = page[: page.index('id="stand"')]
    assert "Leitfaden 2" in first_screen
    assert "Leitfaden 3" not in first_screen
    assert "Leitfaden 4" in page


def test_a_word_used_everywhere_names_twelve_pages_and_leads_to_the_search(cast):
    term = term_with_labels(cast)
    uses = [UsedIn(title=f"Leitfaden {n}.", url=f"/leitfaeden/{n}/") for n in range(13)]
    provider = register(lambda asked: uses)

    try:
        page = text_of(term.get_absolute_url())
    finally:
        unregister(provider)

    assert "Leitfaden 11." in page
    assert "Leitfaden 12." not in page
    assert 'href="/suche/?q=digitale%20Bildung"' in page


def test_definitions_are_folded_once_something_is_agreed_and_open_before(cast):
    definition = proposed_definition(cast)
    before = text_of(definition.term.get_absolute_url())
    agreed = text_of(entry_v1(cast, term_with_labels(cast, "Lernort")).term.get_absolute_url())

    assert re.findall(r"<details class=\"column[^>]*>", before) == ['<details class="column" data-wide open>']
    assert re.findall(r"<details class=\"column[^>]*>", agreed) == [
        '<details class="column column--agreed" data-wide>'
    ]


def test_the_page_and_the_lists_agree_on_the_status_of_every_kind_of_term(cast):
    quoted_definition(cast, term_with_labels(cast, "Nur zitiert"))
    proposed_definition(cast, term_with_labels(cast, "Ausgehandelt"))
    entry_v1(cast, term_with_labels(cast, "Vereinbart"))
    entry_v1(cast, term_with_labels(cast, "Mit Sondervotum"), answers={"youth": "objection"})
    retire_term(term=term_with_labels(cast, "Weg"), by=cast.dora, reason="x")

    for term in with_status(Term.objects.all()):
        assert stage_of(facts_of(term, term_rows(term))) == term.stage, term.slug


def test_members_see_their_draft_and_others_do_not(cast, as_user):
    term = term_with_labels(cast)
    save_draft(by=cast.erik, kind="definition", organisation=cast.town, term=term, content={"text": "halb"})

    own = text_of(term.get_absolute_url(), as_user(cast.bob))
    foreign = text_of(term.get_absolute_url(), as_user(cast.kaya))

    assert "entwurf=" in own
    assert "entwurf=" not in foreign


def test_planned_round_is_shown_to_members_only(cast, as_user):
    round = planned_round(cast)

    assert round.get_absolute_url() in text_of(round.term.get_absolute_url(), as_user(cast.fatma))
    assert round.get_absolute_url() not in text_of(round.term.get_absolute_url())


def test_open_round_is_shown_with_the_number_of_answers(cast):
    round = open_round(cast)

    page = text_of(round.term.get_absolute_url())

    assert round.get_absolute_url() in page
    assert "0 von 3" in page


def test_announced_round_that_has_not_begun_says_when_it_begins(cast):
    round = announced_round(cast)

    page = text_of(round.term.get_absolute_url())

    assert f"beginnt am {long_moment(round.opens_at)}" in page
    assert "Zur Runde" in page
    assert "0 von 3" not in page
    assert "noch 1" not in page


def test_agreed_wording_that_waits_for_publication_says_so(cast):
    round = stated_round(cast)

    page = text_of(round.term.get_absolute_url())

    assert "noch nicht veröffentlicht" in page
    assert "noch nicht veröffentlicht" not in text_of(published(cast, round).term.get_absolute_url())


def test_second_version_replaces_the_first_on_the_page(cast):
    entry = entry_v2(cast)

    page = text_of(entry.term.get_absolute_url())

    first_screen = page[: page.index('id="stand"')]
    assert "Fassung 2" in first_screen
    assert TEXT.split("\n")[0] not in first_screen
    assert fresh(entry.term).slug in page
