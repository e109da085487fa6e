"""Everything a reader sees of one page beside its text, in a constant number of queries."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count, Q, Value
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from glossary.linking import Tooltip, tooltips
from glossary.states import Register
from wiki.models import KnowledgePage, KnowledgeTag, TermUse
from wiki.rendering import RenderedText
from wiki.text.excerpt import shortened

RELATED = 5
# Terms that decide what is related: the ones the page speaks of most.
TELLING_TERMS = 8
TOOLTIP_LENGTH = 320
# What the editors named comes before anything that is only computed.
NAMED = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """The same page in another language or in easy language."""

    title: str
    url: str
    language: str
    label: str
    easy: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Newer:
    """A term whose agreed wording changed since the page was written."""

    name: str
    url: str
    written: int
    number: int
    since: date | None


def tooltip_items(found: Mapping[str, Tooltip], keys: Sequence[str]) -> list[dict[str, str]]:
    """What components/tooltips.html shows, in order of the text."""
    return [_tooltip_item(key, found[key]) for key in keys if key in found]


def _tooltip_item(key: str, tip: Tooltip) -> dict[str, str]:
    return {
        "key": key,
        "title": tip.name,
        "text": shortened(tip.text, TOOLTIP_LENGTH),
        "status": _status(tip),
        "url": tip.url,
        "lang": tip.language,
    }


def _status(tip: Tooltip) -> str:
    if tip.kind == "agreed":
        since = date_format(tip.since, "DATE_FORMAT") if tip.since else ""
        return _("In force since %(date)s · version %(number)s") % {"date": since, "number": tip.number}
    if tip.kind == "explanation":
        return _("Explanation by the editors, not negotiated")
    return _("Not agreed yet")


def term_tooltips(keys: Sequence[str], language: str) -> dict[str, Tooltip]:
    """The tooltips of these terms, by key; nothing is asked for none."""
    return tooltips(keys, language) if keys else {}


def newer_wordings(page: KnowledgePage, found: Mapping[str, Tooltip]) -> list[Newer]:
    """Terms of the text with a newer agreed wording than the one the page was written against. One query."""
    agreed = {key: tip for key, tip in found.items() if tip.kind == "agreed"}
    if not agreed or page.pk is None:
        return []
    uses = TermUse.objects.filter(page_id=page.pk, term_key__in=agreed, entry_number__isnull=False)
    rows = []
    for key, written in uses.values_list("term_key", "entry_number"):
        tip = agreed[key]
        if written and tip.number and tip.number > written:
            rows.append(
                Newer(name=tip.name, url=tip.url, written=written, number=tip.number, since=tip.since)
            )
    return sorted(rows, key=lambda row: row.name)


def own_address(page: KnowledgePage) -> str:
    """The canonical address: that of the page's own language."""
    with translation.override(page.language):
        return f"{settings.PUBLIC_URL}{page.get_url() or ''}"


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Pages around a page: the same one in other languages, and what to read on with."""

    renderings: list[Rendering]
    related: list[KnowledgePage]


def neighbours(page: KnowledgePage, text: RenderedText) -> Neighbours:
    """Other renderings of the page, and related pages: those the editors named first, then those that share terms or
    tags. Only what everybody may read. Two queries.
    """
    if page.pk is None:
        return Neighbours([], [])
    original = page.twin_id or page.pk
    candidates = _candidates(page, text)
    wanted = Q(pk=original) | Q(twin_id=original) | Q(pk__in=candidates)
    found = KnowledgePage.objects.visible_to_all().for_lists().filter(wanted).exclude(pk=page.pk)
    by_pk = {other.pk: other for other in found}
    same = [other for other in by_pk.values() if original in (other.pk, other.twin_id)]
    others = [by_pk[pk] for pk in candidates if pk in by_pk and by_pk[pk] not in same]
    return Neighbours(
        [_rendering(other) for other in same], [other for other in others if not other.archived_on][:RELATED]
    )


def _rendering(other: KnowledgePage) -> Rendering:
    easy = other.register == Register.EASY
    names = dict(settings.LANGUAGES)
    label = _("In easy language") if easy else str(names.get(other.language, other.language))
    return Rendering(
        title=other.title, url=own_address(other), language=other.language, label=label, easy=easy
    )


def _candidates(page: KnowledgePage, text: RenderedText) -> list[int]:
    """Keys of pages that may be related, the closest first. One query over named pages, terms and tags."""
    telling = [key for key, _count in sorted(text.terms, key=lambda item: -item[1])[:TELLING_TERMS]]
    named = KnowledgePage.related_pages.through.objects.filter(from_knowledgepage=page.pk)
    terms = TermUse.objects.filter(term_key__in=telling).exclude(page_id=page.pk)
    own_tags = KnowledgeTag.objects.filter(content_object_id=page.pk).values("tag_id")
    tags = KnowledgeTag.objects.filter(tag_id__in=own_tags).exclude(content_object_id=page.pk)
    rows = (
        named.annotate(n=Value(NAMED))
        .values_list("to_knowledgepage_id", "n")
        .union(
            terms.values("page_id").annotate(n=Count("pk")).values_list("page_id", "n"),
            tags.values("content_object_id")
            .annotate(n=2 * Count("pk"))
            .values_list("content_object_id", "n"),
            all=True,
        )
        .order_by("-n")[: RELATED * 6]
    )
    scores: Counter[int] = Counter()
    for pk, score in rows:
        scores[pk] += score
    return [pk for pk, _score in sorted(scores.items(), key=lambda item: (-item[1], -item[0]))[: RELATED * 3]]
