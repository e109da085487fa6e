"""Terms, definitions, rounds and entries, named by the state they are in and brought there by the actions."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from glossary.actions.closing import close_round, state_outcome
from glossary.actions.consensus import publish_entry
from glossary.actions.positions import take_position
from glossary.actions.proposing import propose_definition, start_joint_draft
from glossary.actions.rounds import announce_round, plan_round
from glossary.actions.terms import create_term
from glossary.data import LabelData, SourceData
from glossary.models import ConsensusEntry, Definition, Position, Round, Seat, Term
from glossary.states import ChangeClass, Stance
from record.keys import issue_key
from tests.factories.cast import Cast
from tests.factories.clock import ago, ahead, at

TEXT = (
    "Digitale Bildung heißt: Menschen lernen mit, über und trotz digitaler Technik.\n\n"
    "Anmerkung: Geräte allein sind keine Bildung."
)
REVISED = TEXT.replace("lernen mit, über und trotz", "lernen mit und über")
BOOK = SourceData(
    csl={
        "type": "book",
        "title": "Lernen",
        "author": [{"family": "Muster"}],
        "issued": {"date-parts": [[2020]]},
    },
    passage="S. 12",
    accessed_on=date(2026, 1, 2),
)


def term_with_labels(cast: Cast, name: str = "digitale Bildung", *more: LabelData, **fields: Any) -> Term:
    """A collected term with its preferred word, stewarded by the cast's group."""
    values = {"steward": cast.group, **fields}
    return create_term(by=cast.dora, labels=[LabelData(text=name), *more], **values)


def quoted_definition(cast: Cast, term: Term, **fields: Any) -> Definition:
    """A definition from literature, brought in by the town."""
    return proposed_definition(
        cast, term, **{"title": "Aus dem Lehrbuch", "origin": "source", "sources": [BOOK], **fields}
    )


def proposed_definition(cast: Cast, term: Term | None = None, **fields: Any) -> Definition:
    """A proposal of the town, on the table."""
    values = {
        "by": cast.bob,
        "organisation": cast.town,
        "title": "Lernen mit, über und trotz",
        "text": TEXT,
        "scope": "Leitfäden der Mitglieder",
        **fields,
    }
    return propose_definition(term=term or term_with_labels(cast), **values)


def joint_draft(cast: Cast, term: Term | None = None, **fields: Any) -> Definition:
    """The group's open joint draft, made from one proposal of the town."""
    if "parents" not in fields:
        proposal = proposed_definition(cast, term)
        term, fields = proposal.term, {**fields, "parents": [proposal]}
    values = {"by": cast.alice, "title": "Gemeinsamer Entwurf", "text": REVISED, **fields}
    return start_joint_draft(term=term or term_with_labels(cast), **values)


def planned_round(cast: Cast, definition: Definition | None = None, **fields: Any) -> Round:
    """A consent round members can see and nobody answers yet."""
    values = {
        "question": "Können Sie diesen Wortlaut mittragen?",
        "opens_at": ahead(days=1),
        "closes_at": ahead(days=15),
        **fields,
    }
    return plan_round(definition=definition or proposed_definition(cast), by=cast.alice, **values)


def second_round(cast: Cast, first: Round, **fields: Any) -> Round:
    """Planned although the term has a round already, as the action refuses it: what the next guards are for."""
    definition = proposed_definition(cast, first.term, title="Anders", text="Etwas ganz anderes.")
    return Round.objects.create(
        key=issue_key(kind="round"),
        term=first.term,
        group=first.group,
        kind=first.kind,
        definition=definition,
        wording=definition.wording,
        question="Und das?",
        opens_at=ahead(days=1),
        closes_at=ahead(days=15),
        rules=first.rules,
        created_at=timezone.now(),
        **fields,
    )


def announced_round(cast: Cast, definition: Definition | None = None, **fields: Any) -> Round:
    """Announced, and begins tomorrow."""
    planned = planned_round(cast, definition, **fields)
    return announce_round(round=planned, by=cast.alice, expected_version=planned.version)


