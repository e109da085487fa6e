"""`{% thread object %}`: the whole thread of an object with its form, in a constant number of queries."""

from typing import Any

from django import template
from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from discussion.forms import CommentForm
from discussion.models import Comment
from discussion.policy import is_own, may_be_answered, may_edit, may_moderate, may_see_thread, may_write
from discussion.queries import PAGE_PARAMETER, settings_of, thread_page
from discussion.registry import policy_of
from discussion.text import as_html

register = template.Library()


@register.filter
def comment_html(text: str) -> SafeString:
    """Escaped text with links."""
    return as_html(text)


@register.filter
def author(comment: Comment) -> str:
    """The display name its author chose; never an address."""
    user = comment.user
    if user is None or user.erased_at is not None:
        return _("Erased account")
    return user.display_name or user.first_name or _("A member")


@register.inclusion_tag("discussion/thread.html", takes_context=True)
def thread(context: dict[str, Any], target: Model, level: int = 2) -> dict[str, Any]:
    """The thread on `target`; empty where the reader may not see the object. `level` is that of its heading."""
    request = context["request"]
    user = request.user
    policy = policy_of(target)
    settings = settings_of(target)
    base = {"user": user, "request": request, "level": level, "target": target}
    if not policy.may_read(user, target):
        return {**base, "hidden": True}
    if not may_see_thread(user, target, settings):
        return {**base, "participants_only": True}
    page = thread_page(target, _page_number(request))
    writes = may_write(user, target, settings)
    moderates = may_moderate(user, target)
    now = timezone.now()
    return {
        **base,
        "kind": target._meta.label_lower,
        "members_only": settings is not None and settings.members_only,
        "page": page,
        "earlier": page.number - 1 or None,
        "later": page.number + 1 if page.number < page.pages else None,
        "parameter": PAGE_PARAMETER,
        "rows": [
            _row(
                comment,
                may_reply=writes and may_be_answered(comment),
                may_edit=writes and may_edit(user, comment, now),
                may_delete=writes and is_own(user, comment),
                may_moderate=moderates,
            )
            for comment in page.comments
        ],
        "may_write": writes,
        "may_moderate": moderates,
        "form": CommentForm(auto_id="beitrag_%s") if writes else None,
        "language": policy.language(target),
    }


def _row(comment: Comment, **acts: bool) -> dict[str, Any]:
    """What the template of one contribution shows: plain values, because a page holds many."""
    written = timezone.localtime(comment.submit_date)
    return {
        "pk": str(comment.pk),
        "level": comment.level,
        "stone": "deleted" if comment.is_removed else "" if comment.is_public else "hidden",
        "author": author(comment),
        "html": as_html(comment.comment),
        "written": date_format(written, "DATETIME_FORMAT"),
        "written_iso": written.isoformat(),
        "edited": getattr(comment, "is_edited", False),
        "acts": any(acts.values()),
        **acts,
    }


def _page_number(request: Any) -> int:
    value = request.GET.get(PAGE_PARAMETER, "1")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 1
