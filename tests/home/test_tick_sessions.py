"""What the tick throws away."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from home.management.commands.tick import Command

pytestmark = pytest.mark.django_db


def test_tick_throws_away_the_sessions_that_are_over() -> None:
    for name, days in (("over", -1), ("runs", 1)):
        Session.objects.create(
            session_key=name, session_data="", expire_date=timezone.now() + timedelta(days=days)
        )

    dict(Command().jobs())["sessions"]()

    assert [session.pk for session in Session.objects.all()] == ["runs"]
