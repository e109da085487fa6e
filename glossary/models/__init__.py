"""Terms, competing definitions, negotiation, consensus."""

from glossary.models.consensus import ConsensusEntry, Dissent, Support
from glossary.models.definition import Definition, DefinitionRevision
from glossary.models.negotiation import Objection, Position, Round, Seat
from glossary.models.outcome import Outcome, Statement
from glossary.models.term import Explanation, Label, LabelState, Relation, Term, TermSlug
from glossary.models.wording import Draft, Source, Wording

__all__ = [
    "ConsensusEntry",
    "Definition",
    "DefinitionRevision",
    "Dissent",
    "Draft",
    "Explanation",
    "Label",
    "LabelState",
    "Objection",
    "Outcome",
    "Position",
    "Relation",
    "Round",
    "Seat",
    "Source",
    "Statement",
    "Support",
    "Term",
    "TermSlug",
    "Wording",
]
