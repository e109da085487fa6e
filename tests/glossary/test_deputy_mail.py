"""A deputy may act at any time; the speaker is told (domain.md, "Mandate")."""

import pytest
from django.core import mail
from django.utils import timezone

from people.actions.outbox import send_due
from people.models import OutboxMessage
from tests.factories.cast import Cast
from tests.factories.glossary import answer, open_round

pytestmark = pytest.mark.django_db


def test_speaker_is_told_once_when_the_deputy_answers(cast: Cast) -> None:
    round = open_round(cast)
    OutboxMessage.objects.all().delete()

    answer(cast, round, cast.town, by=cast.hanna)
    send_due(timezone.now())

    assert [message.to for message in mail.outbox] == [[cast.bob.email]]
    assert round.get_absolute_url() in mail.outbox[0].body


def test_nobody_is_told_when_the_speaker_answers(cast: Cast) -> None:
    round = open_round(cast)
    OutboxMessage.objects.all().delete()

    answer(cast, round, cast.town, by=cast.bob)

    assert not OutboxMessage.objects.exists()