def open_round(cast: Cast, definition: Definition | None = None, *, left: timedelta | None = None) -> Round:
    """Open since three days, with eleven days (or `left`) to go, and nobody has answered."""
    opens_at, closes_at = ago(days=3), ahead(days=11) if left is None else _full(timezone.now() + left)
    return _opened(cast, definition, opens_at, closes_at)


def closing_round(cast: Cast, definition: Definition | None = None, answers: Any = None) -> Round:
    """Its time was over an hour ago, nobody has closed it; `answers` as for `answer_all`."""
    opens_at = ago(days=14)
    round = _opened(cast, definition, opens_at, ago(hours=1))
    with at(opens_at + timedelta(days=1)):
        answer_all(cast, round, **(answers or {}))
    return fresh(round)


def closed_round(cast: Cast, definition: Definition | None = None, answers: Any = None) -> Round:
    """Closed by the facilitator; waits for the statement."""
    round = closing_round(cast, definition, answers)
    close_round(round=round, by=cast.alice)
    return fresh(round)


def stated_round(cast: Cast, definition: Definition | None = None, answers: Any = None) -> Round:
    """Closed and stated; waits for publication."""
    round = closed_round(cast, definition, answers)
    state_outcome(round=round, by=cast.alice, text="Wir haben uns geeinigt.")
    return fresh(round)


def entry_v1(cast: Cast, term: Term | None = None, answers: Any = None, **fields: Any) -> ConsensusEntry:
    """The term's first agreed wording, in force from today."""
    definition = proposed_definition(cast, term)
    return published(cast, stated_round(cast, definition, answers), **fields)


def entry_v2(
    cast: Cast, first: ConsensusEntry | None = None, answers: Any = None, **fields: Any
) -> ConsensusEntry:
    """The second agreed wording of a term, in force from today."""
    first = first or entry_v1(cast)
    definition = proposed_definition(cast, first.term, title="Zweiter Anlauf", text=REVISED)
    change = {"change_class": ChangeClass.MEANING, "change_reason": "„trotz“ ist gestrichen.", **fields}
    return published(cast, stated_round(cast, definition, answers), **change)


def published(cast: Cast, round: Round, **fields: Any) -> ConsensusEntry:
    """The entry of a stated round."""
    return publish_entry(round=round, by=cast.dora, **{"valid_from": timezone.localdate(), **fields})


# ---- answers


def seat_of(round: Round, organisation: Any) -> Seat:
    """An organisation's seat."""
    return round.seats.get(organisation=organisation)


def answer(
    cast: Cast, round: Round, organisation: Any, value: str = Stance.CONSENT, **fields: Any
) -> Position:
    """The organisation's speaker answers, with whatever reason the value needs."""
    seat = seat_of(round, organisation)
    values: dict[str, Any] = {"replaces": seat.positions.count(), "by": cast.speaker_of(organisation)}
    if value in {Stance.RESERVATION, Stance.OBJECTION}:
        values["reason"] = "Das Wort „trotz“ führt in die Irre."
    if value == Stance.OBJECTION:
        values |= {"passage": "trotz", "change_wanted": "„trotz“ streichen"}
    return take_position(seat=seat, value=value, **{**values, **fields})


def answer_all(cast: Cast, round: Round, **values: str | None) -> None:
    """Town, district and youth answer; consent unless told otherwise, None stays silent."""
    for name in ("town", "district", "youth"):
        value = values.get(name, Stance.CONSENT)
        if value is not None:
            answer(cast, round, getattr(cast, name), value)


def fresh(row: Any) -> Any:
    """The row as the database has it now, without anything cached on it."""
    return type(row)._default_manager.get(pk=row.pk)


def _full(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def _opened(cast: Cast, definition: Definition | None, opens_at: datetime, closes_at: datetime) -> Round:
    with at(opens_at - timedelta(days=1)):
        return announced_round(cast, definition, opens_at=opens_at, closes_at=closes_at)
