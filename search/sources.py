"""Turns terms and pages into documents. Only what everybody may read becomes one."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone, translation
from django.utils.html import strip_tags
from wagtail.models import Page

from glossary.models import ConsensusEntry, Definition, Term
from glossary.standing import in_force
from glossary.states import LabelType
from search.documents import BOOST, SUPERSEDED_BOOST, Document, Kind
from wiki.models import (
    GuidePage,
    KnowledgePage,
    LinkCollectionPage,
    MeetingPage,
    PracticePage,
    TopicPage,
)

PAGE_KINDS: dict[type[KnowledgePage], Kind] = {
    GuidePage: Kind.GUIDE,
    PracticePage: Kind.PRACTICE,
    LinkCollectionPage: Kind.LINKS,
    TopicPage: Kind.TOPIC,
    MeetingPage: Kind.MEETING,
}
PRACTICE_FIELDS = (
    "place", "contact", "commission", "provider", "partners", "approach", "staff", "cost", "funding", "results",
    "results_how", "stumbling_blocks", "open_points", "transfer",
)  # fmt: skip


def term_prefix(term: Term) -> str:
    """All documents of a term have keys that begin so."""
    return f"t:{term.key}"


def page_key(page_id: int) -> str:
    """Key of a page's document."""
    return f"p:{page_id}"


def documents_of_term(term: Term) -> Iterator[Document]:
    """The term itself, its definitions and its entries. Addresses are the German ones, whoever writes."""
    with translation.override("de"):
        entries = list(term.entries.select_related("wording").order_by("-number"))
        yield _term(term, entries)
        definitions = term.definitions.select_related("wording", "organisation")
        for definition in definitions:
            yield _definition(term, definition)
        current = in_force(entries, timezone.localdate())
        for entry in entries:
            yield _entry(term, entry, current=entry is current)


def _term(term: Term, entries: list[ConsensusEntry]) -> Document:
    current = in_force(entries, timezone.localdate())
    explanation = term.explanations.order_by("-number").first()
    lead = (
        current.wording.definition_text
        if current and current.wording
        else (explanation.text if explanation else "")
    )
    labels = [label.text for label in term.labels.all() if label.type != LabelType.INFLECTED]
    return Document(
        kind=Kind.TERM,
        key=f"{term_prefix(term)}:term",
        title=term.name,
        lead=" · ".join(dict.fromkeys(label for label in labels if label != term.name)),
        body=lead,
        url=term.get_absolute_url(),
        language=term.language,
        status="retired" if term.retired_on else ("agreed" if current else ""),
        boost=BOOST[Kind.TERM] * (SUPERSEDED_BOOST if term.retired_on else 1),
    )


def _definition(term: Term, definition: Definition) -> Document:
    return Document(
        kind=Kind.DEFINITION,
        key=f"{term_prefix(term)}:d:{definition.key}",
        title=f"{term.name}: {definition.title}",
        lead=definition.wording.text or "",
        body=definition.rationale,
        url=definition.get_absolute_url(),
        language=definition.wording.language,
        status=definition.state,
        organisation=definition.organisation.name if definition.organisation else "",
        updated_on=timezone.localdate(definition.proposed_at),
        boost=BOOST[Kind.DEFINITION] * (1 if definition.state == "proposed" else SUPERSEDED_BOOST),
    )


def _entry(term: Term, entry: ConsensusEntry, *, current: bool) -> Document:
    return Document(
        kind=Kind.ENTRY,
        key=f"{term_prefix(term)}:v:{entry.number}",
        title=f"{entry.preferred_label}, Fassung {entry.number}",
        lead=(entry.wording.text or "") if entry.wording else "",
        body=entry.change_reason or "",
        url=entry.get_absolute_url(),
        language=entry.wording.language if entry.wording else term.language,
        status="in_force" if current else "superseded",
        updated_on=entry.valid_from,
        boost=BOOST[Kind.ENTRY] * (1 if current else SUPERSEDED_BOOST),
    )


def document_of_page(page: Page) -> Document | None:
    """The document of a live, unrestricted page of the knowledge base, else None."""
    specific = page.specific
    kind = PAGE_KINDS.get(type(specific))
    if kind is None or not specific.live or specific.get_view_restrictions().exists():
        return None
    with translation.override("de"):
        url = specific.url or ""
    return Document(
        kind=kind,
        key=page_key(specific.pk),
        title=specific.title,
        lead=specific.gist,
        body=" ".join(_texts(specific)),
        url=url,
        language=specific.language,
        organisation=specific.contributor.name,
        updated_on=specific.checked_on,
        boost=BOOST[kind] * (SUPERSEDED_BOOST if specific.archived_on else 1),
    )


def _texts(page: Any) -> Iterator[str]:
    """Every text of the page that readers see."""
    for part in page.body.stream_block.get_searchable_content(page.body):
        yield strip_tags(str(part))
    for tag in page.tags.all():
        yield tag.name
    if isinstance(page, PracticePage):
        yield from (getattr(page, name) for name in PRACTICE_FIELDS if getattr(page, name))
        yield from (group.name for group in page.target_groups.all())
    if isinstance(page, TopicPage):
        yield from (page.why, page.standing)
    if isinstance(page, LinkCollectionPage):
        for link in page.links.all():
            yield f"{link.title} {link.context} {link.kind} {link.host}"
    if isinstance(page, MeetingPage):
        for item in page.agenda.all():
            yield f"{item.title} {item.result} {item.decisions}"
        for announcement in page.announcements.all():
            yield announcement.text
