"""Definitions, rounds and agreed wordings in the admin: to look at. They are changed on their own pages."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.menus import MenuItem
from wagtail.permissions import register_permission_policy

from glossary.models import ConsensusEntry, Definition, Round
from people.permissions import RolePermissionPolicy
from people.roles import is_editor
from people.viewsets.base import ActingIndexView, ActingViewSet

for model in (Definition, Round, ConsensusEntry):
    register_permission_policy(model, RolePermissionPolicy(model, {"view": is_editor}))


class PublicPageIndex(ActingIndexView):
    """A listing whose rows lead to the public page, where everything is done."""

    def get_base_queryset(self) -> Any:
        """With the words the rows are named by."""
        return super().get_base_queryset().prefetch_related("term__labels")

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        """The page first."""
        page = MenuItem(_("Open the page"), url=instance.get_absolute_url(), icon_name="view", priority=1)
        return [page, *super().get_list_more_buttons(instance)]


class ReadOnlyViewSet(ActingViewSet):
    """Index and inspect, nothing else."""

    editable = False
    addable = False
    index_view_class = PublicPageIndex

    def get_form_class(self, for_update: bool = False) -> Any:
        """Nothing is entered here."""
        return forms.modelform_factory(self.model, fields=[])


class DefinitionViewSet(ReadOnlyViewSet):
    """Competing definitions."""

    model = Definition
    name = "glossary_definitions"
    icon = "doc-full"
    list_display: ClassVar = ["title", "term", "origin", "organisation", "state"]
    list_filter: ClassVar = ["origin", "state"]
    search_fields: ClassVar = ["title"]
    inspect_view_fields: ClassVar = [
        "title", "term", "origin", "organisation", "group", "wording", "rationale", "state", "state_reason", "proposed_at",
    ]  # fmt: skip


class RoundViewSet(ReadOnlyViewSet):
    """Rounds."""

    model = Round
    name = "glossary_rounds"
    icon = "group"
    list_display: ClassVar = ["question", "term", "group", "state", "opens_at", "closes_at"]
    list_filter: ClassVar = ["state", "group"]
    search_fields: ClassVar = ["question"]
    inspect_view_fields: ClassVar = [
        "question", "term", "group", "definition", "wording", "state", "opens_at", "closes_at", "rules", "basis",
        "announced_at", "closed_at", "cancelled_at", "cancel_reason",
    ]  # fmt: skip


class EntryViewSet(ReadOnlyViewSet):
    """Agreed wordings."""

    model = ConsensusEntry
    name = "glossary_entries"
    icon = "success"
    list_display: ClassVar = ["preferred_label", "number", "kind", "valid_from", "review_on", "published_at"]
    list_filter: ClassVar = ["kind"]
    search_fields: ClassVar = ["preferred_label"]
    inspect_view_fields: ClassVar = [
        "preferred_label", "number", "kind", "wording", "round", "change_class", "change_reason", "valid_from",
        "review_on", "published_at", "digest",
    ]  # fmt: skip
