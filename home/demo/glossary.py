"""Demo terms and their negotiation, replayed through the actions at the times the files tell."""

from collections.abc import Callable
from datetime import date
from typing import Any

from glossary.actions.closing import close_round, state_outcome
from glossary.actions.consensus import publish_entry
from glossary.actions.definitions import revise_definition
from glossary.actions.positions import take_position
from glossary.actions.proposing import propose_definition, start_joint_draft
from glossary.actions.rounds import announce_round, plan_round
from glossary.actions.support import declare_support
from glossary.actions.terms import add_relation, create_term, retire_term, write_explanation
from glossary.data import LabelData, SourceData
from glossary.models import Definition, Round, Term
from glossary.states import ChangeClass, RelationKind, Stance
from home.demo.clock import History
from home.demo.people import Cast
from home.demo.reading import as_day, as_instant, read


class GlossaryDemo:
    """Plans the events of terms.toml and negotiation.toml on a history."""

    def __init__(self, *, cast: Cast, today: date, history: History) -> None:
        self.cast = cast
        self.today = today
        self.history = history
        self.editor = cast.users["dora"]
        self.terms: dict[str, Term] = {}
        self.definitions: dict[str, Definition] = {}
        self.rounds: dict[str, Round] = {}

    def plan(self) -> None:
        """Put everything on the history."""
        terms, negotiation = read("terms")["term"], read("negotiation")
        for row in terms:
            self._at(row["added"], self._term, row)
        last = max((row["added"] for row in terms), key=lambda value: as_instant(value, self.today))
        for row in terms:
            self._at(last, self._relations, row)
            if "retired" in row:
                self._at(row["retired"]["on"], self._retire, row)
        for row in negotiation["definition"]:
            self._definition_events(row)
        for row in negotiation["round"]:
            self._round_events(row)
        for row in negotiation["entry"]:
            self._at(row["at"], self._entry, row)
            for support in row.get("support", []):
                self._at(support["at"], self._support, row, support)

    def _at(self, when: Any, event: Callable[..., object], *arguments: Any) -> None:
        self.history.at(as_instant(when, self.today), lambda: event(*arguments))

    # Terms

    def _term(self, row: dict[str, Any]) -> None:
        labels = [
            LabelData(text=x["text"], language=x["lang"], status=x["status"], type=x["kind"])
            for x in row["labels"]
        ]
        group = self.cast.groups[row["group"]] if row["group"] else None
        term = create_term(by=self.editor, labels=labels, steward=group, slug=row["slug"])
        write_explanation(
            term=term,
            by=self.editor,
            text=row["explanation"].strip(),
            csl=row["source"]["csl"],
            passage=row["source"]["passage"],
        )
        self.terms[row["slug"]] = term

    def _relations(self, row: dict[str, Any]) -> None:
        term = self.terms[row["slug"]]
        for slug in row["broader"]:
            add_relation(term=term, by=self.editor, kind=RelationKind.BROADER, target=self.terms[slug])
        for slug in row["narrower"]:
            add_relation(term=self.terms[slug], by=self.editor, kind=RelationKind.BROADER, target=term)
        for slug in row["related"]:
            add_relation(term=term, by=self.editor, kind=RelationKind.RELATED, target=self.terms[slug])

    def _retire(self, row: dict[str, Any]) -> None:
        successors = [self.terms[slug] for slug in row["retired"]["successors"]]
        term = Term.objects.get(pk=self.terms[row["slug"]].pk)
        retire_term(term=term, by=self.editor, reason=row["retired"]["reason"], successors=successors)

    # Definitions

    def _definition_events(self, row: dict[str, Any]) -> None:
        first, *later = row["wording"]
        self._at(first["at"], self._define, row, first)
        for wording in later:
            self._at(wording["at"], self._revise, row, wording)

    def _define(self, row: dict[str, Any], wording: dict[str, Any]) -> None:
        shared = {
            "term": self.terms[row["term"]],
            "by": self.cast.users[row["by"]],
            "title": row["title"],
            "text": wording["text"].strip(),
            "scope": wording["scope"],
            "rationale": row["rationale"],
            "sources": [self._source(source) for source in wording.get("source", [])],
        }
        if row["origin"] == "joint":
            parents = [self.definitions[key] for key in row["parents"]]
            made = start_joint_draft(parents=parents, **shared)
        else:
            organisation = self.cast.organisations[row["organisation"]]
            made = propose_definition(organisation=organisation, origin=row["origin"], **shared)
        self.definitions[row["key"]] = made

    def _source(self, row: dict[str, Any]) -> SourceData:
        return SourceData(
            csl=row["csl"],
            passage=row["passage"],
            accessed_on=as_day(row["accessed"], self.today) if row.get("accessed") else None,
            relation=row["relation"],
        )

    def _revise(self, row: dict[str, Any], wording: dict[str, Any]) -> None:
        definition = Definition.objects.get(pk=self.definitions[row["key"]].pk)
        self.definitions[row["key"]] = revise_definition(
            definition=definition,
            by=self.cast.users[wording["by"]],
            text=wording["text"].strip(),
            scope=wording["scope"],
            expected_version=definition.version,
        )

    # Rounds

    def _round_events(self, row: dict[str, Any]) -> None:
        self._at(row["announced"], self._announce, row)
        for position in row.get("position", []):
            self._at(position["at"], self._answer, row, position)
        if row["state"] == "closed":
            self._at(row["closes"], self._close, row)
            self._at(row["statement"]["at"], self._state, row)

    def _announce(self, row: dict[str, Any]) -> None:
        facilitator = self.cast.users[row["announced_by"]]
        planned = plan_round(
            definition=Definition.objects.get(pk=self.definitions[row["definition"]].pk),
            by=facilitator,
            question=row["question"],
            opens_at=as_instant(row["opens"], self.today),
            closes_at=as_instant(row["closes"], self.today),
        )
        announce_round(round=planned, by=facilitator, expected_version=planned.version)
        self.rounds[row["key"]] = planned

    def _round(self, row: dict[str, Any]) -> Round:
        return Round.objects.get(pk=self.rounds[row["key"]].pk)

    def _answer(self, row: dict[str, Any], position: dict[str, Any]) -> None:
        seat = self._round(row).seats.get(organisation=self.cast.organisations[position["organisation"]])
        objection = position.get("objection", {})
        passage = objection.get("passage", "")
        start = (seat.round.wording.text or "").index(passage) if passage else None
        until = position.get("provisional_until")
        take_position(
            seat=seat,
            by=self.cast.users[position["by"]],
            value=Stance(position["value"]),
            replaces=seat.positions.count(),
            reason=position["reason"],
            provisional_until=as_day(until, self.today) if until else None,
            passage=passage,
            passage_start=start,
            passage_end=None if start is None else start + len(passage),
            change_wanted=objection.get("change_needed", ""),
            no_change_helps=objection.get("no_change_helps", False),
        )

    def _close(self, row: dict[str, Any]) -> None:
        close_round(round=self._round(row), by=None)

    def _state(self, row: dict[str, Any]) -> None:
        statement = row["statement"]
        state_outcome(
            round=self._round(row), by=self.cast.users[statement["by"]], text=statement["text"].strip()
        )

    # Agreements

    def _entry(self, row: dict[str, Any]) -> None:
        first = row["number"] == 1
        publish_entry(
            round=Round.objects.get(pk=self.rounds[row["round"]].pk),
            by=self.cast.users[row["by"]],
            valid_from=as_day(row["valid_from"], self.today),
            review_on=as_day(row["review_on"], self.today),
            change_class="" if first else row.get("change_class", ChangeClass.CLARIFYING),
            change_reason="" if first else row.get("change_reason", ""),
        )

    def _support(self, row: dict[str, Any], support: dict[str, Any]) -> None:
        evidence_date = support.get("evidence_date")
        declare_support(
            entry=self.terms[row["term"]].entries.get(number=row["number"]),
            by=self.cast.users[support["by"]],
            organisation=self.cast.organisations[support["organisation"]],
            kind=support["kind"],
            made_on=as_day(evidence_date, self.today) if evidence_date else None,
            evidence=support.get("evidence_title", ""),
        )
