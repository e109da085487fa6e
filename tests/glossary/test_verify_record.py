"""`manage.py verify_record` finds a changed byte in any immutable row or the record, also past the triggers."""

import hashlib
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from glossary.actions.redaction import redact
from glossary.actions.support import declare_support
from glossary.models import ConsensusEntry, Position, Round, Seat, Term, Wording
from glossary.states import RedactionReason, Stance, SupportKind
from glossary.tally import Outcome
from people.actions.accounts import erase_person
from people.models import Mandate
from record.models import RecordHead, RecordRow
from record.verify import immutable_models, one_look, verify
from tests.factories.cast import Cast
from tests.factories.glossary import (
    BOOK,
    closed_round,
    entry_v1,
    entry_v2,
    joint_draft,
    open_round,
    proposed_definition,
    term_with_labels,
)
from tests.factories.guards import lifted, sql
from tests.factories.together import together

pytestmark = pytest.mark.django_db

# Primary keys stay inside: nothing outside the database knows them.
INSIDE = {"id"}


@pytest.fixture
def history(cast: Cast) -> ConsensusEntry:
    """A bit of everything: two entries, a round's dissent carried over, a joint draft, later support and dissent."""
    first = entry_v1(cast, answers={"district": Stance.OBJECTION})
    declare_support(
        entry=first, by=cast.bob, organisation=cast.town, kind=SupportKind.CONFIRMS, evidence="Rat, 3. 3."
    )
    second = entry_v2(cast, first, answers={"district": None, "youth": Stance.RESERVATION})
    declare_support(
        entry=second, by=cast.mio, organisation=cast.youth, kind=SupportKind.DISSENTS, reason="Doch nicht."
    )
    joint_draft(cast, second.term, sources=[BOOK])
    other = entry_v1(cast, term_with_labels(cast, "Lernort"), answers={"youth": Stance.OBJECTION})
    declare_support(entry=other, by=cast.bob, organisation=cast.town, kind=SupportKind.ENDS)
    open_round(cast, proposed_definition(cast, term_with_labels(cast, "Medienbildung")))
    return second


def test_an_untouched_history_verifies(history: ConsensusEntry) -> None:
    report = verify()

    assert report.breaches == []
    assert report.immutable_rows == sum(model.objects.count() for model in immutable_models())
    assert report.record_rows == RecordRow.objects.count()


def test_every_kind_of_immutable_row_is_in_the_history(history: ConsensusEntry) -> None:
    assert [model for model in immutable_models() if not model.objects.exists()] == []


@pytest.mark.parametrize("model", immutable_models(), ids=lambda model: model.__name__)
def test_a_changed_column_of_an_immutable_row_is_found_and_the_row_named(
    history: ConsensusEntry, model: type[models.Model]
) -> None:
    row = model.objects.order_by("pk").last()
    name = f"{model.RECORD_KIND} {row.record_key()}"
    columns = [field for field in model._meta.local_concrete_fields if field.column not in INSIDE]

    with lifted():
        unnoticed = [field.column for field in columns if not is_noticed(model, row, field, name)]

    assert unnoticed == []


def is_noticed(model: type[models.Model], row: Any, field: models.Field, name: str) -> bool:
    """A changed value is refused by a constraint of the table, or found with the name the row was recorded by."""
    try:
        with transaction.atomic():
            tamper(model, row, field)
            breaches = verify().breaches
            transaction.set_rollback(True)
    except IntegrityError:
        return True
    return any(name in breach or f"{model.RECORD_KIND} with id {row.pk}:" in breach for breach in breaches)


