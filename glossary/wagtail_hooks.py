"""What the glossary registers with Wagtail's admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSetGroup

from glossary.viewsets.negotiation import DefinitionViewSet, EntryViewSet, RoundViewSet
from glossary.viewsets.terms import LabelViewSet, RelationViewSet, TermViewSet
from glossary.waiting import waiting_rounds


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
    """Our viewsets."""
    return GlossaryGroup()


@hooks.register("construct_homepage_panels")
def add_waiting_panel(_request: Any, panels: list[Any]) -> None:
    """Above Wagtail's own panels."""
    panels.append(WaitingPanel())
