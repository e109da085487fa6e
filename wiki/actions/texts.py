"""What publishing leaves behind: pictures in fixed sizes, the rendered text, and the index of terms it uses.

All of it is derived and may be made again at any time; none of it is a state people decide about, so there is nobody to
ask for permission and no row in the record.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from math import inf
from time import monotonic

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page

from glossary.linking import labels_state
from glossary.models import Term
from glossary.queries import in_force_map
from wiki.models import KnowledgePage, Picture, RenderedBody, TermUse, TextsDue
from wiki.pictures import make_renditions
from wiki.preparing import kinds, texts_of
from wiki.rendering import RenderedText, store
from wiki.text.source import TextSource

# Pages rendered in one transaction: long enough to be quick, short enough to let others write.
BATCH = 20


@transaction.atomic
def prepare_published(*, page: KnowledgePage) -> None:
    """Everything a published page needs to be read without writing. Called by the publishing signal, in its transaction.

    Effects, in order: renditions of all pictures, the rendered text, the uses of terms.
    """
    make_renditions(Picture.objects.filter(pk__in=_picture_ids(page)), social=True)
    text = store(page.text_source())
    write_uses(page=page, text=text)


def prepare_source(*, source: TextSource, pictures: Iterable[int] = ()) -> RenderedText:
    """The same for a text outside the knowledge base (plain pages): its row and its pictures, without uses."""
    make_renditions(Picture.objects.filter(pk__in=list(pictures)))
    return store(source)


def _picture_ids(page: KnowledgePage) -> set[int]:
    """Pictures of the page, in the text or above it."""
    blocks = page.body.get_prep_value()
    ids = {
        int(block["value"]["picture"])
        for block in blocks
        if block["type"] == "picture" and block["value"]["picture"]
    }
    return ids | ({page.picture_id} if page.picture_id else set())


@transaction.atomic
def write_uses(*, page: KnowledgePage, text: RenderedText) -> None:
    """Replace the index of terms this page uses. Terms it is about without naming them count 0 occurrences."""
    counts = dict.fromkeys(page.terms.values_list("key", flat=True), 0)
    counts |= dict(text.terms)
    TermUse.objects.filter(page_id=page.pk).exclude(term_key__in=counts).delete()
    numbers = _numbers(list(counts), written_against(page))
    uses = [
        TermUse(page_id=page.pk, term_key=key, count=count, entry_number=numbers.get(key))
        for key, count in counts.items()
    ]
    TermUse.objects.bulk_create(
        uses,
        update_conflicts=True,
        unique_fields=["page", "term_key"],
        update_fields=["count", "entry_number"],
    )


def written_against(page: KnowledgePage) -> date:
    """The day whose agreed wordings the page was written against: when it was last checked, else first published."""
    if page.checked_on:
        return page.checked_on
    return timezone.localdate(page.first_published_at) if page.first_published_at else timezone.localdate()


def _numbers(keys: list[str], day: date) -> dict[str, int]:
    """The number of the entry in force on that day, by term key."""
    terms = dict(Term.objects.filter(key__in=keys).values_list("pk", "key"))
    return {terms[pk]: entry.number for pk, entry in in_force_map(terms, day).items()}


def mark_due(*, pages: Iterable[int]) -> list[int]:
    """Note, in the transaction of the change, that the texts of these pages show it. Answers the keys of the pages.

    What is noted again is written again: who works it off waits for this transaction, and renders what it wrote.
    """
    keys = sorted(set(pages))
    TextsDue.objects.bulk_create(
        [TextsDue(page_pk=key) for key in keys],
        update_conflicts=True,
        unique_fields=["page_pk"],
        update_fields=["marked_at"],
        batch_size=500,
    )
    return keys


def rerender_due(*, pages: Collection[int] | None = None, until: float = inf) -> int:
    """Render the texts that were noted, of these pages or of all, in small transactions. Returns how many pages.

    `until` is a reading of the monotonic clock: what is not done by then stays noted.
    """
    due = TextsDue.objects.filter(page_pk__in=pages) if pages is not None else TextsDue.objects.all()
    keys = list(due.order_by("pk").values_list("page_pk", flat=True))
    count = 0
    for start in range(0, len(keys), BATCH):
        if monotonic() >= until:
            break
        count += _rerender(keys[start : start + BATCH])
    return count


@transaction.atomic
def _rerender(keys: Sequence[int]) -> int:
    # Deleted first: who notes one of them meanwhile waits, and the note stays.
    TextsDue.objects.filter(page_pk__in=keys).delete()
    pages = list(Page.objects.live().filter(pk__in=keys).specific())
    for page in pages:
        if isinstance(page, KnowledgePage):
            prepare_published(page=page)
        for text in texts_of(page):
            prepare_source(source=text.source, pictures=text.pictures)
    return len(pages)


def rerender_texts(*, force: bool = False, until: float = inf) -> int:
    """Bring the rendered texts of all published pages up to the current words. Returns how many were rendered.

    Without `force` texts whose row is there are left alone: a run that `until` cut short is continued by the next.
    Rows made for other words are deleted at the end of a run over all pages.
    """
    state = labels_state()
    outdated = list(_outdated(state).values_list("labels_state", flat=True).distinct())
    count = 0
    for pages in _published_pages():
        if monotonic() >= until:
            return count
        with transaction.atomic():
            count += sum(_bring_up_to_date(page, state, force) for page in pages)
    RenderedBody.objects.filter(labels_state__in=outdated).delete()
    return count


def rerender_what_is_due(*, seconds: float = inf) -> int:
    """What changed pages and words left to do, as far as it can be done in this time; for `manage.py tick`.

    Correctness never waits for it: a text without a row for the current words is computed while it is read.
    """
    until = monotonic() + seconds
    count = rerender_due(until=until)
    if _outdated(labels_state()).exists():
        count += rerender_texts(until=until)
    return count


def _outdated(state: str) -> QuerySet[RenderedBody]:
    return RenderedBody.objects.exclude(labels_state=state)


def _bring_up_to_date(page: Page, state: str, force: bool) -> int:
    """Render what is missing of one page; 1 if something was."""
    if isinstance(page, KnowledgePage):
        source = page.text_source()
        if not force and _is_there(source, state):
            return 0
        write_uses(page=page, text=store(source))
        return 1
    missing = [text for text in texts_of(page) if force or not _is_there(text.source, state)]
    for text in missing:
        store(text.source)
    return int(bool(missing))


def _is_there(source: TextSource, state: str) -> bool:
    return RenderedBody.objects.filter(digest=source.digest(state)).exists()


def _published_pages() -> Iterator[list[Page]]:
    """All published pages as what they are, in batches: the texts of two thousand pages need not be in memory at once."""
    published: list[type[Page]] = [KnowledgePage, *kinds()]
    for kind in published:
        ids = list(kind.objects.live().order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), BATCH):
            yield list(kind.objects.filter(pk__in=ids[start : start + BATCH]).specific())
