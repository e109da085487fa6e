"""Wagtail's users app with our viewsets: accounts are made by invitation, roles are given by an action."""

from wagtail.users.apps import WagtailUsersAppConfig


class AccountsAppConfig(WagtailUsersAppConfig):
    """Stands in INSTALLED_APPS instead of "wagtail.users"."""

    user_viewset = "people.viewsets.accounts.AccountViewSet"
    group_viewset = "people.viewsets.accounts.RoleViewSet"
