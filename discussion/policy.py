"""Who reads, writes and moderates a thread: the registered rules of its object, and the setting of the thread."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from discussion.models import Comment, ThreadSettings
from discussion.registry import Someone, policy_of

EDIT_WINDOW = timedelta(minutes=15)
# Replies to replies to replies, no deeper: levels 0 to 3.
MAX_LEVEL = 3


def may_see_thread(user: Someone, target: models.Model, settings: ThreadSettings | None) -> bool:
    """Reads the object, and the thread unless it is for participants only."""
    policy = policy_of(target)
    if not policy.may_read(user, target):
        return False
    members_only = settings is not None and settings.members_only
    return not members_only or policy.is_participant(user, target) or policy.may_moderate(user, target)


def may_write(user: Someone, target: models.Model, settings: ThreadSettings | None) -> bool:
    """Has an account, sees the thread, and the thread is open (a round's ends with the round)."""
    if not (user.is_authenticated and user.is_active):
        return False
    return may_see_thread(user, target, settings) and policy_of(target).may_write(user, target)


def may_moderate(user: Someone, target: models.Model) -> bool:
    """Hides and restores comments here."""
    return user.is_authenticated and user.is_active and policy_of(target).may_moderate(user, target)


def is_own(user: Someone, comment: Comment) -> bool:
    """Written by this person and neither deleted nor hidden."""
    own = user.is_authenticated and comment.user_id == user.pk
    return own and comment.is_public and not comment.is_removed


def may_edit(user: Someone, comment: Comment, now: datetime | None = None) -> bool:
    """One's own comment, for 15 minutes."""
    return is_own(user, comment) and (now or timezone.now()) < comment.submit_date + EDIT_WINDOW


def may_be_answered(comment: Comment) -> bool:
    """There, and not too deep."""
    return comment.is_public and not comment.is_removed and comment.level < MAX_LEVEL
