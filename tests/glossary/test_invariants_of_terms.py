"""What stays about a term, its addresses and its definitions, whoever writes past the actions."""

import pytest

from glossary.models import Definition, Round, Term, TermSlug
from people.models import OrganisationSlug
from tests.factories.cast import Cast
from tests.factories.glossary import open_round, proposed_definition, term_with_labels
from tests.glossary.test_invariants import assert_guarded

pytestmark = pytest.mark.django_db


def test_an_address_of_a_term_never_changes_and_never_goes(cast: Cast) -> None:
    slug = TermSlug.objects.filter(term=term_with_labels(cast))

    assert_guarded(lambda: slug.update(slug="anders"), "glossary_termslug_never_changed")
    assert_guarded(slug.delete, "glossary_termslug_never_deleted")


def test_an_address_of_an_organisation_never_changes_and_never_goes(cast: Cast) -> None:
    row = OrganisationSlug.objects.create(organisation=cast.town, slug="frueher")
    slug = OrganisationSlug.objects.filter(pk=row.pk)

    assert_guarded(lambda: slug.update(slug="anders"), "people_organisationslug_never_changed")
    assert_guarded(slug.delete, "people_organisationslug_never_deleted")


def test_the_language_of_a_negotiation_never_changes(cast: Cast) -> None:
    term = Term.objects.filter(pk=term_with_labels(cast).pk)

    assert_guarded(lambda: term.update(language="en"), "glossary_term_language_stays")


def test_who_brought_a_definition_in_never_changes(cast: Cast) -> None:
    definition = Definition.objects.filter(pk=proposed_definition(cast).pk)

    assert_guarded(lambda: definition.update(origin="source"), "glossary_definition_origin_stays")
    assert_guarded(lambda: definition.update(organisation=cast.district), "glossary_definition_origin_stays")


def test_a_definition_says_only_what_was_worded_for_its_term(cast: Cast) -> None:
    one = Definition.objects.filter(pk=proposed_definition(cast).pk)
    other = proposed_definition(cast, term_with_labels(cast, "Lernort")).wording

    assert_guarded(lambda: one.update(wording=other), "glossary_definition_says_its_term_update")


def test_a_reason_for_calling_off_comes_with_calling_off(cast: Cast) -> None:
    running = Round.objects.filter(pk=open_round(cast).pk)

    assert_guarded(lambda: running.update(cancel_reason="x"), "glossary_round_cancelled_with_reason")
