"""Fixtures of the cast, for every test (loaded by tests/conftest.py)."""

import pytest

from tests.factories.cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    """Alice facilitates, bob speaks for the town, hanna is deputy, erik drafts, fatma observes, dora edits …"""
    return make_cast()
