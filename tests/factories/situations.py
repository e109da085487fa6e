"""Terms in every combination of what their status is read from: rows past the actions, as acts would have left them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from typing import Any
from uuid import uuid4

from django.utils import timezone

from glossary.models import ConsensusEntry, Definition, Dissent, Outcome, Round, Support, Term, Wording
from glossary.standing import Facts
from record.keys import issue_key
from tests.factories.cast import Cast
from tests.factories.clock import ago, ahead
from tests.factories.guards import lifted

ENTRIES = ("none", "in_force", "dissent", "withdrawn", "revoked", "coming")
ROUNDS = (
    "none",
    "announced",
    "sense_check",
    "cancelled",
    "failed",
    "carried",
    "carried_then_failed",
    "published",
)
DEFINITIONS = ("none", "source", "proposal", "joint_draft", "withdrawn")


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What a term has, one value of each kind."""

    entry: str
    round: str
    definition: str
    steward: bool

    @property
    def facts(self) -> Facts:
        """What follows from it, said independently of the code under test."""
        return Facts(
            retired=False,
            in_force=self.entry in {"in_force", "dissent", "withdrawn"},
            dissent=self.entry == "dissent",
            coming=self.entry == "coming",
            asked=self.round in {"announced", "sense_check"},
            carried=self.round == "carried" or (self.round == "published" and self.entry == "none"),
            joint_draft=self.definition == "joint_draft",
            proposal=self.definition == "proposal",
            steward=self.steward,
        )


def every_situation(cast: Cast) -> Iterator[tuple[Term, Situation]]:
    """A term for each combination."""
    with lifted():
        for entry, round, definition, steward in product(ENTRIES, ROUNDS, DEFINITIONS, (True, False)):
            situation = Situation(entry=entry, round=round, definition=definition, steward=steward)
            yield _term(cast, situation), situation


def _term(cast: Cast, situation: Situation) -> Term:
    key = issue_key(kind="term")
    steward = cast.group if situation.steward else None
    term = Term.objects.create(key=key, slug=key, created_at=ago(days=90), steward=steward)
    wording = _row(
        Wording, key=issue_key(kind="wording"), term=term, text="x", author_key="a", made_at=ago(days=80)
    )
    definition = _definition(cast, term, wording, situation.definition)
    closed = _rounds(cast, definition, situation.round)
    _entries(cast, wording, situation.entry, closed if situation.round == "published" else None)
    return term


def _definition(cast: Cast, term: Term, wording: Any, kind: str) -> Definition:
    """What is on the table; where nothing is, what rounds were about lies withdrawn."""
    there = kind in {"source", "proposal", "joint_draft"}
    joint = kind == "joint_draft"
    return Definition.objects.create(
        key=issue_key(kind="definition"),
        term=term,
        wording=wording,
        origin=kind if there else "proposal",
        state="proposed" if there else "withdrawn",
        organisation=None if joint else cast.town,
        group=cast.group if joint else None,
        title="x",
        proposed_at=ago(days=80),
    )


def _rounds(cast: Cast, definition: Definition, kind: str) -> Round | None:
    """The rounds of a situation; back comes the one that was closed with a wording carried, if there is one."""
    if kind == "announced":
        _round(cast, definition, state="announced", closes_at=ahead(days=5))
    elif kind == "sense_check":
        _round(cast, definition, kind=kind, state="announced", closes_at=ahead(days=5))
    elif kind == "cancelled":
        _round(cast, definition, state=kind, cancel_reason="x", cancelled_at=ago(days=1))
    elif kind == "failed":
        _closed(cast, definition, "not_carried", 20)
    elif kind != "none":
        carried = _closed(cast, definition, "carried_with_dissent", 20)
        if kind == "carried_then_failed":
            _closed(cast, definition, "quorum_missed", 10)
        return carried
    return None


def _closed(cast: Cast, definition: Definition, result: str, days: int) -> Round:
    row = _round(cast, definition, state="closed", closes_at=ago(days=days), closed_at=ago(days=days))
    _row(Outcome, round=row, result=result, closed_at=ago(days=days))
    return row


def _round(cast: Cast, definition: Definition, **fields: Any) -> Round:
    values = {"opens_at": ago(days=40), "closes_at": ago(days=20), "announced_at": ago(days=41), **fields}
    return Round.objects.create(
        key=issue_key(kind="round"), term=definition.term, group=cast.group, definition=definition,
        wording=definition.wording, question="x", created_at=ago(days=50), **values,
    )  # fmt: skip


def _entries(cast: Cast, wording: Any, kind: str, round: Round | None) -> None:
    if kind == "none":
        return
    entry = _entry(wording, 1, round=round, days=9 if kind == "coming" else -9)
    if kind == "revoked":
        _entry(wording, 2, days=-1, kind="revoked", wording=None, change_class="meaning")
    if kind in {"dissent", "withdrawn"}:
        said = {"entry": entry, "organisation": cast.town, "organisation_name": cast.town.name}
        _row(Dissent, **said, reason="x", made_at=ago(days=9))
    if kind == "withdrawn":
        mandate = cast.bob.mandates.first()
        _row(Support, **said, kind="withdraws_dissent", number=1, made_on=timezone.localdate(), made_at=ago(days=1),
             mandate=mandate)  # fmt: skip


def _entry(of: Any, number: int, *, days: int, **fields: Any) -> Any:
    valid_from = timezone.localdate() + timedelta(days=days)
    values = {"kind": "taken_over", "wording": of, "valid_from": valid_from, "published_at": ago(days=9)}
    return _row(ConsensusEntry, term=of.term, number=number, preferred_label="x", **{**values, **fields})


def _row(model: Any, **fields: Any) -> Any:
    return model.objects.create(digest=uuid4().hex, **fields)
