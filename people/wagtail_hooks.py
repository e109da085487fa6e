"""What people registers with Wagtail's admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from people.viewsets.accounts import InvitationViewSet, MandateViewSet
from people.viewsets.organisations import (
    FacilitationViewSet,
    GroupViewSet,
    MembershipViewSet,
    OrganisationViewSet,
)


class PeopleGroup(ViewSetGroup):
    """The menu of people and organisations."""

    menu_label = _("People")
    menu_icon = "group"
    menu_order = 300
    items = (
        OrganisationViewSet,
        GroupViewSet,
        MembershipViewSet,
        FacilitationViewSet,
        MandateViewSet,
        InvitationViewSet,
    )


@hooks.register("register_admin_viewset")
def register_people() -> Any:
    """Our viewsets."""
    return PeopleGroup()
