"""The text pipeline with the database: rows, tooltips, the index of uses, and what makes them anew."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from glossary.actions.labels import add_label
from glossary.actions.terms import rename_term
from glossary.data import LabelData
from glossary.linking import labels_state
from glossary.models import Term
from glossary.usage import used_in
from tests.factories.cast import Cast
from tests.factories.glossary import entry_v1, entry_v2, fresh, term_with_labels
from tests.wiki.conftest import make_guide, make_picture, restrict, text
from wiki.actions.pages import publish_page, unpublish_page
from wiki.actions.texts import rerender_texts, rerender_what_is_due
from wiki.models import GuidePage, Picture, RenderedBody, TermUse
from wiki.reading import newer_wordings, term_tooltips
from wiki.rendering import render, rendered

NAMED = "<p>Was digitale Bildung heißt. Zur digitalen Bildung.</p>"


def row_of(page: GuidePage) -> RenderedBody:
    return RenderedBody.objects.get(digest=page.text_source().digest(labels_state()))


def test_publishing_stores_the_rendered_text(cast: Cast, term: Term) -> None:
    page = make_guide(cast, html=NAMED)

    row = RenderedBody.objects.get()

    assert f'href="/glossar/{term.slug}/"' in row.parts["body"]
    assert row.terms == [[term.key, 2]]
    assert rendered(page.text_source()).parts == row.parts


def test_a_draft_stores_nothing_and_is_rendered_the_same_way(cast: Cast, term: Term) -> None:
    page = make_guide(cast, html=NAMED, publish=False)

    assert not RenderedBody.objects.exists()
    assert not TermUse.objects.exists()
    assert "begriff-" in rendered(page.text_source()).html()


def test_reading_with_a_missing_row_computes_and_writes_nothing(cast: Cast, term: Term) -> None:
    page = make_guide(cast, html=NAMED)
    RenderedBody.objects.all().delete()

    found = rendered(page.text_source())

    assert found.terms == [(term.key, 2)]
    assert not RenderedBody.objects.exists()


def test_words_on_an_english_page_are_found_in_english(cast: Cast, term: Term) -> None:
    add_label(
        term=term, by=cast.dora, label=LabelData(text="digital education", language="en", status="preferred")
    )

    page = make_guide(cast, title="A guide", html="<p>On digital education.</p>", language="en")

    assert rendered(page.text_source()).term_keys == [term.key]


def test_own_addresses_on_english_pages_keep_the_reader_in_english(cast: Cast, term: Term) -> None:
    html = '<p>digitale Bildung <a href="/praxis/">p</a> <a href="/media/x.pdf">m</a> <a href="https://a.example/">e</a></p>'
    page = make_guide(cast, html=html)

    from_english = _in_english(page)

    assert f'href="/en/glossar/{term.slug}/"' in from_english
    assert 'href="/en/praxis/"' in from_english
    assert 'href="/media/x.pdf"' in from_english
    assert 'href="https://a.example/"' in from_english


def _in_english(page: GuidePage) -> str:
    with translation.override("en"):
        return rendered(page.text_source()).html()


def test_a_new_word_is_linked_in_texts_that_are_already_published(cast: Cast, term: Term) -> None:
    page = make_guide(cast, html="<p>Was E-Learning heißt.</p>")

    add_label(term=term, by=cast.dora, label=LabelData(text="E-Learning", status="admitted"))
    at_once = rendered(page.text_source()).term_keys
    rerender_what_is_due()

    assert at_once == [term.key]
    assert TermUse.objects.get(page=page).term_key == term.key
    assert row_of(page).terms == [[term.key, 1]]


def test_a_renamed_term_is_linked_under_its_new_address(cast: Cast, term: Term) -> None:
    page = make_guide(cast, html=NAMED)

    rename_term(term=term, by=cast.dora, slug="digital-bilden")
    rerender_what_is_due()

    assert 'href="/glossar/digital-bilden/"' in row_of(page).parts["body"]


def test_rendering_again_without_a_change_does_nothing(cast: Cast, term: Term) -> None:
    make_guide(cast, html=NAMED)
    rerender_texts()

    assert rerender_texts() == 0
    assert rerender_texts(force=True) >= 1


def test_a_moved_page_is_linked_under_its_new_address(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    target = make_guide(cast, title="Ziel")
    page = make_guide(cast, html=f'<p><a linktype="page" id="{target.pk}">Ziel</a></p>')

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        target.slug = "anderswo"
        publish_page(page=target, by=cast.dora)

    assert 'href="/leitfaeden/anderswo/"' in rendered(page.text_source()).html()


def test_pictures_get_their_fixed_sizes_on_publish_and_none_while_read(cast: Cast) -> None:
    picture = make_picture()

    page = make_guide(cast, body=[{"type": "picture", "value": {"picture": picture.pk, "caption": "Wir"}}])
    made = picture.renditions.count()
    html = rendered(page.text_source()).html()

    assert made == 4
    assert 'alt="Ein Tisch mit sechs Stühlen."' in html
    assert html.count("480w") == 1
    assert picture.renditions.count() == made


def test_another_text_alternative_reaches_published_pages(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    picture = make_picture()
    page = make_guide(cast, body=[{"type": "picture", "value": {"picture": picture.pk, "caption": ""}}])

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        picture = Picture.objects.get(pk=picture.pk)
        picture.description = "Ein runder Tisch."
        picture.save()

    assert 'alt="Ein runder Tisch."' in rendered(page.text_source()).html()


def test_a_preview_shows_a_picture_without_making_sizes(cast: Cast) -> None:
    picture = make_picture()
    page = make_guide(
        cast, body=[{"type": "picture", "value": {"picture": picture.pk, "caption": ""}}], publish=False
    )

    html = render(page.text_source()).html()

    assert picture.file.url in html
    assert picture.renditions.count() == 0


# ---- tooltips


def test_the_tooltip_says_what_was_agreed(cast: Cast) -> None:
    entry = entry_v1(cast)
    page = make_guide(cast, html=NAMED)

    tip = term_tooltips(rendered(page.text_source()).term_keys, "de")[entry.term.key]

    assert tip.kind == "agreed"
    assert tip.number == 1
    assert tip.text.startswith("Digitale Bildung heißt")
    assert "Anmerkung" not in tip.text


# ---- the index of uses


def test_a_page_remembers_the_wording_it_was_written_against(cast: Cast) -> None:
    entry = entry_v1(cast)

    page = make_guide(cast, html=NAMED, checked_on=timezone.localdate())

    assert TermUse.objects.get(page=page).entry_number == entry.number


def test_a_page_checked_before_anything_was_agreed_remembers_no_wording(cast: Cast) -> None:
    entry_v1(cast)

    page = make_guide(cast, html=NAMED, checked_on=date(2020, 1, 1))

    assert TermUse.objects.get(page=page).entry_number is None


def test_a_newer_wording_is_told_beside_the_text(cast: Cast) -> None:
    first = entry_v1(cast)
    page = make_guide(cast, html=NAMED, checked_on=timezone.localdate())
    found = term_tooltips(rendered(page.text_source()).term_keys, "de")
    nothing_yet = newer_wordings(page, found)

    second = entry_v2(cast, first, valid_from=timezone.localdate())
    newer = newer_wordings(page, term_tooltips(rendered(page.text_source()).term_keys, "de"))

    assert nothing_yet == []
    assert [(row.written, row.number) for row in newer] == [(first.number, second.number)]


def test_terms_the_page_is_about_are_uses_without_occurrence(cast: Cast, term: Term) -> None:
    page = make_guide(cast, html="<p>Nichts.</p>", terms=[term])

    assert TermUse.objects.get(page=page).count == 0


def test_a_term_taken_out_of_the_text_is_no_longer_used(cast: Cast, term: Term) -> None:
    page = make_guide(cast, html=NAMED)

    page.body = text("<p>Nichts mehr.</p>")
    publish_page(page=page, by=cast.dora)

    assert not TermUse.objects.exists()


def test_the_term_knows_the_pages_that_use_it(cast: Cast, term: Term) -> None:
    make_guide(cast, title="Nutzt ihn", html=NAMED)
    make_guide(cast, title="Nutzt ihn nicht")

    found = [use for use in used_in(term) if use.title.startswith("Nutzt")]

    assert [(use.title, use.url) for use in found] == [("Nutzt ihn", "/leitfaeden/nutzt-ihn/")]


@pytest.mark.parametrize("hide", ["unpublish", "restrict", "draft"])
def test_the_term_never_names_a_page_not_everybody_may_read(cast: Cast, term: Term, hide: str) -> None:
    page = make_guide(cast, html=NAMED, publish=hide != "draft")

    if hide == "unpublish":
        unpublish_page(page=page, by=cast.dora)
    elif hide == "restrict":
        restrict(page)

    assert used_in(term) == []


def test_an_unsaved_change_of_a_published_page_is_not_in_the_index(cast: Cast, term: Term) -> None:
    page = make_guide(cast, html="<p>Nichts.</p>")

    page.body = text(NAMED)
    page.save_revision(user=cast.dora)

    assert not TermUse.objects.exists()


def test_two_hundred_occurrences_are_one_use(cast: Cast, term: Term) -> None:
    page = make_guide(cast, html="<p>" + "digitale Bildung " * 200 + "</p>")

    use = TermUse.objects.get(page=page)

    assert use.count == 200
    assert rendered(page.text_source()).html().count("begriff-") == 1


def test_the_text_is_rendered_anew_when_a_second_term_gets_the_word(cast: Cast, term: Term) -> None:
    page = make_guide(cast, html=NAMED)

    term_with_labels(cast, "digitale Bildung", slug="digitale-bildung-zwei", qualifier="Schule")
    rerender_what_is_due()

    assert rendered(page.text_source()).terms == []
    assert fresh(page).term_uses.count() == 0


def test_the_day_before_yesterday_does_not_know_todays_wording(cast: Cast) -> None:
    entry_v1(cast)
    before = timezone.localdate() - timedelta(days=800)

    page = make_guide(cast, html=NAMED, checked_on=before)

    assert TermUse.objects.get(page=page).entry_number is None