def tamper(model: type[models.Model], row: Any, field: models.Field) -> None:
    """Put another value of the right type into one column, by SQL."""
    value = getattr(row, field.attname)
    column, table = field.column, model._meta.db_table
    if isinstance(field, models.ForeignKey):
        others = field.related_model.objects.exclude(pk=value)
        if field.unique:
            taken = model.objects.exclude(**{field.attname: None}).values_list(field.attname, flat=True)
            others = others.exclude(pk__in=list(taken))
        other = others.order_by("pk").first()
        new: Any = other.pk if other else None
    elif isinstance(field, models.DateTimeField):
        new = (value or timezone.now()) + timedelta(microseconds=1)
    elif isinstance(field, models.DateField):
        new = (value or timezone.localdate()) + timedelta(days=1)
    elif isinstance(field, models.BooleanField):
        new = not value
    elif isinstance(field, models.IntegerField):
        new = (value or 0) + 7
    elif isinstance(field, models.BinaryField):
        new = bytes([value[0] ^ 1, *value[1:]])
    elif isinstance(field, models.JSONField):
        new = field.get_db_prep_save({"x": 1}, connection)
    else:
        new = other_text(field, value)
    where = f'UPDATE "{table}" SET "{column}" = %s WHERE "id" = %s'
    prepared = field.get_db_prep_save(new, connection) if isinstance(field, models.DateTimeField) else new
    assert sql(where, prepared, row.pk) == 1


def other_text(field: models.Field, value: str | None) -> str:
    """One character different; within what the column's constraints admit."""
    if field.choices:
        return next(str(choice) for choice, _ in field.choices if choice and str(choice) != value)
    value = value or ""
    return ("x" if value[:1] != "x" else "y") + value[1:]


def test_a_changed_column_of_the_record_is_found_and_the_row_named(history: ConsensusEntry) -> None:
    row = RecordRow.objects.exclude(object_digest="").order_by("-seq")[3]
    fields = [field for field in RecordRow._meta.local_concrete_fields if field.column != "seq"]

    with lifted():
        unnoticed = [field.column for field in fields if not record_is_noticed(row, field)]

    assert unnoticed == []


def record_is_noticed(row: RecordRow, field: models.Field) -> bool:
    value = getattr(row, field.attname)
    new = value + timedelta(microseconds=1) if field.name == "time" else other_text(field, value)
    prepared = field.get_db_prep_save(new, connection)
    with transaction.atomic():
        sql(f'UPDATE "record_recordrow" SET "{field.column}" = %s WHERE "seq" = %s', prepared, row.seq)
        breaches = verify().breaches
        transaction.set_rollback(True)
    return any(breach.startswith(f"record row {row.seq}:") for breach in breaches)


def test_a_record_row_that_is_missing_is_found(history: ConsensusEntry) -> None:
    seq = RecordRow.objects.order_by("-seq")[2].seq

    with lifted():
        sql('DELETE FROM "record_recordrow" WHERE "seq" = %s', seq)
        report = verify()

    assert any(breach.startswith(f"record row {seq + 1}:") for breach in report.breaches)


def test_a_chain_cut_off_at_its_end_is_found_by_the_head_and_the_rows_it_named(
    history: ConsensusEntry,
) -> None:
    last = RecordRow.objects.order_by("-seq").first()

    with lifted():
        sql('DELETE FROM "record_recordrow" WHERE "seq" = %s', last.seq)
        report = verify()

    assert any(breach.startswith("record head:") for breach in report.breaches)


def test_a_head_that_was_moved_is_found(history: ConsensusEntry) -> None:
    with lifted():
        sql('UPDATE "record_recordhead" SET "hash" = %s', "0" * 64)
        report = verify()

    assert [breach.split(":")[0] for breach in report.breaches] == ["record head"]


def test_a_rewritten_row_with_a_fitting_hash_breaks_the_chain_behind_it(history: ConsensusEntry) -> None:
    row = RecordRow.objects.order_by("-seq")[3]
    body = row.body.replace(row.act, "close_round" if row.act != "close_round" else "plan_round")

    with lifted():
        RecordRow.objects.filter(pk=row.pk).update(body=body, hash=hashlib.sha256(body.encode()).hexdigest())
        report = verify()

    assert any(breach.startswith(f"record row {row.seq + 1}:") for breach in report.breaches)


