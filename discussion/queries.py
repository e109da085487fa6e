"""Reading threads in a constant number of queries, whatever their size."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, Model, OuterRef, QuerySet

from discussion.models import Comment, CommentEvent, EventKind, ThreadSettings

ROOTS_PER_PAGE = 50
# What a thread shows of a comment and decides by; the library has twice as many columns.
_SHOWN = (
    "level", "comment", "submit_date", "is_public", "is_removed",
    "user__display_name", "user__first_name", "user__erased_at",
)  # fmt: skip
# In addresses; its own name, because the page around a thread may have pages too.
PAGE_PARAMETER = "beitraege"


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadPage:
    """One page of a thread: comments in reading order, and where it lies."""

    comments: list[Comment]
    total: int
    number: int
    pages: int


def comments_on(target: Model) -> QuerySet[Comment]:
    """Every comment on an object, stones and hidden ones too."""
    kind = ContentType.objects.get_for_model(target)
    return Comment.objects.filter(content_type=kind, object_pk=str(target.pk))


def settings_of(target: Model) -> ThreadSettings | None:
    """The setting of a thread, if it has one."""
    kind = ContentType.objects.get_for_model(target)
    return ThreadSettings.objects.filter(content_type=kind, object_pk=str(target.pk)).first()


def thread_page(target: Model, number: int = 1) -> ThreadPage:
    """The n-th page of a thread, oldest first; a number beyond the end gives the last page. Two queries."""
    # One row of two numbers per comment tells the pages apart; the texts come for one page only.
    rows = list(comments_on(target).order_by("thread_id", "order").values_list("thread_id", "pk"))
    roots = list(dict.fromkeys(thread for thread, _pk in rows))
    pages = max(1, -(-len(roots) // ROOTS_PER_PAGE))
    number = min(max(number, 1), pages)
    wanted = roots[(number - 1) * ROOTS_PER_PAGE : number * ROOTS_PER_PAGE]
    edited = CommentEvent.objects.filter(comment_id=OuterRef("pk"), kind=EventKind.EDITED)
    comments = (
        comments_on(target)
        .filter(thread_id__in=wanted)
        .select_related("user")
        .only(*_SHOWN)
        .annotate(is_edited=Exists(edited))
        .order_by("thread_id", "order", "pk")
    )
    return ThreadPage(comments=list(comments) if wanted else [], total=len(rows), number=number, pages=pages)


def page_of(comment: Comment, target: Model) -> int:
    """The number of the page a comment is on."""
    roots = comments_on(target).filter(level=0, thread_id__lte=comment.thread_id)
    return max(1, -(-roots.count() // ROOTS_PER_PAGE))


def counts(model: type[Model], pks: Iterable[int]) -> dict[int, int]:
    """How many comments people can read on each of several objects of one model. One query."""
    kind = ContentType.objects.get_for_model(model)
    rows = Comment.objects.filter(
        content_type=kind, object_pk__in=[str(pk) for pk in pks], is_public=True, is_removed=False
    )
    found = rows.order_by().values_list("object_pk").annotate(n=Count("pk"))
    return {int(pk): n for pk, n in found}
