"""Comments: our own rules over the model of django-comments-xtd."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_comments.managers import CommentManager
from django_comments.models import Comment as BaseComment
from django_comments_xtd.models import XtdComment


class Comment(XtdComment):
    """A comment in a thread. Its columns are the library's; its rules are ours (discussion.actions).

    Names, address and IP columns of the library stay empty: who wrote it is the account, shown by its display name.
    """

    objects = CommentManager()

    class Meta:
        proxy = True
        verbose_name = _("comment")
        verbose_name_plural = _("comments")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Only inserts. Raises TypeError for a row that exists: the library's save() would inflate counters and
        publish replies a moderator hid, so changes go through discussion.actions, which update single columns.
        """
        if self.pk is not None:
            raise TypeError("Comments are changed by discussion.actions only.")
        # The library's own save() numbers the thread without a lock; ours is numbered before it comes here.
        super(BaseComment, self).save(*args, **kwargs)


class EventKind(models.TextChoices):
    """What happened to a comment after it was written."""

    EDITED = "edited", _("edited")
    DELETED = "deleted", _("deleted")
    HIDDEN = "hidden", _("hidden")
    RESTORED = "restored", _("restored")


class CommentEvent(models.Model):
    """One change of one comment: who, when, and for moderators why. Append-only."""

    comment = models.ForeignKey(XtdComment, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=EventKind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        indexes: ClassVar = [models.Index(fields=["comment", "kind"], name="comment_event_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.comment_id}"


class Submission(models.Model):
    """A form that was sent: the second click on the same one finds the first one's comment."""

    key = models.UUIDField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    comment = models.ForeignKey(XtdComment, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "key"], name="submission_once_per_form"),
        ]

    def __str__(self) -> str:
        return str(self.key)


class ThreadSettings(models.Model):
    """A thread that differs from the default (public)."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_pk = models.CharField(max_length=64)
    members_only = models.BooleanField(_("participants only"), default=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["content_type", "object_pk"], name="thread_settings_once"),
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id} {self.object_pk}"
