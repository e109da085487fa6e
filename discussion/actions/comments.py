"""Writing, editing, deleting, hiding comments: the only writers of threads.

Every action is one transaction. Lock order: author → root of the thread. The root is the row that decides and is locked
before anything is read that the decision rests on (dependencies.md: the library numbers replies without a lock and gives duplicates).
Comments are not acts of the negotiation: nothing of them goes into the record (domain.md).
"""

from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.contrib.sites.models import Site
from django.db import IntegrityError, models, transaction
from django.db.models import F, Max, Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_comments.models import Comment as BaseComment
from django_comments_xtd.models import XtdComment

from discussion.models import Comment, CommentEvent, EventKind, Submission, ThreadSettings
from discussion.policy import MAX_LEVEL, is_own, may_edit, may_moderate, may_write
from discussion.queries import settings_of
from discussion.registry import policy_of
from discussion.signals import thread_changed
from discussion.text import normalise
from people.memo import look_again
from people.models import User
from record.errors import Invalid, NotAllowed, Stale, WrongState

# More than a person writes by hand.
BURST, BURST_TIME = 12, timedelta(minutes=5)


@transaction.atomic
def post_comment(
    *,
    target: models.Model,
    by: User,
    text: str,
    parent: Comment | None = None,
    submission_key: UUID | None = None,
) -> Comment:
    """Write into the thread of `target`, below `parent` or as a new contribution.

    The same form sent twice gives the first one's comment. Raises Stale (it was sent before with something else in it),
    NotAllowed (cannot read the object, or the thread is closed), Invalid (empty, too long, the parent is elsewhere, gone
    or too deep, or too many in a short time). Effects: row, signal on commit.
    """
    clean = normalise(text)
    _lock_author(by)
    submission = _first_time(by, submission_key)
    if isinstance(submission, Comment):
        _demand_same(submission, target, parent, clean)
        return submission
    above = _locked_parent(parent, target) if parent is not None else None
    _demand_write(by, target)
    now = timezone.now()
    _refuse_flood(by, now)
    comment = Comment(
        content_type=ContentType.objects.get_for_model(target),
        object_pk=str(target.pk),
        site=Site.objects.get_current(),
        user=by,
        comment=clean,
        submit_date=now,
    )
    if above is None:
        comment.save(force_insert=True)
        XtdComment.objects.filter(pk=comment.pk).update(thread_id=comment.pk, parent_id=comment.pk)
        comment.thread_id = comment.parent_id = comment.pk
    else:
        _place(comment, above)
        comment.save(force_insert=True)
    if submission is not None:
        Submission.objects.filter(pk=submission.pk).update(comment_id=comment.pk)
    _announce(target)
    return comment


@transaction.atomic
def edit_comment(*, comment: Comment, by: User, text: str) -> Comment:
    """Change one's own words within 15 minutes. Raises NotAllowed, Invalid. Effects: text, event, signal."""
    clean = normalise(text)
    row, target = _locked(comment, by)
    if not may_edit(by, row):
        raise NotAllowed(
            _("You can change your own contribution for 15 minutes. After that, write a new one.")
        )
    _demand_write(by, target)
    if row.comment != clean:
        _update(row, comment=clean)
        _note(row, EventKind.EDITED, by)
        _announce(target)
    return row


@transaction.atomic
def delete_comment(*, comment: Comment, by: User) -> Comment:
    """Delete one's own comment: the text is gone, a stone stays so that replies keep their place.

    Raises NotAllowed. Effects: text emptied, marked, event, signal.
    """
    row, target = _locked(comment, by)
    if not is_own(by, row):
        raise NotAllowed(_("You can delete only your own contributions."))
    _demand_write(by, target)
    _update(row, comment="", is_removed=True)
    _note(row, EventKind.DELETED, by)
    _announce(target)
    return row


@transaction.atomic
def hide_comment(*, comment: Comment, by: User, reason: str = "") -> Comment:
    """A moderator takes a comment out of sight; its replies stay as they are. Raises NotAllowed, WrongState."""
    row, target = _locked(comment, by)
    _demand_moderation(by, target)
    if row.is_removed or not row.is_public:
        raise WrongState(_("This contribution is not visible any more."))
    _update(row, is_public=False)
    _note(row, EventKind.HIDDEN, by, reason)
    _announce(target)
    return row


@transaction.atomic
def restore_comment(*, comment: Comment, by: User) -> Comment:
    """A moderator shows a hidden comment again, and only this one. Raises NotAllowed, WrongState."""
    row, target = _locked(comment, by)
    _demand_moderation(by, target)
    if row.is_removed or row.is_public:
        raise WrongState(_("This contribution is not hidden."))
    _update(row, is_public=True)
    _note(row, EventKind.RESTORED, by)
    _announce(target)
    return row