def test_a_deleted_immutable_row_is_found_and_named(history: ConsensusEntry) -> None:
    dissent = history.dissents.last()
    name = f"dissent {dissent.record_key()}"

    with lifted():
        sql('DELETE FROM "glossary_dissent" WHERE "id" = %s', dissent.pk)
        report = verify()

    assert any(breach.startswith(name) for breach in report.breaches)


def test_a_row_smuggled_in_is_found(history: ConsensusEntry) -> None:
    position = Position.objects.order_by("pk").last()
    position.pk, position.number, position.submission_key, position.digest = (
        None,
        position.number + 1,
        None,
        "0" * 64,
    )

    with lifted():
        position.save(force_insert=True)
        report = verify()

    assert any(breach.startswith(f"position {position.record_key()}:") for breach in report.breaches)


@pytest.mark.parametrize(
    ("model", "changes"),
    [
        (Seat, {"organisation_name": "Jemand anders"}),
        (Round, {"question": "Etwas anderes?"}),
        (Round, {"rules": {}}),
        (Round, {"closes_at": timezone.now() + timedelta(days=400)}),
        (Round, {"announced_by_key": "00000000"}),
    ],
)
def test_a_change_to_an_announced_round_is_found(
    history: ConsensusEntry, model: type[models.Model], changes: dict[str, Any]
) -> None:
    round = history.round
    mine = {"pk": round.pk} if model is Round else {"round": round}

    with lifted():
        model.objects.filter(**mine).update(**changes)
        report = verify()

    assert any(breach.startswith(f"round {round.key}:") for breach in report.breaches), report.breaches


def test_a_seat_added_after_announcing_is_found(history: ConsensusEntry, cast: Cast) -> None:
    with lifted():
        Seat.objects.create(round=history.round, organisation=cast.outside, organisation_name="Verein")
        report = verify()

    assert any(breach.startswith(f"round {history.round.key}:") for breach in report.breaches)


def test_a_parent_or_source_added_to_a_wording_is_found(history: ConsensusEntry) -> None:
    first, last = Wording.objects.order_by("pk").first(), Wording.objects.order_by("pk").last()

    with lifted():
        first.parents.add(last)
        report = verify()

    assert f"wording {first.key}: its content does not fit its digest" in report.breaches


def test_a_mandate_given_to_somebody_else_breaks_the_positions_taken_by_it(
    history: ConsensusEntry, cast: Cast
) -> None:
    with lifted():
        Mandate.objects.filter(user=cast.bob).update(user=cast.charlie)
        report = verify()

    assert any(breach.startswith("position ") for breach in report.breaches)


def test_after_erasing_a_person_and_redacting_texts_it_still_passes_and_says_what_was_redacted(
    history: ConsensusEntry, cast: Cast
) -> None:
    erase_person(user=cast.kaya, by=cast.admin)
    rows = [
        history.round.definition.wording,
        history.dissents.first(),
        history.statement,
        Position.objects.filter(value=Stance.RESERVATION).get(),
        history.supports.first(),
        history,
    ]
    names = {f"{row.RECORD_KIND} {row.record_key()}" for row in rows}

    for row in rows:
        redact(row=row, by=cast.admin, reason=RedactionReason.PERSONAL)
    report = verify()

    assert report.breaches == []
    assert set(report.redacted) == names


def test_facts_of_a_redacted_row_are_still_proved(cast: Cast) -> None:
    closed = closed_round(cast, answers={"youth": Stance.RESERVATION})
    row = Position.objects.get(seat__round=closed, value=Stance.RESERVATION)
    redact(row=row, by=cast.admin, reason=RedactionReason.ILLEGAL)

    with lifted():
        sql("UPDATE glossary_position SET value = 'consent' WHERE id = %s", row.pk)
        report = verify()

    assert any(breach.startswith(f"position {row.record_key()}:") for breach in report.breaches)


