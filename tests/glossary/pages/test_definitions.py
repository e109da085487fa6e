"""Proposing a definition and moving it, on pages."""

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from glossary.actions.definitions import revise_definition
from glossary.models import Definition, Draft
from glossary.phrases import long_day
from tests.factories.cast import give
from tests.factories.clock import ago, at
from tests.factories.glossary import (
    joint_draft,
    open_round,
    proposed_definition,
    quoted_definition,
    term_with_labels,
)


def address(term):
    return reverse("glossary:propose", kwargs={"slug": term.slug})


def filled(cast, **changes):
    values = {
        "origin": "proposal", "title": "Zugang zuerst", "text": "Digitale Bildung beginnt mit dem Zugang.",
        "scope": "", "rationale": "", "organisation": cast.town.key, "submission_key": "einmal", "relation": "own",
        "step": "preview",
    }  # fmt: skip
    return {**values, **changes}


def act_url(definition, view):
    return reverse(
        f"glossary:definition_{view}", kwargs={"slug": definition.term.slug, "key": definition.key}
    )


def test_preview_then_publishing_makes_one_public_definition(cast, as_user):
    term, bob = term_with_labels(cast), as_user(cast.bob)

    preview = bob.post(address(term), filled(cast))
    before = Definition.objects.count()
    sent = bob.post(address(term), filled(cast, step="send"))
    again = bob.post(address(term), filled(cast, step="send"))

    assert "beginnt mit dem Zugang" in preview.content.decode()
    assert before == 0
    assert sent["Location"] == again["Location"]
    assert "beginnt mit dem Zugang" in Client().get(sent["Location"]).content.decode()


def test_preview_shows_the_paragraphs_that_will_be_stored(cast, as_user):
    term, bob = term_with_labels(cast), as_user(cast.bob)
    typed = filled(cast, text="Erster  Absatz.\r\n \r\n\r\nZweiter Absatz.\r\n")

    preview = bob.post(address(term), typed).content.decode()
    bob.post(address(term), {**typed, "step": "send"})

    assert "<p>Erster Absatz.</p><p>Zweiter Absatz.</p>" in preview
    assert Definition.objects.get().wording.text == "Erster Absatz.\n\nZweiter Absatz."


def test_preview_refuses_what_publishing_would_refuse(cast, as_user):
    page = as_user(cast.bob).post(address(term_with_labels(cast)), filled(cast, text="Ein <b>Wort</b>."))

    assert page.status_code == 422
    assert "Auszeichnung" in page.content.decode()


def test_difference_of_a_stale_revision_counts_no_line_ends(cast, as_user):
    definition = proposed_definition(cast)
    url, bob = act_url(definition, "revise"), as_user(cast.bob)
    bob.post(url, {"text": "Erstens.\n\nZweitens.", "scope": "", "version": definition.version})

    stale = bob.post(
        url, {"text": "Erstens.\r\n\r\nZweitens neu.", "scope": "", "version": definition.version}
    )

    page = stale.content.decode()
    assert "<ins> neu</ins>" in page
    assert "<del>" not in page


def test_joint_draft_and_revised_proposal_carry_the_day_of_the_wording_shown(cast):
    with at(ago(days=9)):
        draft = joint_draft(cast)
        proposal = draft.term.definitions.get(origin="proposal")
    for row, person in ((draft, cast.alice), (proposal, cast.bob)):
        revise_definition(
            definition=row, by=person, text=f"Neu {row.pk}.", scope="", expected_version=row.version
        )

    pages = [
        Client().get(url).content.decode()
        for url in (row.get_absolute_url() for row in (draft.term, draft, proposal))
    ]

    today, first = long_day(timezone.now()), long_day(ago(days=9))
    assert f"Gemeinsamer Entwurf vom {today}" in pages[0]
    assert f"Vorschlag vom {today}" in pages[0]
    assert f"Gemeinsamer Entwurf vom {today}" in pages[1]
    assert f"Vorschlag vom {today}" in pages[2]
    assert f"vom {first}" not in pages[0]


