"""Comments: our own rules over the model of django-comments-xtd."""

from django.utils.translation import gettext_lazy as _
from django_comments_xtd.models import XtdComment


class Comment(XtdComment):
    """A comment in a thread. Its columns are the library's; its rules are ours (discussion.actions)."""

    class Meta:
        proxy = True
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
