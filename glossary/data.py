"""What forms hand to actions where a row has several of something."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from glossary.states import LabelStatus, LabelType, SourceRelation


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceData:
    """A source of a wording: CSL-JSON reference, where in it, when it was looked at, how the wording relates to it."""

    csl: dict[str, Any] = field(default_factory=dict)
    passage: str = ""
    accessed_on: date | None = None
    relation: str = SourceRelation.QUOTED


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelData:
    """A word for a concept."""

    text: str
    language: str = "de"
    status: str = LabelStatus.PREFERRED
    type: str = LabelType.FULL
    note: str = ""
