"""Readers and members at the glossary's pages."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.cast import Cast, make_cast

Visit = Callable[..., str]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def as_user() -> Callable[..., Client]:
    """A browser in which this person is signed in."""

    def client_of(user: object) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return client_of


@pytest.fixture
def queries_of() -> Callable[[str], int]:
    """How many queries an anonymous reader's request costs, past the page cache."""

    def count(url: str) -> int:
        Client().get(url)  # site and navigation are remembered by the process
        generation_free(url)
        with CaptureQueriesContext(connection) as captured:
            response = Client().get(generation_free(url))
        assert response.status_code == 200
        return len(captured)

    return count


def generation_free(url: str) -> str:
    """Past the page cache, without forgetting what the process remembers."""
    cache.clear()
    return url