def test_source_of_an_own_wording_is_not_called_a_quotation_and_the_preview_says_so(cast, as_user):
    term, bob = term_with_labels(cast), as_user(cast.bob)
    typed = filled(cast, source_title="Handbuch", relation="")

    preview = bob.post(address(term), typed).content.decode()
    bob.post(address(term), {**typed, "step": "send"})

    assert "<b>Angepasst:</b>" in preview
    assert Definition.objects.get().wording.sources.get().relation == "adapted"


def test_form_for_one_of_two_organisations_offers_no_second_choice(cast, as_user):
    give(cast.bob, cast.district, "deputy", cast.group)
    term, bob = term_with_labels(cast), as_user(cast.bob)

    undecided = bob.get(address(term)).content.decode()
    decided = bob.get(f"{address(term)}?fuer={cast.town.key}").content.decode()

    assert 'name="fuer"' in undecided
    assert 'name="fuer"' not in decided
    assert f"?fuer={cast.district.key}" in decided


def test_quotation_needs_its_source_and_stores_it_as_csl(cast, as_user):
    term, bob = term_with_labels(cast), as_user(cast.bob)
    source = {
        "author": "Baacke, Dieter; Stadt Musterstadt", "source_title": "Medienpädagogik", "year": "1997",
        "url": "https://example.org/b", "passage": "S. 98", "accessed_on": "2026-01-02", "relation": "quoted",
    }  # fmt: skip

    without = bob.post(address(term), filled(cast, origin="source", step="send"))
    bob.post(address(term), filled(cast, origin="source", step="send", **source))

    assert without.status_code == 422
    assert 'id="id_source_title_error"' in without.content.decode()
    stored = Definition.objects.get().wording.sources.get()
    assert stored.csl["author"] == [{"family": "Baacke", "given": "Dieter"}, {"literal": "Stadt Musterstadt"}]
    assert stored.csl["issued"] == {"date-parts": [[1997]]}
    assert stored.passage == "S. 98"


def test_markup_is_refused_beside_the_field_and_what_was_typed_stays(cast, as_user):
    term = term_with_labels(cast)

    response = as_user(cast.bob).post(address(term), filled(cast, text="<b>fett</b>", step="send"))

    page = response.content.decode()
    assert response.status_code == 422
    assert 'id="id_text_error"' in page
    assert "&lt;b&gt;fett&lt;/b&gt;" in page


def test_draft_is_kept_for_the_organisation_and_gone_after_publishing(cast, as_user):
    term = term_with_labels(cast)

    saved = as_user(cast.erik).post(address(term), filled(cast, title="", text="Halb fertig", step="draft"))
    draft = Draft.objects.get()
    found = as_user(cast.bob).get(saved["Location"]).content.decode()
    foreign = as_user(cast.kaya).get(saved["Location"])
    as_user(cast.bob).post(address(term), filled(cast, draft=draft.pk, step="send"))

    assert "Halb fertig" in found
    assert foreign.status_code == 404
    assert not Draft.objects.exists()


def test_stale_draft_shows_what_the_other_person_saved(cast, as_user):
    term = term_with_labels(cast)
    as_user(cast.erik).post(address(term), filled(cast, text="Erste", step="draft"))
    draft = Draft.objects.get()
    as_user(cast.erik).post(
        address(term), filled(cast, text="Zweite", draft=draft.pk, draft_version=draft.version, step="draft")
    )

    stale = as_user(cast.bob).post(
        address(term), filled(cast, text="Dritte", draft=draft.pk, draft_version=draft.version, step="draft")
    )

    page = stale.content.decode()
    assert stale.status_code == 409
    assert "Zweite" in page
    assert "Dritte" in page


def test_outsiders_and_observers_cannot_propose(cast, as_user):
    term = term_with_labels(cast)

    assert Client().get(address(term)).status_code == 302
    for person in (cast.charlie, cast.fatma, cast.dora):
        assert as_user(person).get(address(term)).status_code == 403


def test_quotation_is_the_basis_of_a_proposal(cast, as_user):
    quoted = quoted_definition(cast, term_with_labels(cast))

    page = as_user(cast.kaya).get(f"{address(quoted.term)}?grundlage={quoted.key}").content.decode()

    assert "Menschen lernen mit, über und trotz" in page
    assert 'value="Lernen"' in page


