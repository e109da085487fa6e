"""What people registers with Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from people.viewsets.accounts import InvitationViewSet, MandateViewSet
from people.viewsets.choosers import organisation_chooser, people_chooser
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
    """Our viewsets, and the choosers other forms use."""
    return [PeopleGroup(), organisation_chooser, people_chooser]


@hooks.register("register_account_menu_item")
def own_account(request: HttpRequest) -> dict[str, Any]:
    """Names, language of mails and password are changed on the site, not in the admin."""
    return {
        "url": reverse("people:account"),
        "label": _("Your account"),
        "help_text": _("Your names, the language of your mails, your sign-in."),
    }
