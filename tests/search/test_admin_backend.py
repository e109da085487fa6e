"""The admin's search survives what people type."""

import pytest
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ['"', 'a" b', "'", "(", "a:b*", "-x", "NEAR(", "  ", "é„“"])
def test_no_input_breaks_a_listing(typed: str) -> None:
    backend = get_search_backend()

    list(backend.search(typed, Page.objects.all()))
    list(backend.autocomplete(typed, Page.objects.all()))
