"""What can be found: one document per page, term, definition and entry. Only what everybody may read."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """Kinds of documents; the value stands in addresses."""

    TERM = "begriff"
    ENTRY = "fassung"
    DEFINITION = "definition"
    GUIDE = "leitfaden"
    PRACTICE = "praxis"
    LINKS = "links"
    TOPIC = "thema"
    MEETING = "treffen"


KIND_LABELS: dict[str, str | Promise] = {
    Kind.TERM: _("Term"),
    Kind.ENTRY: _("Agreed wording"),
    Kind.DEFINITION: _("Definition"),
    Kind.GUIDE: _("Guide"),
    Kind.PRACTICE: _("Practice"),
    Kind.LINKS: _("Link collection"),
    Kind.TOPIC: _("Topic"),
    Kind.MEETING: _("Meeting"),
}

# How much more a kind counts than another when both match equally well: agreed wording before arguments about it.
BOOST: dict[str, float] = {
    Kind.TERM: 2.0,
    Kind.ENTRY: 1.3,
    Kind.GUIDE: 1.3,
    Kind.PRACTICE: 1.2,
    Kind.LINKS: 1.0,
    Kind.DEFINITION: 0.9,
    Kind.TOPIC: 0.9,
    Kind.MEETING: 0.8,
}
SUPERSEDED_BOOST = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What an engine stores. `key` is unique over all kinds; `url` is the German path; `status` is one word for people."""

    kind: Kind
    key: str
    title: str
    lead: str
    body: str
    url: str
    language: str = "de"
    status: str = ""
    organisation: str = ""
    updated_on: date | None = None
    boost: float = 1.0
