"""Organisations, working groups, memberships and facilitations in the admin."""

from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import register_permission_policy

from people.actions import groups as group_actions
from people.actions import organisations as organisation_actions
from people.models import Facilitation, GroupMembership, Organisation, WorkingGroup
from people.permissions import RolePermissionPolicy
from people.roles import is_editor
from people.viewsets import forms
from people.viewsets.base import ActingCreateView, ActingEditView, ActingViewSet, ActView

EDITORS_ALL = {"view": is_editor, "add": is_editor, "change": is_editor}
for model in (Organisation, WorkingGroup, GroupMembership, Facilitation):
    register_permission_policy(model, RolePermissionPolicy(model, EDITORS_ALL))


def runs(row: Any) -> bool:
    """A membership, facilitation or mandate that has not ended yet."""
    return row.valid_until is None or row.valid_until > timezone.localdate()


class CreateOrganisation(ActingCreateView):
    """A new organisation."""

    def act(self, data: dict[str, Any]) -> Organisation:
        """By the action."""
        return organisation_actions.create_organisation(by=self.person, **data)


class EditOrganisation(ActingEditView):
    """Describe an organisation."""

    def act(self, data: dict[str, Any]) -> Organisation:
        """By the action; an emptied address stays as it is."""
        slug = data["slug"] or Organisation.objects.get(pk=self.object.pk).slug
        return organisation_actions.change_organisation(
            organisation=self.object, by=self.person, **{**data, "slug": slug}
        )


class EndOrganisation(ActView):
    """An organisation ends."""

    act_label = _("End the organisation")
    act_icon = "cross"
    form_class = forms.EndOrganisationForm

    def act(self, data: dict[str, Any]) -> Organisation:
        """By the action."""
        return organisation_actions.end_organisation(organisation=self.object, by=self.person, **data)

    @classmethod
    def is_offered(cls, user: Any, instance: Any) -> bool:
        """Once."""
        return instance.ended_on is None


class OrganisationViewSet(ActingViewSet):
    """Organisations."""

    model = Organisation
    name = "organisations"
    icon = "group"
    list_display: ClassVar = ["name", "kind", "ended_on"]
    list_filter: ClassVar = ["kind"]
    search_fields: ClassVar = ["name", "short_name"]
    add_view_class = CreateOrganisation
    edit_view_class = EditOrganisation
    acts: ClassVar = {"end": EndOrganisation}

    def get_form_class(self, for_update: bool = False) -> Any:
        """One form for both."""
        return forms.OrganisationForm


class CreateGroup(ActingCreateView):
    """A new working group."""

    def act(self, data: dict[str, Any]) -> WorkingGroup:
        """By the action."""
        return group_actions.create_group(by=self.person, **data)


class EditGroup(ActingEditView):
    """Describe a working group or its commission."""

    def act(self, data: dict[str, Any]) -> WorkingGroup:
        """By the action."""
        return group_actions.change_group(group=self.object, by=self.person, **data)


class EndGroup(ActView):
    """A working group ends."""

    act_label = _("End the working group")
    act_icon = "cross"
    form_class = forms.EndGroupForm

    def act(self, data: dict[str, Any]) -> WorkingGroup:
        """By the action."""
        return group_actions.end_group(group=self.object, by=self.person, **data)

    @classmethod
    def is_offered(cls, user: Any, instance: Any) -> bool:
        """Once."""
        return instance.ended_on is None


class GroupViewSet(ActingViewSet):
    """Working groups."""

    model = WorkingGroup
    name = "working_groups"
    icon = "group"
    list_display: ClassVar = ["name", "commission_date", "ended_on"]
    search_fields: ClassVar = ["name"]
    inspect_view_fields: ClassVar = [
        "key", "name", "slug", "description", "commission_text", "commission_date", "commission_evidence",
        "commission_url", "ended_on",
    ]  # fmt: skip
    add_view_class = CreateGroup
    edit_view_class = EditGroup
    acts: ClassVar = {"end": EndGroup}

    def get_form_class(self, for_update: bool = False) -> Any:
        """One form for both."""
        return forms.GroupForm


class AddMember(ActingCreateView):
    """An organisation joins."""

    def act(self, data: dict[str, Any]) -> GroupMembership:
        """By the action."""
        return group_actions.add_member(by=self.person, **data)


class EndMembership(ActView):
    """An organisation leaves."""

    act_label = _("End the membership")
    act_icon = "cross"
    form_class = forms.EndMembershipForm

    def act(self, data: dict[str, Any]) -> GroupMembership:
        """By the action."""
        return group_actions.end_membership(membership=self.object, by=self.person, **data)

    @classmethod
    def is_offered(cls, user: Any, instance: Any) -> bool:
        """While it runs."""
        return runs(instance)


class MembershipViewSet(ActingViewSet):
    """Which organisations take part in which group."""

    model = GroupMembership
    name = "memberships"
    icon = "group"
    editable = False
    list_display: ClassVar = ["organisation", "group", "valid_from", "valid_until"]
    list_filter: ClassVar = ["group"]
    search_fields: ClassVar = ["organisation__name", "organisation__short_name"]
    add_view_class = AddMember
    acts: ClassVar = {"end": EndMembership}

    def get_form_class(self, for_update: bool = False) -> Any:
        """Only added, never edited."""
        return forms.MembershipForm


class NameFacilitator(ActingCreateView):
    """A person begins to moderate."""

    def act(self, data: dict[str, Any]) -> Facilitation:
        """By the action."""
        return group_actions.name_facilitator(by=self.person, **data)


class EndFacilitation(ActView):
    """A person stops moderating."""

    act_label = _("End the facilitation")
    act_icon = "cross"
    form_class = forms.EndFacilitationForm

    def act(self, data: dict[str, Any]) -> Facilitation:
        """By the action."""
        return group_actions.end_facilitation(facilitation=self.object, by=self.person, **data)

    @classmethod
    def is_offered(cls, user: Any, instance: Any) -> bool:
        """While it runs."""
        return runs(instance)


class FacilitationViewSet(ActingViewSet):
    """Who moderates which group."""

    model = Facilitation
    name = "facilitations"
    icon = "user"
    editable = False
    list_display: ClassVar = ["user", "group", "valid_from", "valid_until"]
    list_filter: ClassVar = ["group"]
    add_view_class = NameFacilitator
    acts: ClassVar = {"end": EndFacilitation}

    def get_form_class(self, for_update: bool = False) -> Any:
        """Only added, never edited."""
        return forms.FacilitationForm
