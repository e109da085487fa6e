"""Publishing what was agreed, and what organisations say afterwards."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from glossary.actions.consensus import publish_entry
from glossary.actions.support import declare_support
from glossary.errors import RoundNotCarried
from glossary.models import ConsensusEntry, Dissent, Support
from glossary.queries import carried_today, current_dissents, entry_in_force, in_force_map, term_status
from glossary.signals import entry_published
from glossary.states import ChangeClass, Stance, SupportKind, TermStatus
from people.models import OutboxMessage
from record.errors import Invalid, NotAllowed, Stale, WrongState
from record.models import RecordRow
from tests.factories.cast import Cast
from tests.factories.clock import at
from tests.factories.glossary import (
    closed_round,
    closing_round,
    entry_v1,
    entry_v2,
    fresh,
    proposed_definition,
    published,
    stated_round,
    term_with_labels,
)

pytestmark = pytest.mark.django_db


def test_an_entry_names_who_was_asked_and_who_carried_it(cast: Cast) -> None:
    entry = entry_v1(cast, answers={"town": Stance.RESERVATION, "district": Stance.OBJECTION, "youth": None})

    assert entry.number == 1
    assert [row["name"] for row in entry.carried_by] == [cast.town.name]
    assert sorted(row["key"] for row in entry.asked) == sorted(
        [cast.town.key, cast.district.key, cast.youth.key]
    )
    assert (entry.preferred_label, entry.change_class) == ("digitale Bildung", "")
    dissent = entry.dissents.get()
    assert (dissent.organisation, dissent.passage, dissent.alternative) == (
        cast.district, "trotz", "„trotz“ streichen",
    )  # fmt: skip
    acts = list(RecordRow.objects.order_by("-seq").values_list("act", flat=True)[:2])
    assert acts == ["publish_dissent", "publish_entry"]
    assert OutboxMessage.objects.filter(template="entry_published").count() == 7


def test_publication_is_told_on_commit(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    told: list[ConsensusEntry] = []

    def listen(*, entry: ConsensusEntry, **_: Any) -> None:
        told.append(entry)

    entry_published.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            entry = entry_v1(cast)
    finally:
        entry_published.disconnect(listen)

    assert told == [entry]


@pytest.mark.parametrize("name", ["alice", "bob", "gesa", "charlie"])
def test_only_editors_publish(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        publish_entry(round=stated_round(cast), by=getattr(cast, name), valid_from=timezone.localdate())


def test_only_a_closed_stated_carried_unpublished_round_is_published(cast: Cast) -> None:
    def term(name: str) -> Any:
        return proposed_definition(cast, term_with_labels(cast, name))

    lost = {"town": Stance.OBJECTION, "district": Stance.OBJECTION}
    done = entry_v1(cast)

    for round, error in (
        (closing_round(cast, term("Eins")), WrongState),
        (closed_round(cast, term("Zwei")), WrongState),
        (stated_round(cast, term("Drei"), lost), RoundNotCarried),
        (done.round, WrongState),
    ):
        with pytest.raises(error):
            published(cast, round)


def test_only_the_newest_closed_round_of_a_term_is_published(cast: Cast) -> None:
    older = stated_round(cast)
    with at(timezone.now() + timedelta(days=20)):
        newer = stated_round(cast, proposed_definition(cast, older.term, title="Anders"))

        with pytest.raises(WrongState):
            published(cast, older)
        assert published(cast, newer).number == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"valid_from": -1}, "valid_from"),
        ({"review_on": 0}, "review_on"),
        ({"change_class": ""}, "change_class"),
        ({"change_class": "huge"}, "change_class"),
        ({"change_reason": " "}, "change_reason"),
    ],
)
def test_a_second_entry_with_impossible_days_or_without_its_change_is_refused(
    cast: Cast, changes: dict[str, Any], field: str
) -> None:
    today = timezone.localdate()
    days = {name: today + timedelta(days=v) for name, v in changes.items() if isinstance(v, int)}
    first = entry_v1(cast)

    with pytest.raises(Invalid) as refusal:
        entry_v2(cast, first, **{**changes, **days})

    assert refusal.value.field == field


def test_an_entry_is_not_valid_before_its_predecessor(cast: Cast) -> None:
    first = entry_v1(cast, valid_from=timezone.localdate() + timedelta(days=5))

    with pytest.raises(Invalid) as refusal:
        entry_v2(cast, first)

    assert refusal.value.field == "valid_from"


def test_publishing_sent_twice_with_one_key_publishes_once(cast: Cast) -> None:
    round = stated_round(cast)

    one = published(cast, round, submission_key="k")
    two = published(cast, fresh(round), submission_key="k")

    assert one == two == ConsensusEntry.objects.get()


def test_in_force_is_the_highest_number_whose_day_has_come(cast: Cast) -> None:
    today = timezone.localdate()
    first = entry_v1(cast)
    second = entry_v2(cast, first, valid_from=today + timedelta(days=10))
    term = first.term

    assert entry_in_force(term, today - timedelta(days=1)) is None
    assert entry_in_force(term, today) == entry_in_force(term, today + timedelta(days=9)) == first
    assert entry_in_force(term, today + timedelta(days=10)) == second
    assert in_force_map([term.pk]) == {term.pk: first}


def test_two_entries_valid_from_the_same_day_leave_the_later_one_in_force(cast: Cast) -> None:
    first = entry_v1(cast)
    second = entry_v2(cast, first)

    assert entry_in_force(first.term) == second


@pytest.mark.parametrize(
    ("answer", "copied"),
    [(None, True), (Stance.STAND_ASIDE, True), (Stance.CONSENT, False), (Stance.RESERVATION, False)],
)
def test_a_dissent_is_carried_over_unless_its_organisation_decided_anew(
    cast: Cast, answer: str | None, copied: bool
) -> None:
    first = entry_v1(cast, answers={"district": Stance.OBJECTION})

    second = entry_v2(cast, first, answers={"district": answer})

    assert [d.carried_from for d in current_dissents(second)] == ([first.dissents.get()] if copied else [])


def test_a_new_objection_replaces_the_old_dissent(cast: Cast) -> None:
    first = entry_v1(cast, answers={"district": Stance.OBJECTION})
    second = proposed_definition(cast, first.term, title="Noch trotziger")
    round = stated_round(cast, second, {"district": Stance.OBJECTION})

    entry = published(cast, round, change_class=ChangeClass.MEANING, change_reason="Neu")

    assert entry.dissents.get().position.seat.round == round


def test_a_withdrawn_dissent_is_not_carried_over(cast: Cast) -> None:
    first = entry_v1(cast, answers={"district": Stance.OBJECTION})
    say(cast, first, "district", SupportKind.WITHDRAWS_DISSENT)

    second = entry_v2(cast, first, answers={"district": None})

    assert not second.dissents.exists()
    assert term_status(first.term) == TermStatus.AGREED


# ---- support


def say(cast: Cast, entry: ConsensusEntry, who: str, kind: str, **fields: Any) -> Support:
    organisation = getattr(cast, who)
    return declare_support(
        entry=entry, by=cast.speaker_of(organisation), organisation=organisation, kind=kind, **fields
    )


def test_who_was_silent_joins_and_who_carried_may_end_it(cast: Cast) -> None:
    entry = entry_v1(cast, answers={"youth": None})

    say(cast, entry, "youth", SupportKind.JOINS, evidence="Beschluss vom 3. März")
    say(cast, entry, "town", SupportKind.ENDS)

    assert [row["name"] for row in carried_today(entry)] == [cast.district.name, cast.youth.name]
    assert [row["key"] for row in entry.carried_by].count(cast.town.key) == 1


def test_a_late_dissent_stands_on_the_entry_until_it_is_withdrawn(cast: Cast) -> None:
    entry = entry_v1(cast)

    say(cast, entry, "youth", SupportKind.DISSENTS, reason="Doch nicht.", passage="trotz", alternative="ohne")
    assert (term_status(entry.term), [row["name"] for row in carried_today(entry)]) == (
        TermStatus.AGREED_WITH_DISSENT, [cast.district.name, cast.town.name],
    )  # fmt: skip
    say(cast, entry, "youth", SupportKind.WITHDRAWS_DISSENT)

    assert term_status(entry.term) == TermStatus.AGREED
    assert Dissent.objects.get().support.number == 1
    say(cast, entry, "youth", SupportKind.JOINS)
    assert len(carried_today(entry)) == 3


@pytest.mark.parametrize(
    ("who", "kind"),
    [
        ("town", SupportKind.JOINS),
        ("town", SupportKind.WITHDRAWS_DISSENT),
        ("district", SupportKind.JOINS),
        ("district", SupportKind.DISSENTS),
        ("district", SupportKind.CONFIRMS),
        ("district", SupportKind.ENDS),
        ("youth", SupportKind.CONFIRMS),
        ("youth", SupportKind.ENDS),
        ("youth", SupportKind.WITHDRAWS_DISSENT),
    ],
)
def test_nobody_says_what_does_not_follow_from_where_it_stands(cast: Cast, who: str, kind: str) -> None:
    entry = entry_v1(cast, answers={"district": Stance.OBJECTION, "youth": None})

    with pytest.raises(WrongState):
        say(cast, entry, who, kind, reason="x")
    assert not Support.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "likes"}, "kind"),
        ({"reason": " "}, "reason"),
        ({"passage": "Pferd"}, "passage"),
        ({"made_on": 1}, "made_on"),
        ({"evidence": "x" * 251}, "evidence"),
    ],
)
def test_an_incomplete_declaration_is_refused_beside_its_field(
    cast: Cast, fields: dict[str, Any], field: str
) -> None:
    entry = entry_v1(cast)
    if "made_on" in fields:
        fields = {"made_on": timezone.localdate() + timedelta(days=1)}

    with pytest.raises(Invalid) as refusal:
        say(cast, entry, "youth", **{"kind": SupportKind.DISSENTS, "reason": "Weil.", **fields})

    assert refusal.value.field == field


def test_a_superseded_entry_is_not_supported_any_more(cast: Cast) -> None:
    first = entry_v1(cast, answers={"youth": None})
    entry_v2(cast, first)

    with pytest.raises(WrongState):
        say(cast, first, "youth", SupportKind.JOINS)


def test_an_entry_whose_successor_is_not_valid_yet_is_still_supported(cast: Cast) -> None:
    first = entry_v1(cast, answers={"youth": None})
    entry_v2(cast, first, valid_from=timezone.localdate() + timedelta(days=3))

    assert say(cast, first, "youth", SupportKind.JOINS).number == 1


@pytest.mark.parametrize("name", ["alice", "erik", "fatma", "dora", "charlie", "kaya"])
def test_only_who_speaks_for_the_organisation_declares_its_support(cast: Cast, name: str) -> None:
    entry = entry_v1(cast)

    with pytest.raises(NotAllowed):
        declare_support(
            entry=entry, by=getattr(cast, name), organisation=cast.town, kind=SupportKind.CONFIRMS
        )


def test_a_declaration_sent_twice_is_made_once(cast: Cast) -> None:
    entry = entry_v1(cast, answers={"youth": None})

    one = say(cast, entry, "youth", SupportKind.JOINS, submission_key="k")
    two = say(cast, entry, "youth", SupportKind.JOINS, submission_key="k")

    assert one == two == Support.objects.get()


def test_another_declaration_under_the_same_key_is_refused_and_never_dropped(cast: Cast) -> None:
    entry = entry_v1(cast, answers={"youth": None})
    stored = say(cast, entry, "youth", SupportKind.DISSENTS, reason="Weil.", submission_key="k")

    with pytest.raises(Stale) as refusal:
        say(cast, entry, "youth", SupportKind.DISSENTS, reason="Darum.", submission_key="k")

    assert refusal.value.current == stored == Support.objects.get()
    assert say(cast, entry, "youth", SupportKind.DISSENTS, reason="Weil.", submission_key="k") == stored


def test_nobody_declares_anything_for_a_day_before_the_publication(cast: Cast) -> None:
    entry = entry_v1(cast, answers={"youth": None})
    published = timezone.localdate(entry.published_at)

    with pytest.raises(Invalid) as refusal:
        say(cast, entry, "youth", SupportKind.JOINS, made_on=published - timedelta(days=1))

    assert refusal.value.field == "made_on"
    assert say(cast, entry, "youth", SupportKind.JOINS, made_on=published).made_on == published


def test_publishing_again_with_other_details_under_one_key_is_refused(cast: Cast) -> None:
    round, today = stated_round(cast), timezone.localdate()
    first = publish_entry(round=round, by=cast.dora, valid_from=today, submission_key="k")

    with pytest.raises(Stale) as refusal:
        publish_entry(round=round, by=cast.dora, valid_from=today + timedelta(days=9), submission_key="k")

    assert refusal.value.current == first
    assert publish_entry(round=round, by=cast.dora, valid_from=today, submission_key="k") == first
