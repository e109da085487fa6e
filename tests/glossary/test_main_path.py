"""The whole way once, through the actions alone."""

from datetime import timedelta

from django.utils import timezone

from glossary.actions.support import declare_support
from glossary.queries import carried_today, current_dissents, entry_in_force, term_status
from glossary.states import OutcomeResult, Stance, SupportKind, TermStatus
from glossary.views.history import events
from people.models import OutboxMessage
from tests.factories.cast import Cast
from tests.factories.glossary import entry_v1, entry_v2


def test_from_a_proposal_to_two_agreed_wordings(cast: Cast) -> None:
    first = entry_v1(cast, answers={"district": Stance.OBJECTION, "youth": None})
    declare_support(entry=first, by=cast.mio, organisation=cast.youth, kind=SupportKind.JOINS)

    second = entry_v2(cast, first, answers={"youth": None})

    assert first.round.outcome.result == OutcomeResult.CARRIED_WITH_DISSENT
    assert [dissent.organisation for dissent in current_dissents(first)] == [cast.district]
    assert [row["name"] for row in carried_today(first)] == [cast.youth.name, cast.town.name]
    assert second.number == 2
    assert entry_in_force(first.term) == second
    # The district consented this time: its dissent is not copied.
    assert not current_dissents(second)
    assert term_status(first.term) == TermStatus.AGREED
    assert entry_in_force(first.term, timezone.localdate() - timedelta(days=1)) is None
    assert [event["title"] for event in events(first.term, [first, second])][0] == "Fassung 2 veröffentlicht"
    assert OutboxMessage.objects.filter(template="entry_published").exists()
