"""What the discussion registers with Wagtail's admin."""

from wagtail import hooks

from discussion.viewsets import CommentViewSet


@hooks.register("register_admin_viewset")
def register_contributions() -> CommentViewSet:
    """The moderators' desk."""
    return CommentViewSet()