@transaction.atomic
def set_members_only(*, target: models.Model, by: User, members_only: bool) -> ThreadSettings:
    """A moderator opens a thread to everybody or keeps it for participants. Raises NotAllowed."""
    _demand_moderation(by, target)
    row, _new = ThreadSettings.objects.update_or_create(
        content_type=ContentType.objects.get_for_model(target),
        object_pk=str(target.pk),
        defaults={"members_only": members_only, "changed_by": by, "changed_at": timezone.now()},
    )
    _announce(target)
    return row


def _lock_author(by: User) -> None:
    """Whoever writes twice at once waits for themselves, so that contributions can be counted; the account as it is now."""
    list(User.objects.filter(pk=by.pk).select_for_update(no_key=True).values_list("pk", flat=True))
    look_again(by)


def _refuse_flood(by: User, now: datetime) -> None:
    """Raises Invalid beyond what a person writes by hand. Call it with the author locked."""
    if Comment.objects.filter(user_id=by.pk, submit_date__gt=now - BURST_TIME).count() >= BURST:
        raise Invalid(_("That was a lot at once. Please wait a few minutes; your text stays here."))


def _demand_write(by: User, target: models.Model) -> None:
    settings = settings_of(target)
    if not may_write(by, target, settings):
        raise NotAllowed(_("This discussion is closed, or not open to you."))


def _demand_moderation(by: User, target: models.Model) -> None:
    if not (policy_of(target).may_read(by, target) and may_moderate(by, target)):
        raise NotAllowed(_("Only moderators may do this."))


def _first_time(by: User, key: UUID | None) -> Submission | Comment | None:
    """A mark that this form was sent, or the comment it already made. A click at the same time waits here."""
    if key is None:
        return None
    try:
        with transaction.atomic():
            return Submission.objects.create(user=by, key=key)
    except IntegrityError:
        earlier = Submission.objects.get(user=by, key=key)
        return Comment.objects.get(pk=earlier.comment_id)


def _demand_same(known: Comment, target: models.Model, parent: Comment | None, text: str) -> None:
    """What a form made before must be what it says now, or somebody would believe stored what is not. Raises Stale."""
    kind = ContentType.objects.get_for_model(target)
    # A contribution that answers to none is its own parent (the library's way).
    above = known.parent_id if known.parent_id != known.pk else None
    there = (known.content_type_id, known.object_pk, above)
    here = (kind.pk, str(target.pk), parent.pk if parent is not None else None)
    if there != here or known.comment != text:
        raise Stale(
            _(
                "This form has been sent already with another text. "
                "Your text is still here: please send it again."
            ),
            current=known,
        )


def _lock_root(thread_id: int) -> None:
    rows = XtdComment.objects.select_related(None).filter(pk=thread_id)
    list(rows.order_by().select_for_update(no_key=True).values_list("pk", flat=True))


def _locked(comment: Comment, by: User) -> tuple[Comment, Any]:
    """The comment as it is now, its thread locked, and what it is about."""
    _lock_root(comment.thread_id)
    look_again(by)
    row = Comment.objects.select_related("user").get(pk=comment.pk)
    if row.content_object is None:
        raise WrongState(_("What this was about is not there any more."))
    return row, row.content_object


def _locked_parent(parent: Comment, target: models.Model) -> Comment:
    """The comment answered to, its thread locked. Raises Invalid unless it stands in this thread and may be answered."""
    _lock_root(parent.thread_id)
    kind = ContentType.objects.get_for_model(target)
    row = Comment.objects.filter(pk=parent.pk, content_type=kind, object_pk=str(target.pk)).first()
    if row is None:
        raise Invalid(_("What you answer to is not part of this discussion."))
    if row.is_removed or not row.is_public:
        raise Invalid(_("What you answer to has been deleted or hidden meanwhile."))
    if row.level >= MAX_LEVEL:
        raise Invalid(_("Answers go no deeper here. Please answer to the contribution above."))
    return row


def _place(comment: Comment, above: Comment) -> None:
    """Below the parent and after its last answer; what follows moves down by one."""
    thread = XtdComment.objects.select_related(None).order_by().filter(thread_id=above.thread_id)
    following = thread.filter(order__gt=above.order, level__lte=above.level).aggregate(at=Min("order"))["at"]
    if following is None:
        order = thread.aggregate(last=Max("order"))["last"] + 1
    else:
        order = following
        thread.filter(order__gte=following).update(order=F("order") + 1)
    comment.thread_id, comment.parent_id = above.thread_id, above.pk
    comment.level, comment.order = above.level + 1, order


def _update(row: Comment, **values: Any) -> None:
    """Write single columns of the library's table, past its save() and its signals."""
    BaseComment.objects.filter(pk=row.pk).update(**values)
    for name, value in values.items():
        setattr(row, name, value)


def _note(row: Comment, kind: EventKind, by: User, reason: str = "") -> None:
    CommentEvent.objects.create(
        comment_id=row.pk, kind=kind, by=by, at=timezone.now(), reason=reason.strip()[:500]
    )


def _announce(target: models.Model) -> None:
    transaction.on_commit(partial(thread_changed.send_robust, sender=type(target), target=target))
