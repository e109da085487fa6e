"""The glossary in the admin: by the same actions, and without side doors."""

from django.test import Client

from glossary.models import ConsensusEntry, Definition, Label, Round, Term
from record.models import RecordRow
from tests.factories.glossary import closing_round, entry_v1, term_with_labels


def test_editor_makes_a_term_through_the_action(cast, as_user):
    response = as_user(cast.dora).post(
        "/admin/glossary_terms/new/",
        {"word": "Leihgerät", "qualifier": "", "language": "de", "steward": cast.group.pk, "slug": ""},
    )

    assert response["Location"] == f"/admin/glossary_terms/edit/{Term.objects.get().pk}/"
    assert Term.objects.get().slug == "leihgeraet"
    assert RecordRow.objects.filter(act="create_term").exists()


def test_refusal_of_an_action_stands_on_the_form(cast, as_user):
    term = term_with_labels(cast)

    response = as_user(cast.dora).post(
        f"/admin/glossary_terms/add-word/{term.pk}/",
        {"text": term.name, "label_language": "de", "status": "admitted", "type": "full", "note": ""},
    )

    assert response.status_code == 200
    assert "error-message" in response.content.decode()
    assert Label.objects.count() == 1


def test_address_and_working_group_are_changed_by_their_actions(cast, as_user):
    term = term_with_labels(cast)

    as_user(cast.dora).post(f"/admin/glossary_terms/edit/{term.pk}/", {"slug": "neu", "steward": ""})

    acts = set(RecordRow.objects.values_list("act", flat=True))
    assert {"rename_term", "assign_steward"} <= acts
    assert Term.objects.get().slug == "neu"


def test_page_of_a_term_offers_all_that_can_be_done_with_it(cast, as_user):
    term = term_with_labels(cast)

    page = as_user(cast.dora).get(f"/admin/glossary_terms/edit/{term.pk}/").content.decode()

    for act in ("add-word", "relate", "explain", "retire"):
        assert f'href="/admin/glossary_terms/{act}/{term.pk}/"' in page


def test_explanation_is_written_as_a_new_version(cast, as_user):
    term = term_with_labels(cast)

    as_user(cast.dora).post(
        f"/admin/glossary_terms/explain/{term.pk}/",
        {
            "text": "Ein weites Feld.",
            "explanation_language": "de",
            "source_title": "Handbuch",
            "year": "2020",
        },
    )

    written = term.explanations.get()
    assert written.text == "Ein weites Feld."
    assert written.csl["title"] == "Handbuch"


def test_rounds_definitions_and_entries_can_only_be_looked_at(cast, as_user):
    entry_v1(cast)
    client = as_user(cast.dora)
    for name, model in (("definitions", Definition), ("rounds", Round), ("entries", ConsensusEntry)):
        pk = model.objects.first().pk
        assert client.get(f"/admin/glossary_{name}/").status_code == 200
        assert client.get(f"/admin/glossary_{name}/inspect/{pk}/").status_code == 200
        for side_door in (f"edit/{pk}", f"delete/{pk}", f"copy/{pk}", f"usage/{pk}", f"history/{pk}", "new"):
            assert client.get(f"/admin/glossary_{name}/{side_door}/").status_code == 404, (name, side_door)


def test_only_editors_enter(cast, as_user):
    term_with_labels(cast)

    assert Client().get("/admin/glossary_terms/").status_code == 302
    for person in (cast.alice, cast.bob, cast.charlie):
        assert as_user(person).get("/admin/glossary_terms/").status_code in {302, 403}


def test_search_with_a_quotation_mark_does_not_break(cast, as_user):
    term_with_labels(cast)

    response = as_user(cast.dora).get("/admin/glossary_terms/", {"q": '"digitale'})

    assert response.status_code == 200


def test_dashboard_shows_what_waits(cast, as_user):
    round = closing_round(cast)

    page = as_user(cast.dora).get("/admin/").content.decode()

    assert round.question in page
