"""Pages as rows: what is required, where a page stands, who may make one, draft to publish."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Page, Site, Workflow

from record.errors import Invalid, NotAllowed
from tests.factories.cast import Cast
from tests.wiki.conftest import make_guide, make_practice
from wiki.actions.pages import create_page, publish_page, relate_pages, unpublish_page
from wiki.actions.vocabularies import add_picture, ensure_word
from wiki.models import FieldOfAction, GuidePage, MeetingPage, PracticePage, TargetGroup
from wiki.states import Curation

TODAY = date(2026, 5, 4)


def test_editors_publish_a_page_and_it_is_readable(cast: Cast, client) -> None:
    page = make_guide(cast, title="Erst der Auftrag")

    response = client.get(page.url)

    assert response.status_code == 200
    assert "Erst der Auftrag" in response.content.decode()
    assert page.url == "/leitfaeden/erst-der-auftrag/"


@pytest.mark.parametrize("name", ["bob", "gesa", "charlie"])
def test_nobody_but_editors_makes_pages(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        make_guide(cast, by=getattr(cast, name))

    assert not GuidePage.objects.exists()


def test_nobody_but_editors_publishes_or_takes_back(cast: Cast) -> None:
    page = make_guide(cast)

    with pytest.raises(NotAllowed):
        publish_page(page=page, by=cast.bob)
    with pytest.raises(NotAllowed):
        unpublish_page(page=page, by=cast.gesa)


def test_nobody_but_editors_keeps_vocabularies_and_pictures(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        ensure_word(kind=FieldOfAction, name="Ganztag", by=cast.bob)
    with pytest.raises(NotAllowed):
        add_picture(by=cast.bob, title="x", description="y", file=None)  # type: ignore[arg-type]
    with pytest.raises(Invalid):
        add_picture(by=cast.dora, title="x", description=" ", file=None)  # type: ignore[arg-type]


def test_a_word_is_made_once_and_gets_a_german_address(cast: Cast) -> None:
    first = ensure_word(kind=TargetGroup, name="Ältere Menschen", by=cast.dora)
    second = ensure_word(kind=TargetGroup, name="Ältere Menschen", by=cast.dora)

    assert first == second
    assert first.slug == "aeltere-menschen"


@pytest.mark.parametrize("missing", ["place", "state", "contact", "gist"])
def test_a_practice_needs_its_required_fields(cast: Cast, missing: str) -> None:
    with pytest.raises(Invalid) as refused:
        make_practice(cast, **{missing: ""})

    assert refused.value.field == missing


def test_a_practice_needs_nothing_else(cast: Cast) -> None:
    assert make_practice(cast).live


def test_what_was_done_has_at_most_400_characters(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        PracticePage._meta.get_field("gist").formfield().clean("x" * 401)

    PracticePage._meta.get_field("gist").formfield().clean("x" * 400)


@pytest.mark.parametrize(
    ("key", "valid"), [("99001", True), ("99001001", True), ("9900", False), ("9900100a", False)]
)
def test_the_official_key_has_5_or_8_digits(cast: Cast, key: str, valid: bool) -> None:
    field = PracticePage._meta.get_field("official_key")

    if valid:
        field.run_validators(key)
    else:
        with pytest.raises(ValidationError):
            field.run_validators(key)


def test_a_rendering_names_the_original_not_another_rendering(cast: Cast) -> None:
    original = make_guide(cast, title="Original")
    english = make_guide(cast, title="English", language="en", twin=original.knowledgepage_ptr)

    with pytest.raises(Invalid) as refused:
        make_guide(cast, title="Leicht", register="easy", twin=english.knowledgepage_ptr)

    assert refused.value.field == "twin"


def test_a_meeting_does_not_end_before_it_begins(db: None) -> None:
    now = timezone.now()
    page = MeetingPage(title="t", starts_at=now, ends_at=now - timedelta(hours=1))

    with pytest.raises(ValidationError, match="Ende"):
        page.clean()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"live": True}, Curation.PUBLISHED),
        ({"live": True, "review_on": TODAY}, Curation.REVIEW_DUE),
        ({"live": True, "review_on": TODAY + timedelta(days=1)}, Curation.PUBLISHED),
        ({"live": True, "valid_until": TODAY}, Curation.PUBLISHED),
        ({"live": True, "valid_until": TODAY - timedelta(days=1)}, Curation.EXPIRED),
        ({"live": True, "archived_on": TODAY, "review_on": TODAY}, Curation.ARCHIVED),
        ({"live": True, "archived_on": TODAY + timedelta(days=1)}, Curation.PUBLISHED),
    ],
)
def test_where_a_page_stands_is_computed_from_its_days(db: None, fields: dict, expected: Curation) -> None:
    assert GuidePage(**fields).curation_on(TODAY) == expected


def test_due_reviews_are_found_by_the_same_rule(cast: Cast) -> None:
    due = make_guide(cast, title="Fällig", review_on=TODAY)
    make_guide(cast, title="Nicht fällig", review_on=TODAY + timedelta(days=1))
    make_guide(cast, title="Archiviert", review_on=TODAY, archived_on=TODAY)
    make_guide(cast, title="Entwurf", review_on=TODAY, publish=False)

    assert list(GuidePage.objects.review_due_on(TODAY)) == [due]


def test_a_draft_is_not_readable_until_it_is_published(cast: Cast, client) -> None:
    page = make_guide(cast, publish=False)
    before = client.get("/leitfaeden/ein-leitfaden/").status_code

    publish_page(page=page, by=cast.dora)

    assert before == 404
    assert client.get("/leitfaeden/ein-leitfaden/").status_code == 200


def test_an_editor_lets_a_submitted_draft_through(cast: Cast) -> None:
    page = make_guide(cast, publish=False)
    workflow = page.get_workflow()
    state = workflow.start(page, cast.dora)
    assert page.curation_on(TODAY) == Curation.UNDER_REVIEW

    state.current_task_state.approve(user=cast.dora)

    page.refresh_from_db()
    assert page.live


def test_the_workflow_is_in_the_hands_of_the_editors(cast: Cast) -> None:
    task = Workflow.objects.get().tasks.first().specific

    assert [group.name for group in task.groups.all()] == ["Editors"]
    assert not Group.objects.get(name="Moderators").page_permissions.exists()


def test_wagtails_welcome_page_is_gone(db: None) -> None:
    assert not Page.objects.filter(title__startswith="Welcome").exists()
    assert Site.objects.get().root_page.specific_class.__name__ == "HomePage"


def test_pages_stand_only_under_their_list(cast: Cast) -> None:
    assert [model.__name__ for model in GuidePage.allowed_parent_page_models()] == ["GuideIndexPage"]
    assert GuidePage.allowed_subpage_models() == []


def test_related_pages_are_kept_in_the_published_revision(cast: Cast) -> None:
    one, two = make_guide(cast, title="Eins"), make_guide(cast, title="Zwei")

    relate_pages(page=one, by=cast.dora, to=[two])

    assert [page.title for page in GuidePage.objects.get(pk=one.pk).related_pages.all()] == ["Zwei"]


def test_without_its_list_a_page_has_no_place(cast: Cast) -> None:
    Page.objects.get(slug="leitfaeden").delete()

    with pytest.raises(Invalid):
        create_page(page=GuidePage(title="x", gist="y", contributor=cast.town), by=cast.dora)


def test_partners_are_one_per_line(db: None) -> None:
    assert PracticePage(partners="A\n\n B \n").partner_list == ["A", "B"]
    assert PracticePage().partner_list == []