def test_a_text_emptied_without_a_record_is_no_redaction(history: ConsensusEntry) -> None:
    wording = history.wording

    with lifted():
        Wording.objects.filter(pk=wording.pk).update(
            text=None, scope=None, text_hash=None, salt=None, redacted_at=timezone.now()
        )
        report = verify()

    assert any(breach.startswith(f"wording {wording.key}: was emptied") for breach in report.breaches)


def test_the_command_names_the_row_and_exits_with_one(history: ConsensusEntry) -> None:
    out, err = StringIO(), StringIO()
    with lifted():
        sql("UPDATE glossary_statement SET text = 'Nein' WHERE id = %s", history.statement_id)

        with pytest.raises(CommandError) as refusal:
            call_command("verify_record", stdout=out, stderr=err)

    assert refusal.value.returncode == 1
    assert f"statement {history.round.key}" in err.getvalue()


def test_the_command_says_what_it_proved(history: ConsensusEntry, cast: Cast) -> None:
    redact(row=history.statement, by=cast.admin, reason=RedactionReason.ERASURE)
    out = StringIO()

    call_command("verify_record", stdout=out)

    assert f"redacted: statement {history.round.key}" in out.getvalue()
    assert "everything is as it was recorded" in out.getvalue()


def test_after_a_restore_the_record_names_the_row_it_goes_on_from(history: ConsensusEntry) -> None:
    before = RecordHead.objects.get()

    call_command("record_restored", stdout=StringIO())

    row = RecordRow.objects.order_by("-seq").first()
    assert row.act == "record_restored"
    assert f'"hash":"{before.hash}","seq":{before.seq}' in row.body
    assert verify().ok


def test_an_outcome_of_today_is_compared_by_the_form_it_was_stored_in(
    history: ConsensusEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A field the tally gets one day breaks no outcome stored before."""
    usual = Outcome.as_json
    monkeypatch.setattr(Outcome, "as_json", lambda self: {**usual(self), "later": 1})

    assert verify().breaches == []


def test_a_changed_count_breaks_its_round(history: ConsensusEntry) -> None:
    outcome = history.round.outcome

    with lifted():
        type(outcome).objects.filter(pk=outcome.pk).update(tally={**outcome.tally, "consents": 99})
        breaches = verify().breaches

    assert f"round {history.round.key}: its outcome is not what its answers add up to" in breaches


@pytest.mark.django_db(transaction=True)
def test_verifying_is_one_look_and_no_writer_waits_for_it(cast: Cast) -> None:
    before = RecordRow.objects.count()

    with one_look():
        seen = [RecordRow.objects.count()]
        written = together(writer=lambda: term_with_labels(cast))
        seen.append(RecordRow.objects.count())

    assert isinstance(written["writer"], Term)
    assert seen == [before, before]
    assert RecordRow.objects.count() > before


@pytest.mark.parametrize("column", ["group_id", "term_id"])
def test_a_round_torn_from_its_term_or_group_is_found_not_skipped(
    history: ConsensusEntry, column: str
) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL checks foreign keys at commit and cannot be made to forget them")
    round = history.round
    assert round is not None

    with lifted(), connection.constraint_checks_disabled():
        sql(f"UPDATE glossary_round SET {column} = 999999 WHERE id = %s", round.pk)
        breaches = verify().breaches
        sql(f"UPDATE glossary_round SET {column} = %s WHERE id = %s", getattr(round, column), round.pk)

    assert any(round.key in breach and "cannot be read" in breach for breach in breaches)


def test_a_round_whose_rules_were_damaged_is_named_instead_of_ending_the_check(
    history: ConsensusEntry,
) -> None:
    round = history.round
    assert round is not None

    with lifted():
        sql("UPDATE glossary_round SET rules = %s WHERE id = %s", '{"a": 1}', round.pk)

    assert any(round.key in breach for breach in verify().breaches)
