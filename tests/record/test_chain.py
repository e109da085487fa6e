"""Appending to the record, and public keys."""

import json
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from record.canonical import NotCanonical, sha256_hex
from record.chain import Act, RecordNotStarted, append
from record.crockford import is_key
from record.keys import issue_key
from record.models import Key, RecordHead, RecordRow
from record.verify import verify
from tests.factories.guards import lifted

NOW = datetime(2026, 3, 3, 17, tzinfo=UTC)


@pytest.mark.django_db
def test_the_first_row_names_the_installation() -> None:
    first = RecordRow.objects.get(seq=1)

    assert (first.act, first.prev, first.object_kind) == ("installation_started", "", "installation")
    assert Key.objects.get(value=first.object_key).kind == "installation"


@pytest.mark.django_db
def test_each_row_continues_the_one_before_it() -> None:
    one = append(Act(name="one", at=NOW, facts={"b": 1, "a": None}))
    two = append(Act(name="two", at=NOW))

    assert (two.seq, two.prev) == (one.seq + 1, one.hash)
    assert one.hash == sha256_hex(one.body.encode())
    assert json.loads(one.body)["time"] == "2026-03-03T17:00:00.000000Z"
    assert (RecordHead.objects.get().seq, RecordHead.objects.get().hash) == (two.seq, two.hash)
    assert verify().ok


@pytest.mark.django_db
def test_an_act_that_has_no_canonical_form_is_not_recorded() -> None:
    before = RecordHead.objects.get().seq

    with pytest.raises(NotCanonical):
        append(Act(name="x", at=NOW, facts={"share": 0.5}))  # type: ignore[dict-item]

    assert RecordHead.objects.get().seq == before


@pytest.mark.django_db(transaction=True)
def test_the_record_is_written_only_inside_the_transaction_of_an_act() -> None:
    assert not connection.in_atomic_block

    with pytest.raises(RuntimeError):
        append(Act(name="x", at=NOW))


@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_leaves_no_gap() -> None:
    with transaction.atomic():
        append(Act(name="x", at=NOW))
        transaction.set_rollback(True)
    with transaction.atomic():
        append(Act(name="y", at=NOW))

    assert list(RecordRow.objects.values_list("seq", flat=True)) == [1, 2]


@pytest.mark.django_db
def test_without_a_head_nothing_is_recorded() -> None:
    with lifted():
        RecordHead.objects.all().delete()

        with pytest.raises(RecordNotStarted):
            append(Act(name="x", at=NOW))


@pytest.mark.django_db
def test_a_key_that_collides_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = issue_key(kind="term")
    draws = iter([taken, taken, "zzzzzzzz"])
    monkeypatch.setattr("record.keys.random_key", lambda: next(draws))

    key = issue_key(kind="wording")

    assert key == "zzzzzzzz"
    assert is_key(taken)
    assert Key.objects.get(value=taken).kind == "term"
