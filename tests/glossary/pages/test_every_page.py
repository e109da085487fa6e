"""What holds for every page: valid, quiet, quick, in both languages."""

import re
from collections import Counter

import html5lib
import pytest
from django.test import Client
from django.urls import reverse

from glossary.models import Term
from tests.factories.cast import join, make_organisation
from tests.factories.glossary import (
    answer_all,
    closing_round,
    entry_v1,
    entry_v2,
    joint_draft,
    open_round,
    proposed_definition,
    quoted_definition,
    term_with_labels,
)
from tests.factories.many import more_terms

MOST = 12


@pytest.fixture
def pages(cast):
    """Every kind of page an anonymous reader can open."""
    entry = entry_v2(cast, entry_v1(cast, answers={"youth": "objection"}), answers={"youth": None})
    term = entry.term
    quoted = quoted_definition(cast, term)
    running = open_round(cast, joint_draft(cast, term))
    answer_all(cast, running, youth="reservation", district=None)
    compare = reverse("glossary:compare", kwargs={"slug": term.slug})
    return [
        reverse("glossary:index"),
        f"{reverse('glossary:index')}?status=agreed",
        reverse("glossary:rounds"),
        term.get_absolute_url(),
        reverse("glossary:history", kwargs={"slug": term.slug}),
        f"{compare}?a={quoted.wording.key}&b={entry.wording.key}",
        term.entries.get(number=1).get_absolute_url(),
        entry.get_absolute_url(),
        quoted.get_absolute_url(),
        running.definition.get_absolute_url(),
        running.get_absolute_url(),
        entry.round.get_absolute_url(),
    ]


def test_pages_are_valid_quiet_and_well_ordered(pages):
    for url in pages:
        response = Client().get(url)
        body = response.content.decode()
        headings = [int(level) for level in re.findall(r"<h([1-6])[ >]", body)]
        ids = Counter(re.findall(r'\sid="([^"]+)"', body))

        assert response.status_code == 200, url
        html5lib.HTMLParser(strict=True).parse(body)
        assert headings.count(1) == 1, url
        assert all(after - before <= 1 for before, after in zip(headings, headings[1:], strict=False)), (
            url,
            headings,
        )
        assert not [name for name, times in ids.items() if times > 1], url
        assert not response.cookies, url
        assert "csrfmiddlewaretoken" not in body, url
        assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|<style|\son\w+=", body), url


def test_english_pages_name_the_language_of_german_texts(pages):
    for url in pages:
        body = Client().get(f"/en{url}").content.decode()

        assert '<html lang="en">' in body, url
        assert 'lang="de"' in body, url
        assert f'hreflang="en" href="http://testserver/en{url.split("?")[0]}"' in body, url


def test_canonical_address_of_a_term_is_the_one_in_its_own_language(cast):
    term = proposed_definition(cast).term

    body = Client().get(f"/en{term.get_absolute_url()}").content.decode()

    assert f'<link rel="canonical" href="http://testserver/glossar/{term.slug}/">' in body


def test_term_page_costs_the_same_with_two_and_with_forty_definitions(cast, queries_of):
    entry = entry_v1(cast, answers={"youth": "objection"})
    quoted_definition(cast, entry.term)
    open_round(cast, joint_draft(cast, entry.term))
    few = queries_of(entry.term.get_absolute_url())
    for number in range(38):
        quoted_definition(cast, entry.term, title=f"Quelle {number}")

    many = queries_of(entry.term.get_absolute_url())

    assert many == few
    assert many <= MOST


def test_round_costs_the_same_with_three_and_with_sixty_seats(cast, queries_of):
    small = closing_round(cast, answers={"youth": "objection"})
    few = queries_of(small.get_absolute_url())
    for number in range(57):
        join(cast.group, make_organisation(f"Gemeinde {number}"))
    definition = proposed_definition(cast, term_with_labels(cast, "Lernort"))
    large = closing_round(cast, definition, answers={"youth": "objection"})

    many = queries_of(large.get_absolute_url())

    assert large.seats.count() == 60
    assert many == few
    assert many <= MOST


def test_index_costs_the_same_with_ten_and_with_a_thousand_terms(cast, queries_of):
    entry_v1(cast)
    more_terms(cast, 9)
    few = queries_of(reverse("glossary:index"))
    more_terms(cast, 990)

    many = queries_of(reverse("glossary:index"))

    assert Term.objects.count() == 1000
    assert many <= few
    assert many <= MOST


def test_entry_definition_history_and_comparison_stay_below_the_limit(pages, queries_of):
    for url in pages:
        assert queries_of(url) <= MOST, url
