"""What publishing leaves behind: pictures in fixed sizes, the rendered text, and the index of terms it uses.

All of it is derived and may be made again at any time; none of it is a state people decide about, so there is nobody to
ask for permission and no row in the record.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db import transaction
from django.utils import timezone

from glossary.linking import labels_state
from glossary.models import Term
from glossary.queries import in_force_map
from wiki.models import KnowledgePage, Picture, RenderedBody, TermUse
from wiki.pictures import make_renditions
from wiki.rendering import RenderedText, store
from wiki.text.source import TextSource

BATCH = 200


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


def rerender_texts(*, force: bool = False) -> int:
    """Bring the rendered texts of all published pages up to the current words. Returns how many were rendered.

    Run as a task when words change, and by `manage.py rebuild_texts`. Without `force` texts whose row is there are left
    alone, so that ten changed words in a row cost one rendering. Rows made for other words are deleted at the end.
    """
    state = labels_state()
    count = 0
    for page in _published_pages():
        source = page.text_source()
        digest = source.digest(state)
        if force or not RenderedBody.objects.filter(digest=digest).exists():
            write_uses(page=page, text=store(source))
            count += 1
    RenderedBody.objects.exclude(labels_state=state).delete()
    return count


def _published_pages() -> Iterator[KnowledgePage]:
    """All published pages as what they are, in batches: the texts of two thousand pages need not be in memory at once."""
    ids = list(KnowledgePage.objects.live().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        yield from KnowledgePage.objects.filter(pk__in=ids[start : start + BATCH]).specific()
