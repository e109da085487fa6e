"""The moderators' desk in the admin: all contributions, newest first, to hide and to show again."""

from typing import Any, ClassVar

from django import forms
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.permissions import register_permission_policy

from discussion.actions.comments import hide_comment, restore_comment
from discussion.models import Comment
from people.permissions import RolePermissionPolicy
from people.roles import is_moderator
from people.viewsets.base import ActingIndexView, ActingViewSet, ActView

register_permission_policy(
    Comment, RolePermissionPolicy(Comment, {"view": is_moderator, "change": is_moderator}), exact_class=True
)


def excerpt(comment: Comment) -> str:
    """The beginning of the text; a deleted one has none."""
    return Truncator(comment.comment).chars(140) or str(_("(deleted)"))


def author_name(comment: Comment) -> str:
    """As readers see it."""
    return comment.user.get_short_name() if comment.user else ""


def state(comment: Comment) -> str:
    """Visible, hidden or deleted."""
    if comment.is_removed:
        return str(_("deleted"))
    return "" if comment.is_public else str(_("hidden"))


class HideForm(forms.ModelForm):
    """Why, for other moderators."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=500)

    class Meta:
        model = Comment
        fields: ClassVar[list[str]] = []


class RestoreForm(forms.ModelForm):
    """Nothing to say."""

    class Meta:
        model = Comment
        fields: ClassVar[list[str]] = []


class HideComment(ActView):
    """Readers see a note instead."""

    act_label = _("Hide the contribution")
    act_icon = "no-view"
    form_class = HideForm

    def act(self, data: dict[str, Any]) -> Comment:
        """By the action."""
        return hide_comment(comment=self.object, by=self.person, reason=data["reason"])

    @classmethod
    def is_offered(cls, user: Any, instance: Any) -> bool:
        """While it is visible."""
        return instance.is_public and not instance.is_removed


class RestoreComment(ActView):
    """Visible again."""

    act_label = _("Show the contribution again")
    act_icon = "view"
    form_class = RestoreForm

    def act(self, data: dict[str, Any]) -> Comment:
        """By the action."""
        return restore_comment(comment=self.object, by=self.person)

    @classmethod
    def is_offered(cls, user: Any, instance: Any) -> bool:
        """While it is hidden."""
        return not instance.is_public and not instance.is_removed


class CommentIndexView(ActingIndexView):
    """Newest first."""

    default_ordering = "-submit_date"

    def get_base_queryset(self) -> Any:
        """With authors."""
        return Comment.objects.select_related("user")

    @cached_property
    def columns(self) -> list[Any]:
        """The text is what a row is called; its buttons stand beside it."""
        title = self._get_title_column_class(TitleColumn)
        return [
            title("text", label=_("Contribution"), accessor=excerpt, get_url=self.get_inspect_url),
            Column("author", label=_("Author"), accessor=author_name),
            Column("submit_date", label=_("Written"), sort_key="submit_date"),
            Column("state", label=_("State"), accessor=state),
        ]


class CommentViewSet(ActingViewSet):
    """Contributions: never written, edited or deleted here."""

    model = Comment
    name = "contributions"
    icon = "comment"
    menu_label = _("Discussions")
    menu_order = 310
    add_to_admin_menu = True
    editable = False
    addable = False
    index_view_class = CommentIndexView
    search_fields: ClassVar = ["comment"]
    inspect_view_fields: ClassVar = ["comment", "submit_date"]
    acts: ClassVar = {"hide": HideComment, "restore": RestoreComment}

    def get_form_class(self, for_update: bool = False) -> Any:
        """Nothing is edited freely."""
        return RestoreForm
