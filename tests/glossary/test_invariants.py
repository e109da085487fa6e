"""The invariants of the domain in the database itself: refused with the trigger, and going through without it.

Each case plays somebody who writes past the actions. The negative control lifts exactly the triggers of that case.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from glossary.actions.support import declare_support
from glossary.models import (
    ConsensusEntry,
    Dissent,
    Objection,
    Outcome,
    Position,
    Round,
    Seat,
    Source,
    Statement,
    Support,
    Wording,
)
from glossary.states import Stance, SupportKind
from glossary.triggers.tables import IMMUTABLE
from people.models import Mandate, Organisation
from record.immutable import ImmutableRow
from record.keys import issue_key
from record.models import RecordHead, RecordRow
from record.triggers import expected_triggers, missing_triggers
from record.verify import immutable_models
from tests.factories.cast import Cast, give, make_user
from tests.factories.glossary import (
    BOOK,
    announced_round,
    answer,
    closed_round,
    closing_round,
    entry_v1,
    entry_v2,
    open_round,
    planned_round,
    proposed_definition,
    seat_of,
    second_round,
    stated_round,
    term_with_labels,
)
from tests.factories.guards import lifted, sql

pytestmark = pytest.mark.django_db


def refusal(act: Callable[[], Any]) -> str:
    """What the database says against it, "" if it goes through; nothing of it stays either way."""
    try:
        with transaction.atomic():
            act()
            transaction.set_rollback(True)
    except IntegrityError as error:
        return str(error)
    return ""


def refused(act: Callable[[], Any]) -> bool:
    """The database refuses it."""
    return bool(refusal(act))


def assert_guarded(act: Callable[[], Any], *names: str) -> None:
    """Refused with these triggers, possible without them."""
    assert refused(act)
    with lifted(*names):
        assert not refused(act)


# ---- 1 immutable rows


@pytest.fixture
def rows(cast: Cast) -> dict[type[models.Model], ImmutableRow]:
    """One row of every immutable kind."""
    entry = entry_v1(cast, answers={"district": Stance.OBJECTION})
    supported(cast, entry)
    return {model: model.objects.first() for model in immutable_models()}


def supported(cast: Cast, entry: ConsensusEntry) -> Support:
    return declare_support(entry=entry, by=cast.bob, organisation=cast.town, kind=SupportKind.CONFIRMS)


def test_no_column_of_an_immutable_row_is_updated(rows: dict[type[models.Model], ImmutableRow]) -> None:
    for model, row in rows.items():
        for field in model._meta.local_concrete_fields:
            if field.column != "id" and not field.is_relation:
                value = rewritten(field, getattr(row, field.attname))
                message = refusal(change(row, field.attname, value))
                assert "never change" in message, (model, field.column, message)


def test_without_the_trigger_an_immutable_row_could_be_updated(
    rows: dict[type[models.Model], ImmutableRow],
) -> None:
    for model, row in rows.items():
        assert_guarded(change(row, "digest", "0" * 64), f"{model._meta.db_table}_never_changed")


def change(row: models.Model, name: str, value: Any) -> Callable[[], Any]:
    return lambda: type(row)._default_manager.filter(pk=row.pk).update(**{name: value})


def rewritten(field: models.Field, value: Any) -> Any:
    if isinstance(field, models.DateTimeField | models.DateField):
        return (value or timezone.now()) + timedelta(days=1)
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.IntegerField):
        return (value or 0) + 9
    if isinstance(field, models.JSONField):
        return {"other": True}
    if isinstance(field, models.BinaryField):
        return b"0123456789abcdef"
    return "other"[: field.max_length or 5]


def test_no_immutable_row_is_deleted(rows: dict[type[models.Model], ImmutableRow]) -> None:
    for model, row in rows.items():
        table = model._meta.db_table
        assert_guarded(
            lambda t=table, r=row: sql(f'DELETE FROM "{t}" WHERE "id" = %s', r.pk), f"{table}_never_deleted"
        )


@pytest.mark.postgresql
def test_no_immutable_table_is_truncated(rows: dict[type[models.Model], ImmutableRow]) -> None:
    for model in rows:
        table = model._meta.db_table
        connection.check_constraints()
        assert refused(lambda t=table: sql(f'TRUNCATE "{t}" CASCADE'))


def test_a_redaction_empties_the_text_and_nothing_else(cast: Cast) -> None:
    wording = proposed_definition(cast).wording
    row = Wording.objects.filter(pk=wording.pk)
    emptied = {"text": None, "scope": None, "text_hash": None, "salt": None, "redacted_at": timezone.now()}

    assert not refused(lambda: row.update(**emptied))
    assert_guarded(lambda: row.update(**emptied, author_key="00000000"), "glossary_wording_never_changed")
    row.update(**emptied)
    assert refused(lambda: row.update(redacted_at=timezone.now()))
    assert refused(lambda: row.update(**{**emptied, "redacted_at": None, "text": "wieder da"}))


def test_the_literal_column_lists_name_every_column_once() -> None:
    for model in immutable_models():
        kept, redacted = IMMUTABLE[model._meta.db_table]
        columns = sorted(field.column for field in model._meta.local_concrete_fields)

        assert sorted((*kept, *redacted, "salt", "redacted_at")) == columns
        assert tuple(redacted) == tuple(model.REDACTED)


def test_a_wording_takes_no_source_or_parent_after_it_was_recorded(cast: Cast) -> None:
    one = proposed_definition(cast, sources=[BOOK]).wording
    other = proposed_definition(cast, term_with_labels(cast, "Lernort")).wording

    assert_guarded(
        lambda: Source.objects.create(wording=one, position=2, csl={}, relation="own"),
        "glossary_source_with_its_wording",
    )
    assert_guarded(lambda: one.parents.add(other), "glossary_wording_parents_with_its_wording")
    assert_guarded(lambda: Source.objects.update(passage="S. 13"), "glossary_source_never_changed")
    assert_guarded(lambda: Source.objects.all().delete(), "glossary_source_never_deleted")


# ---- 2 seats, numbers, one announced round, the round's wording


def test_one_seat_per_organisation_and_round(cast: Cast) -> None:
    planned = planned_round(cast)
    seats = [Seat(round=planned, organisation=cast.town, organisation_name=str(n)) for n in range(2)]

    seats[0].save()

    assert refused(seats[1].save)


def test_the_seats_of_an_announced_round_are_fixed(cast: Cast) -> None:
    announced = announced_round(cast)
    seat = seat_of(announced, cast.town)

    assert_guarded(
        lambda: Seat.objects.create(round=announced, organisation=cast.outside, organisation_name="Verein"),
        "glossary_seat_fixed_insert",
    )
    assert_guarded(
        lambda: Seat.objects.filter(pk=seat.pk).update(organisation_name="X"), "glossary_seat_fixed_update"
    )
    assert_guarded(
        lambda: sql("DELETE FROM glossary_seat WHERE id = %s", seat.pk), "glossary_seat_fixed_delete"
    )


def test_a_round_is_announced_only_with_seats(cast: Cast) -> None:
    planned = Round.objects.filter(pk=planned_round(cast).pk)

    assert_guarded(
        lambda: planned.update(state="announced", announced_at=timezone.now()), "glossary_round_has_seats"
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"question": "Etwas anderes?"},
        {"rules": {}},
        {"basis": {}},
        {"opens_at": timezone.now() - timedelta(days=9)},
        {"kind": "sense_check"},
        {"change_class": "editorial"},
        {"announced_by_key": "00000000"},
        {"announced_at": timezone.now()},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_announcing_freezes_a_round(cast: Cast, changes: dict[str, Any]) -> None:
    announced = Round.objects.filter(pk=announced_round(cast).pk)

    assert_guarded(lambda: announced.update(**changes), "glossary_round_frozen")


def test_the_wording_of_an_announced_round_stays(cast: Cast) -> None:
    announced = announced_round(cast)
    other = proposed_definition(cast, announced.term, title="Anders").wording

    assert_guarded(
        lambda: Round.objects.filter(pk=announced.pk).update(wording=other), "glossary_round_frozen"
    )


def test_a_definition_stays_while_a_round_asks_about_it(cast: Cast) -> None:
    definition = announced_round(cast).definition
    row = type(definition).objects.filter(pk=definition.pk)
    other = proposed_definition(cast, definition.term, title="Anders").wording

    assert_guarded(lambda: row.update(wording=other), "glossary_definition_stays_while_asked")
    assert_guarded(lambda: row.update(state="withdrawn"), "glossary_definition_stays_while_asked")


def test_a_closed_round_never_changes(cast: Cast) -> None:
    row = Round.objects.filter(pk=closed_round(cast).pk)

    assert_guarded(lambda: row.update(closes_at=timezone.now() + timedelta(days=9)), "glossary_round_over")
    assert_guarded(
        lambda: row.update(state="announced", closed_at=None),
        "glossary_round_over",
        "glossary_round_moves_forward",
    )


def test_a_round_is_not_closed_before_its_end_nor_cancelled_after_it(cast: Cast) -> None:
    running = Round.objects.filter(pk=open_round(cast).pk)
    over = Round.objects.filter(
        pk=closing_round(cast, proposed_definition(cast, term_with_labels(cast, "Lernort"))).pk
    )
    now = timezone.now()

    assert_guarded(lambda: running.update(state="closed", closed_at=now), "glossary_round_moves_forward")
    assert_guarded(
        lambda: over.update(state="cancelled", cancelled_at=now, cancel_reason="Zu spät"),
        "glossary_round_moves_forward",
    )


def test_one_announced_consent_round_per_term(cast: Cast) -> None:
    announced = announced_round(cast)
    second = second_round(cast, announced)
    Seat.objects.create(round=second, organisation=cast.town, organisation_name="Stadt")

    assert refused(
        lambda: Round.objects.filter(pk=second.pk).update(state="announced", announced_at=timezone.now())
    )


def test_an_announced_round_is_never_deleted(cast: Cast) -> None:
    round = announced_round(cast)

    with lifted("glossary_seat_fixed_delete"):
        assert_guarded(
            lambda: (
                sql("DELETE FROM glossary_seat WHERE round_id = %s", round.pk),
                sql("DELETE FROM glossary_round WHERE id = %s", round.pk),
            ),
            "glossary_round_never_deleted",
        )


def copy_of(position: Position, **changes: Any) -> Position:
    """Another position row, as somebody with SQL would write it."""
    values = {
        f.attname: getattr(position, f.attname)
        for f in Position._meta.local_concrete_fields
        if f.name != "id"
    }
    return Position(**{**values, "digest": "0" * 64, "submission_key": None, **changes})


def save(row: models.Model) -> Callable[[], Any]:
    return lambda: row.save(force_insert=True)


@pytest.mark.parametrize("number", [1, 3, 0])
def test_positions_are_numbered_one_after_the_other(cast: Cast, number: int) -> None:
    first = answer(cast, open_round(cast), cast.town)

    assert refused(save(copy_of(first, number=number)))
    assert not refused(save(copy_of(first, number=2)))
    if number == 3:
        with lifted("glossary_position_next_number"):
            assert not refused(save(copy_of(first, number=number)))


def test_a_positions_wording_is_its_rounds(cast: Cast) -> None:
    round = open_round(cast)
    first = answer(cast, round, cast.town)
    other = proposed_definition(cast, round.term, title="Anders").wording

    assert_guarded(save(copy_of(first, number=2, wording_id=other.pk)), "glossary_position_in_time")


# ---- 3 in time, with a mandate


@pytest.mark.parametrize(("edge", "microseconds", "fits"), [
    ("opens_at", -1, False), ("opens_at", 0, True), ("closes_at", -1, True), ("closes_at", 0, False),
])  # fmt: skip
def test_positions_are_taken_while_the_round_is_open(
    cast: Cast, edge: str, microseconds: int, fits: bool
) -> None:
    round = open_round(cast)
    first = answer(cast, round, cast.town)
    moment = getattr(round, edge) + timedelta(microseconds=microseconds)
    late = save(copy_of(first, number=2, taken_at=moment))

    if fits:
        assert not refused(late)
    else:
        assert_guarded(late, "glossary_position_in_time")


@pytest.mark.parametrize("make", [closed_round, planned_round])
def test_a_round_that_is_not_announced_takes_no_position(cast: Cast, make: Callable[..., Round]) -> None:
    first = answer(cast, open_round(cast), cast.town)
    round = make(cast, proposed_definition(cast, term_with_labels(cast, "Lernort")))
    if round.state == "planned":
        Seat.objects.create(round=round, organisation=cast.town, organisation_name="Stadt")
    seat = seat_of(round, cast.town)
    smuggled = copy_of(
        first,
        seat_id=seat.pk,
        number=seat.positions.count() + 1,
        wording_id=round.wording_id,
        taken_at=round.opens_at + timedelta(hours=1),
    )

    assert_guarded(save(smuggled), "glossary_position_in_time")


def test_nobody_answers_without_a_valid_mandate(cast: Cast) -> None:
    round = open_round(cast)
    first = answer(cast, round, cast.town)
    today = timezone.localdate()
    guard = "glossary_position_has_a_mandate"
    old = give(make_user("otto"), cast.town, "deputy", cast.group, valid_until=today - timedelta(days=2))
    coming = give(make_user("uta"), cast.town, "deputy", cast.group, valid_from=today + timedelta(days=2))
    observing = Mandate.objects.get(user=cast.fatma)
    elsewhere = Mandate.objects.get(user=cast.kaya)

    for mandate in (old, coming, observing, elsewhere):
        values = {"mandate_id": mandate.pk, "actor_key": mandate.user.key, "role": mandate.role}
        assert_guarded(save(copy_of(first, number=2, **values)), guard)
    assert_guarded(save(copy_of(first, number=2, actor_key=cast.charlie.key)), guard)
    assert_guarded(save(copy_of(first, number=2, role="deputy")), guard)


def test_a_mandate_does_not_end_before_something_done_by_it(cast: Cast) -> None:
    answer(cast, open_round(cast), cast.town)
    mandate = Mandate.objects.filter(user=cast.bob)

    assert not refused(lambda: mandate.update(valid_until=timezone.localdate()))
    assert_guarded(
        lambda: mandate.update(valid_until=timezone.localdate() - timedelta(days=3)),
        "people_mandate_never_backwards",
    )


def test_a_mandate_is_never_edited_nor_deleted(cast: Cast) -> None:
    mandate = Mandate.objects.filter(user=cast.bob)
    guard = "people_mandate_never_edited"

    assert_guarded(lambda: mandate.update(role="deputy"), guard)
    assert_guarded(lambda: mandate.update(user=cast.charlie), guard)
    assert_guarded(lambda: mandate.update(evidence_title="Ratsbeschluss"), guard)
    assert_guarded(lambda: mandate.delete(), "people_mandate_never_deleted")
    mandate.update(valid_until=timezone.localdate())
    assert_guarded(lambda: mandate.update(valid_until=None), guard)
    assert_guarded(lambda: mandate.update(valid_until=timezone.localdate() + timedelta(days=1)), guard)


def test_an_organisation_has_one_speaker_in_a_group_at_a_time(cast: Cast) -> None:
    guard = "people_mandate_one_speaker"
    otto, today = make_user("otto"), timezone.localdate()

    assert_guarded(lambda: give(otto, cast.town, "speaker", cast.group), guard)
    assert_guarded(lambda: give(otto, cast.town, "speaker", None), guard)
    assert_guarded(lambda: give(otto, cast.district, "speaker", cast.group), guard)
    assert not refused(lambda: give(otto, cast.town, "deputy", cast.group))
    Mandate.objects.filter(user=cast.bob).update(valid_until=today)
    assert refused(lambda: give(otto, cast.town, "speaker", cast.group, valid_from=today))
    assert not refused(
        lambda: give(otto, cast.town, "speaker", cast.group, valid_from=today + timedelta(days=1))
    )


def test_an_objection_belongs_to_a_position_of_that_value(cast: Cast) -> None:
    first = answer(cast, open_round(cast), cast.town)
    objection = Objection(position=first, no_change_helps=True, digest="0" * 64)

    assert_guarded(save(objection), "glossary_objection_belongs_to_one")


# ---- 4 entries


def entry_like(entry: ConsensusEntry, **changes: Any) -> ConsensusEntry:
    fields = ConsensusEntry._meta.local_concrete_fields
    values = {f.attname: getattr(entry, f.attname) for f in fields if f.name != "id"}
    same = {
        "digest": "0" * 64,
        "submission_key": None,
        "kind": "correction",
        "round_id": None,
        "statement_id": None,
    }
    return ConsensusEntry(**{**values, **same, "change_class": "editorial", **changes})


@pytest.mark.parametrize("number", [3, 7])
def test_entries_are_numbered_without_gaps(cast: Cast, number: int) -> None:
    first = entry_v1(cast)

    assert not refused(save(entry_like(first, number=2)))
    assert_guarded(save(entry_like(first, number=number)), "glossary_consensusentry_next_number")


def test_an_entry_is_not_valid_before_its_publication_or_its_predecessor(cast: Cast) -> None:
    today = timezone.localdate()
    first = entry_v1(cast, valid_from=today + timedelta(days=5))
    guard = "glossary_consensusentry_in_order"

    assert_guarded(save(entry_like(first, number=2, valid_from=today + timedelta(days=4))), guard)
    assert_guarded(save(entry_like(first, number=2, valid_from=today - timedelta(days=2))), guard)
    assert not refused(save(entry_like(first, number=2, valid_from=today + timedelta(days=5))))


def test_an_agreed_entry_holds_the_wording_its_round_agreed_on(cast: Cast) -> None:
    first = entry_v1(cast)
    lost = stated_round(
        cast,
        proposed_definition(cast, first.term, title="Abgelehnt"),
        {"town": Stance.OBJECTION, "district": Stance.OBJECTION},
    )
    values = {"kind": "agreed", "number": 2, "round_id": lost.pk, "statement_id": lost.statement.pk}
    guard = "glossary_consensusentry_from_its_round"

    assert_guarded(save(entry_like(first, **values, wording_id=lost.wording_id)), guard)


# ---- 5 outcome and statement


def test_an_outcome_belongs_to_a_closed_round_and_a_statement_follows_it(cast: Cast) -> None:
    round = closing_round(cast)
    now = timezone.now()

    assert_guarded(
        save(Outcome(round=round, closed_at=now, digest="0" * 64)), "glossary_outcome_of_a_closed_round"
    )
    assert_guarded(
        save(Statement(round=round, text="So.", made_at=now, actor_key="x", digest="0" * 64)),
        "glossary_statement_after_the_outcome",
    )


# ---- 6 the record, keys


def test_the_record_grows_at_its_end_only(cast: Cast) -> None:
    head = RecordHead.objects.get()
    row = RecordRow(seq=head.seq + 1, prev=head.hash, body="{}", hash="1" * 64, time=timezone.now(), act="x")

    def with_(**changes: Any) -> Callable[[], Any]:
        fields = RecordRow._meta.local_concrete_fields
        values = {f.attname: getattr(row, f.attname) for f in fields}
        return save(RecordRow(**{**values, **changes}))

    assert not refused(with_())
    assert_guarded(with_(seq=head.seq + 2), "record_recordrow_continues_the_chain")
    assert_guarded(with_(prev="2" * 64), "record_recordrow_continues_the_chain")


def test_the_record_is_never_changed_or_deleted_and_its_head_moves_by_one(cast: Cast) -> None:
    term_with_labels(cast)
    seq = RecordHead.objects.get().seq

    assert_guarded(
        lambda: RecordRow.objects.filter(seq=seq).update(act="y"), "record_recordrow_never_changed"
    )
    assert_guarded(lambda: RecordRow.objects.filter(seq=seq).delete(), "record_recordrow_never_deleted")
    assert_guarded(lambda: RecordHead.objects.update(seq=seq - 1), "record_recordhead_moves_by_one")
    assert_guarded(lambda: RecordHead.objects.update(seq=seq + 1), "record_recordhead_moves_by_one")
    assert_guarded(lambda: RecordHead.objects.all().delete(), "record_recordhead_never_deleted")


def test_a_key_is_registered_for_its_kind_and_never_changes(cast: Cast) -> None:
    term = term_with_labels(cast)
    fake = Organisation(
        key="zzzzzzzz", name="Ohne", slug="ohne", short_name="O", kind="network", mailbox="o@x.org"
    )

    assert_guarded(save(fake), "people_organisation_key_registered")
    fake.key = term.key
    assert_guarded(save(fake), "people_organisation_key_registered")
    fake.key = issue_key(kind="organisation")
    assert not refused(save(fake))
    assert_guarded(
        lambda: type(term).objects.filter(pk=term.pk).update(key=issue_key(kind="term")),
        "glossary_term_key_never_changes",
    )


# ---- the list itself


def test_all_triggers_are_in_place_and_a_missing_one_is_named() -> None:
    assert missing_triggers() == []

    with lifted("glossary_position_in_time"):
        missing = missing_triggers()

    assert missing == ["glossary_position_in_time"]


def test_names_of_triggers_are_unique_and_fit_both_engines() -> None:
    for vendor in ("sqlite", "postgresql"):
        names = [trigger.name for trigger in expected_triggers(vendor)]

        assert len(names) == len(set(names))
        assert max(map(len, names)) <= 63


def test_an_entry_keeps_its_dissents(cast: Cast) -> None:
    first = entry_v1(cast, answers={"district": Stance.OBJECTION})
    entry_v2(cast, first, answers={"district": None})

    assert_guarded(
        lambda: Dissent.objects.filter(entry=first).update(reason="anders"), "glossary_dissent_never_changed"
    )
