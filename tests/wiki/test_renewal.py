"""What is done for published texts when something they show changes: at once for few pages, else by the tick."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from glossary.actions.labels import add_label
from glossary.data import LabelData
from glossary.models import Term
from home.models import ContentPage
from tests.factories.cast import Cast
from tests.wiki.conftest import image_file, make_guide, make_picture, text
from wiki import listeners
from wiki.actions.pages import publish_page, unpublish_page
from wiki.actions.texts import mark_due, rerender_due, rerender_what_is_due
from wiki.models import Attachment, GuidePage, KnowledgePage, Picture, RenderedBody, TextsDue
from wiki.rendering import rendered

Committed = Callable[[], AbstractContextManager[Any]]


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Committed:
    """What happens on commit happens at the end of the block."""
    return partial(django_capture_on_commit_callbacks, execute=True)


def pdf(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.4", "application/pdf")


def make_file(name: str = "plan.pdf") -> Attachment:
    return Attachment.objects.create(title="Plan", file=pdf(name))


def page_with_file(cast: Cast, file: Attachment, **fields: Any) -> GuidePage:
    link = f'<p>Der <a linktype="document" id="{file.pk}">Plan</a>.</p>'
    block = {"type": "document", "value": {"document": file.pk, "note": ""}}
    return make_guide(cast, body=[*text(link), block], **fields)


def page_with_picture(cast: Cast, picture: Picture) -> GuidePage:
    return make_guide(cast, body=[{"type": "picture", "value": {"picture": picture.pk, "caption": ""}}])


def page_linking(cast: Cast, target: KnowledgePage, **fields: Any) -> GuidePage:
    return make_guide(cast, html=f'<p>Zum <a linktype="page" id="{target.pk}">Ziel</a>.</p>', **fields)


def shown(page: KnowledgePage) -> str:
    return str(rendered(page.text_source()).html())


# ---- files


def test_a_replaced_file_is_linked_under_its_new_name(cast: Cast, committed: Committed) -> None:
    file = make_file("alt.pdf")
    page = page_with_file(cast, file)

    with committed():
        file.file = pdf("neu.pdf")
        file.save()

    assert shown(page).count(f'href="{file.url}"') == 2
    assert "alt" not in shown(page)
    assert _status(file.url) == 200


def _status(address: str) -> int:
    response = Client().get(address)
    response.close()
    return int(response.status_code)


def test_the_file_replaced_in_the_admin_can_be_read_from_the_page(
    cast: Cast, committed: Committed, client: Client
) -> None:
    file = make_file("alt.pdf")
    page = page_with_file(cast, file)
    client.force_login(cast.dora)

    with committed():
        client.post(
            f"/admin/documents/edit/{file.pk}/",
            {"title": "Plan", "file": pdf("neu.pdf"), "collection": file.collection_id, "tags": ""},
        )

    file = Attachment.objects.get(pk=file.pk)
    assert "neu" in file.filename
    assert f'href="{file.url}"' in shown(page)


def test_a_deleted_file_leaves_no_dead_link(cast: Cast, committed: Committed) -> None:
    file = make_file()
    page = page_with_file(cast, file)

    with committed():
        file.delete()

    assert "href" not in shown(page)
    assert 'class="block-file" hidden' in shown(page)


# ---- pictures


def test_a_picture_replaced_in_the_admin_is_shown_in_its_new_sizes(
    cast: Cast, committed: Committed, client: Client
) -> None:
    picture = make_picture()
    page = page_with_picture(cast, picture)
    client.force_login(cast.dora)
    values = {"title": "Tisch", "description": "Neu.", "collection": picture.collection_id, "tags": ""}

    with committed():
        client.post(f"/admin/images/{picture.pk}/", {**values, "file": image_file("anders.png")})

    picture = Picture.objects.get(pk=picture.pk)
    addresses = [row.file.url for row in picture.renditions.all()]
    assert len(addresses) >= 3
    assert "anders" in shown(page)
    assert 'width="1440"' in shown(page)


def test_a_deleted_picture_is_no_longer_shown(cast: Cast, committed: Committed) -> None:
    picture = make_picture()
    page = page_with_picture(cast, picture)

    with committed():
        picture.delete()

    assert "<img" not in shown(page)


# ---- linked pages


def test_a_link_to_a_page_taken_from_the_public_becomes_plain_words(cast: Cast, committed: Committed) -> None:
    target = make_guide(cast, title="Ziel")
    page = page_linking(cast, target)
    before = shown(page)

    with committed():
        unpublish_page(page=target, by=cast.dora)

    assert 'href="/leitfaeden/ziel/"' in before
    assert "Zum <a>Ziel</a>." in shown(page)


def test_a_page_published_again_is_linked_again_by_the_tick(cast: Cast, committed: Committed) -> None:
    target = make_guide(cast, title="Ziel", publish=False)
    page = page_linking(cast, target)
    before = shown(page)

    publish_page(page=target, by=cast.dora)
    rerender_due()

    assert "href" not in before
    assert 'href="/leitfaeden/ziel/"' in shown(page)


def test_a_deleted_page_leaves_no_dead_link(cast: Cast, committed: Committed) -> None:
    target = make_guide(cast, title="Ziel")
    page = page_linking(cast, target)

    with committed():
        target.delete()

    assert "href" not in shown(page)


def test_two_pages_that_link_each_other_can_be_deleted(cast: Cast, committed: Committed) -> None:
    first = make_guide(cast, title="Eins")
    second = page_linking(cast, first, title="Zwei")
    first.body = text(f'<p><a linktype="page" id="{second.pk}">Zwei</a></p>')
    publish_page(page=first, by=cast.dora)

    with committed():
        first.delete()
        second.delete()
    rerender_due()

    assert not TextsDue.objects.exists()


def test_a_plain_page_is_rendered_anew_as_well(cast: Cast, committed: Committed) -> None:
    file = make_file("alt.pdf")
    page = ContentPage.objects.live().first()
    page.body = [("text", f'<p><a linktype="document" id="{file.pk}">Plan</a></p>')]
    page.save_revision().publish()

    with committed():
        file.file = pdf("neu.pdf")
        file.save()

    kept = "".join(row.parts["body"] for row in RenderedBody.objects.all())
    assert file.url in kept
    assert "alt" not in kept


# ---- who waits, and for what


def test_only_pages_that_refer_to_it_are_rendered(cast: Cast, committed: Committed) -> None:
    picture = make_picture()
    page_with_picture(cast, picture)
    other = make_guide(cast, title="Anderes")
    RenderedBody.objects.filter(digest=_digest(other)).update(parts={"body": "wie es war"})

    with committed():
        picture.save()

    assert shown(other) == "wie es war"


def _digest(page: KnowledgePage) -> str:
    from_row = RenderedBody.objects.values_list("labels_state", flat=True).first()
    return page.text_source().digest(str(from_row))


def test_many_pages_are_left_to_the_tick(
    cast: Cast, committed: Committed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listeners, "FEW", 1)
    file = make_file("alt.pdf")
    pages = [page_with_file(cast, file, title=title) for title in ("Eins", "Zwei")]

    with committed():
        file.file = pdf("neu.pdf")
        file.save()
    noted = set(TextsDue.objects.values_list("page_pk", flat=True))
    before = [file.url in shown(page) for page in pages]
    call_command("tick")

    assert noted == {page.pk for page in pages}
    assert before == [False, False]
    assert all(file.url in shown(page) for page in pages)
    assert not TextsDue.objects.exists()


def test_a_new_word_costs_its_editor_the_same_with_1_and_with_6_pages(
    cast: Cast, term: Term, committed: Committed
) -> None:
    make_guide(cast, title="Seite")
    few = _queries_of_a_word(cast, term, committed, "Lernplattform")
    for number in range(5):
        make_guide(cast, title=f"Seite {number}")

    many = _queries_of_a_word(cast, term, committed, "Lernwerkzeug")

    assert many == few


def _queries_of_a_word(cast: Cast, term: Term, committed: Committed, word: str) -> int:
    with CaptureQueriesContext(connection) as captured, committed():
        add_label(term=term, by=cast.dora, label=LabelData(text=word, status="admitted"))
    return len(captured)


def test_what_does_not_fit_into_the_time_stays_noted(cast: Cast) -> None:
    page = make_guide(cast)
    mark_due(pages=[page.pk])

    done = rerender_what_is_due(seconds=0)

    assert done == 0
    assert TextsDue.objects.get().page_pk == page.pk


def test_a_run_cut_short_keeps_what_tells_that_texts_are_out_of_date(cast: Cast, term: Term) -> None:
    page = make_guide(cast, html="<p>Was E-Learning heißt.</p>")
    add_label(term=term, by=cast.dora, label=LabelData(text="E-Learning", status="admitted"))

    cut_short = rerender_what_is_due(seconds=0)
    continued = rerender_what_is_due()

    assert cut_short == 0
    assert continued >= 1
    assert page.term_uses.get().term_key == term.key


# ---- tooltips


def test_only_the_wording_is_marked_as_german_on_english_pages() -> None:
    item = {
        "key": "k",
        "title": "Begriff",
        "text": "Wortlaut",
        "status": "In force",
        "url": "/",
        "lang": "de",
    }

    with translation.override("en"):
        html = render_to_string("components/tooltips.html", {"terms": [item], "LANGUAGE_CODE": "en"})

    assert '<p class="tooltip__term" lang="de">Begriff' in html
    assert '<p class="tooltip__text" lang="de">Wortlaut' in html
    assert html.count("lang=") == 2