def test_facilitator_starts_the_joint_draft(cast, as_user):
    definition = proposed_definition(cast)
    url = reverse("glossary:joint_draft", kwargs={"slug": definition.term.slug})

    sent = as_user(cast.alice).post(
        url,
        {
            "parents": [definition.key],
            "title": "Zusammen",
            "text": "Gemeinsam lernen.",
            "submission_key": "j",
        },
    )

    assert sent.status_code == 302
    assert "Gemeinsam lernen." in Client().get(sent["Location"]).content.decode()


def test_revision_shows_its_difference_and_a_stale_one_is_a_conflict(cast, as_user):
    definition = proposed_definition(cast)
    url = act_url(definition, "revise")
    bob = as_user(cast.bob)

    sent = bob.post(
        url, {"text": "Digitale Bildung heißt lernen.", "scope": "", "version": definition.version}
    )
    stale = bob.post(
        url, {"text": "Digitale Bildung heißt lehren.", "scope": "", "version": definition.version}
    )

    assert sent.status_code == 302
    assert "<del>" in Client().get(definition.get_absolute_url()).content.decode()
    assert stale.status_code == 409
    page = stale.content.decode()
    assert "Digitale Bildung heißt lehren." in page
    assert "<ins>" in page


def test_definition_is_withdrawn_and_brought_back_by_its_organisation(cast, as_user):
    definition = proposed_definition(cast)
    bob = as_user(cast.bob)

    bob.post(act_url(definition, "withdraw"), {"version": definition.version})
    withdrawn = Definition.objects.get(pk=definition.pk)
    bob.post(act_url(definition, "return"), {"version": withdrawn.version})

    assert withdrawn.state == "withdrawn"
    assert Definition.objects.get(pk=definition.pk).state == "proposed"


def test_facilitator_sets_aside_with_a_reason_and_what_it_was_merged_into(cast, as_user):
    draft = joint_draft(cast)
    proposal = Definition.objects.exclude(pk=draft.pk).get()
    url, alice = act_url(proposal, "set_aside"), as_user(cast.alice)

    without = alice.post(url, {"version": proposal.version, "reason": ""})
    alice.post(url, {"version": proposal.version, "reason": "Steckt im Entwurf.", "merged_into": draft.key})

    page = Client().get(proposal.get_absolute_url()).content.decode()
    assert without.status_code == 422
    assert "Steckt im Entwurf." in page
    assert draft.get_absolute_url() in page


def test_wording_that_is_being_asked_about_does_not_move(cast, as_user):
    round = open_round(cast)

    for view in ("revise", "withdraw"):
        assert as_user(cast.bob).get(act_url(round.definition, view)).status_code == 403


def test_title_and_rationale_are_edited(cast, as_user):
    definition = proposed_definition(cast)

    as_user(cast.bob).post(
        act_url(definition, "edit"),
        {"title": "Neuer Titel", "rationale": "Darum.", "version": definition.version},
    )

    assert "Neuer Titel" in Client().get(definition.get_absolute_url()).content.decode()


def test_text_survives_a_draft_that_a_colleague_has_deleted(cast, as_user):
    term, bob = term_with_labels(cast), as_user(cast.bob)
    bob.post(address(term), filled(cast, step="draft"))
    draft = Draft.objects.get()
    typed = filled(cast, draft=str(draft.pk), draft_version="1", text="Mühsam Getipptes.")
    draft.delete()

    sent = bob.post(address(term), {**typed, "step": "send"})
    saved = bob.post(address(term), {**typed, "step": "draft"})

    assert sent.status_code == 409
    assert "Mühsam Getipptes." in sent.content.decode()
    assert saved.status_code == 302
    assert Draft.objects.get().content["text"] == "Mühsam Getipptes."
    assert Definition.objects.count() == 0


def test_another_text_sent_with_the_same_form_is_a_conflict_and_can_be_sent_on_purpose(cast, as_user):
    term, bob = term_with_labels(cast), as_user(cast.bob)
    bob.post(address(term), filled(cast, step="send"))

    conflict = bob.post(address(term), filled(cast, step="send", text="Ein anderer Wortlaut."))
    page = conflict.content.decode()

    assert conflict.status_code == 409
    assert "Ein anderer Wortlaut." in page
    assert Definition.objects.get().get_absolute_url() in page
    assert 'value="einmal"' not in page
