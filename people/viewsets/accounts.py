"""Mandates, invitations and accounts in the admin."""

from typing import Any, ClassVar

from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import register_permission_policy

from people.actions import accounts as account_actions
from people.actions import invitations as invitation_actions
from people.actions import mandates as mandate_actions
from people.models import Invitation, Mandate, User
from people.permissions import RolePermissionPolicy
from people.roles import EDITORS, MODERATORS, is_administrator, is_editor
from people.viewsets import forms
from people.viewsets.base import ActingCreateView, ActingViewSet, ActView
from people.viewsets.organisations import EDITORS_ALL, runs

for model in (Mandate, Invitation):
    register_permission_policy(model, RolePermissionPolicy(model, EDITORS_ALL))
register_permission_policy(User, RolePermissionPolicy(User, {"view": is_editor, "change": is_administrator}))
register_permission_policy(Group, RolePermissionPolicy(Group, {"view": is_administrator}))


class GiveMandate(ActingCreateView):
    """A new mandate."""

    def act(self, data: dict[str, Any]) -> Mandate:
        """By the action."""
        return mandate_actions.give_mandate(by=self.person, **data)


class EndMandate(ActView):
    """A mandate ends."""

    act_label = _("End the mandate")
    act_icon = "cross"
    form_class = forms.EndMandateForm

    def act(self, data: dict[str, Any]) -> Mandate:
        """By the action."""
        return mandate_actions.end_mandate(mandate=self.object, by=self.person, **data)

    @classmethod
    def is_offered(cls, user: Any, instance: Any) -> bool:
        """While it runs."""
        return runs(instance)


class ReplaceMandate(ActView):
    """Another person takes over."""

    act_label = _("Replace the mandate")
    act_icon = "rotate"
    form_class = forms.ReplaceMandateForm

    def act(self, data: dict[str, Any]) -> Mandate:
        """By the action."""
        values = {name: value for name, value in data.items() if name.startswith("evidence")}
        return mandate_actions.replace_mandate(
            mandate=self.object,
            by=self.person,
            user=data["successor"],
            valid_from=data["begins"],
            **values,
        )

    @classmethod
    def is_offered(cls, user: Any, instance: Any) -> bool:
        """While it runs."""
        return runs(instance)


class MandateViewSet(ActingViewSet):
    """Who may act for whom: added, ended, replaced; never edited."""

    model = Mandate
    name = "mandates"
    icon = "key"
    editable = False
    list_display: ClassVar = ["organisation", "user", "role", "group", "valid_from", "valid_until"]
    list_filter: ClassVar = ["group", "role"]
    search_fields: ClassVar = ["organisation__name", "user__last_name", "user__email"]
    add_view_class = GiveMandate
    acts: ClassVar = {"end": EndMandate, "replace": ReplaceMandate}

    def get_form_class(self, for_update: bool = False) -> Any:
        """Only added, never edited."""
        return forms.MandateForm


class Invite(ActingCreateView):
    """Send an invitation."""

    success_message = _("The invitation to %(object)s is on its way.")

    def act(self, data: dict[str, Any]) -> Invitation:
        """By the action."""
        return invitation_actions.invite(by=self.person, **data)


class RevokeInvitation(ActView):
    """The link leads nowhere any more."""

    act_label = _("Revoke the invitation")
    act_icon = "cross"
    form_class = forms.NothingForm

    def act(self, data: dict[str, Any]) -> Invitation:
        """By the action."""
        return invitation_actions.revoke_invitation(invitation=self.object, by=self.person)

    @classmethod
    def is_offered(cls, user: Any, instance: Any) -> bool:
        """While it is open."""
        return invitation_actions.is_open(instance)


class InvitationViewSet(ActingViewSet):
    """Invitations: sent, revoked; never edited. The link itself is known to the mail only."""

    model = Invitation
    name = "invitations"
    icon = "mail"
    editable = False
    list_display: ClassVar = ["email", "organisation", "role", "expires_at", "accepted_at", "revoked_at"]
    search_fields: ClassVar = ["email", "organisation__name"]
    inspect_view_fields_exclude: ClassVar = ["token_hash"]
    add_view_class = Invite
    acts: ClassVar = {"revoke": RevokeInvitation}

    def get_form_class(self, for_update: bool = False) -> Any:
        """Only added, never edited."""
        return forms.InvitationForm


class SetRoles(ActView):
    """Site roles."""

    act_label = _("Assign roles")
    act_icon = "key"
    form_class = forms.RolesForm

    def get_initial(self) -> dict[str, Any]:
        """As they are."""
        names = set(self.object.groups.values_list("name", flat=True))
        return {
            "editor": EDITORS in names,
            "moderator": MODERATORS in names,
            "administrator": self.object.is_superuser,
        }

    def act(self, data: dict[str, Any]) -> User:
        """By the action."""
        return account_actions.set_roles(user=self.object, by=self.person, **data)

    @classmethod
    def is_offered(cls, user: Any, instance: Any) -> bool:
        """For open accounts."""
        return bool(instance.is_active)


class ErasePerson(ActView):
    """Erase a person."""

    act_label = _("Erase the person")
    act_icon = "bin"
    form_class = forms.EraseForm

    def act(self, data: dict[str, Any]) -> User:
        """By the action."""
        return account_actions.erase_person(user=self.object, by=self.person)

    @classmethod
    def is_offered(cls, user: Any, instance: Any) -> bool:
        """Once, and not for oneself."""
        return instance.erased_at is None and instance.pk != user.pk


class AccountViewSet(ActingViewSet):
    """Accounts instead of Wagtail's users: nobody is created, edited or deleted here."""

    model = User
    icon = "user"
    menu_name = "users"
    menu_label = _("Accounts")
    menu_order = 600
    add_to_settings_menu = True
    editable = False
    addable = False
    ordering = "last_name"
    list_display: ClassVar = ["get_full_name", "email", "is_superuser", "is_active", "last_login"]
    list_filter: ClassVar = ["is_active", "is_superuser", "groups"]
    search_fields: ClassVar = ["email", "first_name", "last_name", "display_name"]
    inspect_view_fields: ClassVar = [
        "key", "email", "first_name", "last_name", "display_name", "language", "groups", "is_superuser",
        "is_active", "date_joined", "last_login", "erased_at",
    ]  # fmt: skip
    acts: ClassVar = {"roles": SetRoles, "erase": ErasePerson}

    def get_form_class(self, for_update: bool = False) -> Any:
        """Nothing is edited freely."""
        return forms.RolesForm


class RoleViewSet(ActingViewSet):
    """Wagtail's groups are our roles, made by a migration; names and rights are looked at, not edited by hand."""

    model = Group
    icon = "group"
    menu_name = "groups"
    editable = False
    addable = False
    list_display: ClassVar = ["name"]
    inspect_view_fields: ClassVar = ["name"]

    def get_form_class(self, for_update: bool = False) -> Any:
        """Nothing is edited."""
        return forms.RolesForm
