"""The page of record, history, comparison, support and permanent addresses."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from glossary.actions.definitions import revise_definition
from glossary.actions.support import declare_support
from glossary.models import Support
from glossary.phrases import long_day
from tests.factories.cast import give
from tests.factories.glossary import entry_v1, entry_v2, joint_draft, proposed_definition, quoted_definition


def page_of(url, client=None):
    response = (client or Client()).get(url)
    assert response.status_code == 200
    return response.content.decode()


def support_url(entry):
    return reverse("glossary:entry_support", kwargs={"slug": entry.term.slug, "number": entry.number})


def test_page_of_record_has_wording_carriers_dissent_round_and_citation(cast):
    entry = entry_v1(cast, answers={"youth": "objection"})

    page = page_of(entry.get_absolute_url())

    for expected in (
        "trotz digitaler Technik",
        "Landkreis Beispiel",
        "führt in die Irre",
        "@misc{",
        "TY  - GEN",
    ):
        assert expected in page
    assert f"https://wortlaut.example/id/{entry.term.key}/1" in page
    assert "Wir haben uns geeinigt." in page
    assert entry.digest in page


def test_reservations_abstentions_and_silence_stand_apart(cast):
    entry = entry_v1(cast, answers={"youth": None, "district": "reservation"})

    page = page_of(entry.get_absolute_url())

    assert f"<dd>{cast.youth.name}</dd>" in page[page.index("Ohne Rückmeldung") :]
    assert f"<li>{cast.district.name} – " in page[page.index("<dt>Bedenken</dt>") :]
    assert "<dt>Enthalten</dt>" not in page


def test_english_line_about_a_version_is_the_same_everywhere(cast):
    entry = entry_v1(cast)

    page = page_of(f"/en{entry.get_absolute_url()}")

    assert f"In force since {long_day_in_english(entry)} · version 1 · agreed by 3 of 3 organisations" in page


def long_day_in_english(entry):
    with override("en"):
        return long_day(entry.valid_from)


def test_superseded_version_says_until_when_and_shows_the_difference(cast):
    second = entry_v2(cast)
    first = second.term.entries.get(number=1)

    page = page_of(first.get_absolute_url())

    assert "superseded" in page
    assert second.get_absolute_url() in page
    assert "<del>" in page
    assert f'<link rel="canonical" href="http://testserver{second.term.get_absolute_url()}">' in page


def test_version_published_for_later_is_not_in_force_yet(cast):
    entry = entry_v1(cast, valid_from=timezone.localdate() + timedelta(days=10))

    assert "superseded" in page_of(entry.get_absolute_url())
    assert "wording--large" not in page_of(entry.term.get_absolute_url())
    assert entry.get_absolute_url() in page_of(entry.term.get_absolute_url())


def test_unknown_version_is_not_found(cast):
    entry = entry_v1(cast)

    assert Client().get(f"{entry.term.get_absolute_url()}v9/").status_code == 404


def test_identifiers_lead_to_the_page_and_read_what_was_retyped(cast):
    entry = entry_v1(cast)
    key = entry.term.key

    assert Client().get(f"/id/{key}")["Location"] == entry.term.get_absolute_url()
    assert Client().get(f"/id/{key.upper()}/1")["Location"] == entry.get_absolute_url()
    assert Client().get(f"/id/{entry.wording.key}")["Location"] == entry.get_absolute_url()
    assert Client().get(f"/id/{key}").status_code == 303
    assert Client().get(f"/id/{entry.round.key}")["Location"] == entry.round.get_absolute_url()


def test_identifier_of_a_person_leads_nowhere(cast):
    assert Client().get(f"/id/{cast.bob.key}").status_code == 404
    assert Client().get("/id/nix").status_code == 404


def test_history_shows_each_version_against_the_one_before(cast):
    entry = entry_v2(cast)

    page = page_of(reverse("glossary:history", kwargs={"slug": entry.term.slug}))

    assert page.index('id="v2"') < page.index('id="v1"')
    assert "<del>" in page
    assert "„trotz“ ist gestrichen." in page


def test_what_was_said_after_publication_is_part_of_the_history(cast):
    entry = entry_v1(cast)
    declare_support(
        entry=entry, by=cast.bob, organisation=cast.town, kind="dissents", reason="Nun doch nicht."
    )

    page = page_of(reverse("glossary:history", kwargs={"slug": entry.term.slug}))

    assert f"später: {cast.town.name}, {long_day(timezone.now())}" in page
    assert f"Fassung 1: {cast.town.name} – " in page


def test_revision_of_the_joint_draft_is_part_of_the_history(cast):
    draft = joint_draft(cast)
    revise_definition(
        definition=draft, by=cast.alice, text="Ganz neu gesagt.", scope="", expected_version=draft.version
    )

    page = page_of(reverse("glossary:history", kwargs={"slug": draft.term.slug}))

    assert "Gemeinsamer Entwurf überarbeitet" in page


def test_each_definition_leads_to_its_comparison_with_the_version_in_force(cast):
    entry = entry_v1(cast)
    other = quoted_definition(cast, entry.term, text="Digitale Bildung heißt: Menschen lernen mit Technik.")
    url = reverse("glossary:compare", kwargs={"slug": entry.term.slug})
    address = f"{url}?a={entry.wording.key}&amp;b={other.wording.key}"

    term_page = page_of(entry.term.get_absolute_url())
    page = page_of(address.replace("&amp;", "&"))

    assert f'href="{address}">Mit Fassung 1 vergleichen' in term_page
    assert f"b={entry.wording.key}" not in term_page
    assert "<del>" in page
    assert "Änderungen als Liste" in page
    assert f'<link rel="canonical" href="http://testserver{url}">' in page


def test_comparing_what_does_not_exist_says_so(cast):
    definition = proposed_definition(cast)

    page = page_of(reverse("glossary:compare", kwargs={"slug": definition.term.slug}) + "?a=xxxxxxxx&b=")

    assert "kern-alert" in page


def test_silent_organisation_joins_afterwards(cast, as_user):
    entry = entry_v1(cast, answers={"youth": None})

    form = page_of(support_url(entry), as_user(cast.mio))
    sent = as_user(cast.mio).post(
        support_url(entry), {"kind": "joins", "organisation": cast.youth.key, "submission_key": "s"}
    )

    assert 'value="joins"' in form
    assert 'value="withdraws_dissent"' not in form
    assert sent["Location"] == entry.get_absolute_url()
    page = page_of(entry.get_absolute_url())
    assert "heute getragen von 3" in page
    assert "vereinbart von 2 von 3 Organisationen" in page


def test_late_dissent_needs_its_reason_and_stands_on_the_entry(cast, as_user):
    entry = entry_v1(cast)
    values = {"kind": "dissents", "organisation": cast.town.key, "submission_key": "s"}

    without = as_user(cast.bob).post(support_url(entry), values)
    as_user(cast.bob).post(support_url(entry), {**values, "reason": "Der Rat sieht es anders."})

    assert without.status_code == 422
    assert "Der Rat sieht es anders." in page_of(entry.get_absolute_url())


def test_two_organisations_are_a_choice_and_superseded_versions_take_nothing(cast, as_user):
    give(cast.bob, cast.youth, "deputy", cast.group)
    second = entry_v2(cast)
    first = second.term.entries.get(number=1)

    assert 'name="fuer"' in page_of(support_url(second), as_user(cast.bob))
    decided = page_of(f"{support_url(second)}?fuer={cast.town.key}", as_user(cast.bob))
    assert 'name="fuer"' not in decided
    assert f"Für {cast.town.name} veröffentlichen" in decided
    assert "kann nicht gelöscht werden" in decided
    assert as_user(cast.bob).get(support_url(first)).status_code == 403
    assert as_user(cast.charlie).get(support_url(second)).status_code == 403
    assert not Support.objects.exists()
