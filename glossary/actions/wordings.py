"""Making wordings: called by the actions that put a text before others, inside their transaction."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from glossary.actions.guard import at_most, record_row, required
from glossary.data import SourceData
from glossary.models import Definition, Source, Term, Wording
from glossary.states import SourceRelation
from glossary.text.normalise import NotAWording, normalise, normalise_line, wording_hash
from people.models import User
from record.canonical import NotCanonical, canonical_json, digest
from record.chain import Fact
from record.errors import Invalid
from record.keys import issue_key
from record.lines import refuse_hidden

MESSAGES = {
    "empty": _("Please write the wording."),
    "markup": _("Please leave out mark-up such as “%(found)s”: a wording is plain text."),
    "unknown_character": _("The character “%(found)s” cannot be shown everywhere. Please replace it."),
    "too_long": _("This wording is too long."),
}
TITLE_LENGTH, SCOPE_LENGTH, PASSAGE_LENGTH = 160, 250, 120


def clean_text(text: str) -> str:
    """The text in its one form. Raises Invalid beside the field."""
    try:
        return normalise(text)
    except NotAWording as error:
        raise Invalid(MESSAGES[error.reason] % {"found": error.found}, field="text") from error


def clean_scope(scope: str) -> str:
    """The scope in its one form; may be empty. Raises Invalid beside the field."""
    try:
        line = normalise_line(scope)
    except NotAWording as error:
        raise Invalid(MESSAGES[error.reason] % {"found": error.found}, field="scope") from error
    if len(line) > SCOPE_LENGTH:
        raise Invalid(
            _("Please shorten this text to %(length)s characters.") % {"length": SCOPE_LENGTH}, field="scope"
        )
    return line


def make_wording(
    *,
    term: Term,
    by: User,
    at: datetime,
    text: str,
    scope: str,
    parents: Sequence[Wording] = (),
    sources: Sequence[SourceData] = (),
) -> Wording:
    """A new wording of the term with its parents and sources. The action that calls it records it, last of all.

    The record row comes after parents and sources: from then on the database takes no more of them.
    """
    text, scope = clean_text(text), clean_scope(scope)
    rows = [_source(number, source) for number, source in enumerate(sources, start=1)]
    wording = Wording(
        key=issue_key(kind="wording"),
        term=term,
        text=text,
        scope=scope,
        language=term.language,
        text_hash=wording_hash(text, scope),
        author_key=by.key,
        made_at=at,
    )
    wording.digest = digest(bytes(wording.salt or b""), wording.canonical(parents=parents, sources=rows))
    wording.save(force_insert=True)
    wording.parents.add(*parents)
    for row in rows:
        row.wording = wording
    Source.objects.bulk_create(rows)
    return wording


def sources_of(wording: Wording, *, quoted_as: str | None = None) -> list[SourceData]:
    """The sources of a wording, to be handed to the next one; quoted ones become `quoted_as` where it is given."""
    return [
        SourceData(
            csl=source.csl,
            passage=source.passage,
            accessed_on=source.accessed_on,
            relation=quoted_as if quoted_as and source.relation == SourceRelation.QUOTED else source.relation,
        )
        for source in wording.sources.all()
        if source.redacted_at is None
    ]


def same_text(wording: Wording, text: str, scope: str) -> bool:
    """True when the text would make the same wording again."""
    return (wording.text, wording.scope) == (clean_text(text), clean_scope(scope))


def same_sources(wording: Wording, sources: Iterable[SourceData]) -> bool:
    """True when the wording cites exactly these."""
    return sources_of(wording) == [replace(source, csl=plain_csl(source.csl)) for source in sources]


def _source(number: int, data: SourceData) -> Source:
    if data.relation not in SourceRelation.values:
        raise Invalid(_("Please say how the wording relates to its source."), field="sources")
    if len(data.passage) > PASSAGE_LENGTH:
        message = _("Please shorten this text to %(length)s characters.") % {"length": PASSAGE_LENGTH}
        raise Invalid(message, field="sources")
    csl = clean_csl(data.csl, field="sources")
    refuse_hidden(data.passage, field="sources")
    return Source(
        position=number, csl=csl, passage=data.passage, accessed_on=data.accessed_on, relation=data.relation
    )


def clean_csl(csl: dict[str, Any], *, field: str) -> dict[str, Any]:
    """The reference in the types a digest knows. Raises Invalid beside the field."""
    plain: dict[str, Any] = plain_csl(csl)
    try:
        canonical_json(plain)
    except NotCanonical as error:
        raise Invalid(_("This reference cannot be read."), field=field) from error
    for line in _lines(plain):
        refuse_hidden(line, field=field)
    return plain


def _lines(value: Any) -> Iterator[str]:
    """Every text of a reference; each of them is one line."""
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _lines(item)
    elif isinstance(value, str):
        yield value


def plain_csl(value: Any) -> Any:
    """CSL-JSON in the types the digest knows: days as text, whole floats as integers, other floats as text."""
    if isinstance(value, dict):
        return {str(key): plain_csl(item) for key, item in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return [plain_csl(item) for item in value]
    if isinstance(value, float):
        return int(value) if value.is_integer() else str(value)
    return value.isoformat() if isinstance(value, date) else value


def checked_title(title: str) -> str:
    """A definition's title as it is stored. Raises Invalid."""
    return at_most(required(title, field="title"), TITLE_LENGTH, field="title")


def record_wording(act: str, definition: Definition, by: User, at: datetime) -> None:
    """The record row of a new wording. It comes last: whoever holds the head waits for nobody any more."""
    facts: dict[str, Fact] = {"definition": definition.key}
    record_row(act, definition.wording, by=by, at=at, organisation=definition.organisation, facts=facts)
