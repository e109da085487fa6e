"""Everything a reader sees of one page beside its text, in a constant number of queries."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Case, Count, IntegerField, Q, Value, When
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


def term_tooltips(text: RenderedText, language: str) -> dict[str, Tooltip]:
    """The tooltips of a text's terms, by key."""
    return tooltips(text.term_keys, language) if text.terms else {}


def newer_wordings(page: KnowledgePage, found: Mapping[str, Tooltip]) -> list[Newer]:
    """Terms of the text with a newer agreed wording than the one the page was written against. One query."""
    agreed = {key: tip for key, tip in found.items() if tip.kind == "agreed"}
    if not agreed or page.pk is None:
        return []
    uses = TermUse.objects.filter(page_id=page.pk, term_key__in=agreed, entry_number__isnull=False)
    rows = []
    for key, written in uses.values_list("term_key", "entry_number"):
        tip = agreed[key]
        if tip.number and tip.number > written:
            rows.append(
                Newer(name=tip.name, url=tip.url, written=written, number=tip.number, since=tip.since)
            )
    return sorted(rows, key=lambda row: row.name)


def own_address(page: KnowledgePage) -> str:
    """The canonical address: that of the page's own language."""
    with translation.override(page.language):
        return f"{settings.PUBLIC_URL}{page.get_url() or ''}"


def renderings(page: KnowledgePage) -> list[Rendering]:
    """The original and its other renderings, as far as everybody may read them. One query."""
    original = page.twin_id or page.pk
    others = (
        KnowledgePage.objects.visible_to_all()
        .filter(Q(pk=original) | Q(twin_id=original))
        .exclude(pk=page.pk)
    )
    names = dict(settings.LANGUAGES)
    found = []
    for other in others.only("title", "url_path", "language", "register", "path", "depth", "slug", "locale"):
        easy = other.register == Register.EASY
        label = _("In easy language") if easy else str(names.get(other.language, other.language))
        found.append(
            Rendering(
                title=other.title, url=own_address(other), language=other.language, label=label, easy=easy
            )
        )
    return found


def related(page: KnowledgePage, text: RenderedText) -> list[KnowledgePage]:
    """Pages to read on with: those the editors named first, then those that share terms or tags. Four queries."""
    if page.pk is None:
        return []
    scores: Counter[int] = Counter()
    telling = [key for key, _count in sorted(text.terms, key=lambda item: -item[1])[:TELLING_TERMS]]
    for pk, count in _sharing_terms(telling, page.pk):
        scores[pk] += count
    for pk, count in _sharing_tags(page):
        scores[pk] += 2 * count
    named = [other.pk for other in page.related_pages.all()]
    candidates = [*named, *(pk for pk, _score in scores.most_common(RELATED * 3) if pk not in named)]
    if not candidates:
        return []
    order = Case(
        *[When(pk=pk, then=Value(place)) for place, pk in enumerate(candidates)], output_field=IntegerField()
    )
    visible = KnowledgePage.objects.visible_to_all().current().for_lists()
    return list(visible.filter(pk__in=candidates).exclude(pk=page.pk).order_by(order)[:RELATED])


def _sharing_terms(keys: Sequence[str], pk: int) -> list[tuple[int, int]]:
    if not keys:
        return []
    uses = TermUse.objects.filter(term_key__in=keys).exclude(page_id=pk)
    return list(uses.values_list("page_id").annotate(n=Count("pk")).order_by("-n", "-page_id")[: RELATED * 3])


def _sharing_tags(page: KnowledgePage) -> list[tuple[int, int]]:
    own = KnowledgeTag.objects.filter(content_object_id=page.pk).values("tag_id")
    shared = KnowledgeTag.objects.filter(tag_id__in=own).exclude(content_object_id=page.pk)
    rows = shared.values_list("content_object_id").annotate(n=Count("pk"))
    return list(rows.order_by("-n", "-content_object_id")[: RELATED * 3])
