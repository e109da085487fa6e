"""What the glossary registers with Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSetGroup

from glossary.viewsets.choosers import term_chooser
from glossary.viewsets.negotiation import DefinitionViewSet, EntryViewSet, RoundViewSet
from glossary.viewsets.redaction import RedactionView
from glossary.viewsets.terms import LabelViewSet, RelationViewSet, TermViewSet
from glossary.waiting import waiting_rounds
from people.roles import is_administrator


class GlossaryGroup(ViewSetGroup):
    """The menu of the glossary."""

    menu_label = _("Glossary")
    menu_icon = "openquote"
    menu_order = 250
    items = (TermViewSet, LabelViewSet, RelationViewSet, DefinitionViewSet, RoundViewSet, EntryViewSet)


class WaitingPanel(Component):
    """On the dashboard: what waits."""

    name = "glossary_waiting"
    template_name = "glossary/admin/waiting.html"
    order = 80

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The steps this person may take."""
        return {"waiting": waiting_rounds(parent_context["request"].user)}


@hooks.register("register_admin_viewset")
def register_glossary() -> Any:
    """Our viewsets, and the chooser of terms."""
    return [GlossaryGroup(), term_chooser]


@hooks.register("register_admin_urls")
def redaction_urls() -> list[URLPattern]:
    """Removing a text for good."""
    return [path("glossary-redaction/", RedactionView.as_view(), name="glossary_redaction")]


class AdministratorsItem(MenuItem):
    """In the settings of administrators only."""

    def is_shown(self, request: HttpRequest) -> bool:
        """The page refuses everybody else."""
        return is_administrator(request.user)


@hooks.register("register_settings_menu_item")
def redaction_menu_item() -> MenuItem:
    """Seldom needed, so it stands with the settings."""
    return AdministratorsItem(
        _("Remove a text"),
        reverse("glossary_redaction"),
        icon_name="bin",
        name="glossary-redaction",
        order=900,
    )


@hooks.register("construct_homepage_panels")
def add_waiting_panel(_request: Any, panels: list[Any]) -> None:
    """Above Wagtail's own panels."""
    panels.append(WaitingPanel())
