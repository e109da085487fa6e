"""Viewsets whose forms call actions: what an action refuses stands on the form, and there are no side doors.

Copy, bulk, delete, usage and history are not routed (dependencies.md: most holes in Wagtail were side doors).
"""

from typing import Any, ClassVar

from django.contrib.admin.utils import quote
from django.http import HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from people.models import User
from record.errors import DomainError


class ActingMixin:
    """Saves by an action. Subclasses implement `act(cleaned_data)`."""

    request: Any
    object: Any
    form: Any

    def act(self, data: dict[str, Any]) -> Any:
        """Call the action with what the form holds; returns the object."""
        raise NotImplementedError

    @property
    def person(self) -> User:
        """Who is signed in."""
        return User.objects.get(pk=self.request.user.pk)

    def save_instance(self) -> Any:
        """Instead of form.save()."""
        return self.act(self.form.cleaned_data)

    def form_valid(self, form: Any) -> HttpResponse:
        """Save, or say on the form why not."""
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined]

    def get_success_buttons(self) -> list[Any]:
        """None: most of what was done here is not done again."""
        return []


class ActingCreateView(ActingMixin, generic.CreateView):
    """Creates by an action."""


class ActingEditView(ActingMixin, generic.EditView):
    """Describes differently by an action."""


class ActView(ActingMixin, generic.EditView):
    """One act on one row, such as ending it, as a page of its own that says what happens."""

    act_name = ""
    act_label: Any = ""
    act_icon = "edit"
    act_url_name = ""
    success_message = _("Done: %(object)s.")

    @property
    def page_title(self) -> str:
        """The act."""
        return str(self.act_label)

    @property
    def submit_button_label(self) -> str:
        """The act, as a verb."""
        return str(self.act_label)

    submit_button_active_label = _("One moment…")

    def get_edit_url(self) -> str:
        """This page."""
        return reverse(self.act_url_name, args=(quote(self.object.pk),))

    @classmethod
    def is_offered(cls, user: Any, instance: Any) -> bool:
        """Whether the listing offers it for this row."""
        return True


class ActingIndexView(generic.IndexView):
    """A listing that offers the acts of its viewset."""

    acts: ClassVar[dict[str, tuple[type[ActView], str]]] = {}

    def get_base_queryset(self) -> Any:
        """With what the columns name, so that a list costs the same for one row and for many."""
        relations = [field.name for field in self.model._meta.concrete_fields if field.many_to_one]
        return super().get_base_queryset().select_related(*relations)

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        """Wagtail's buttons, then the acts this person may do on this row."""
        buttons = super().get_list_more_buttons(instance)
        for number, (view, url_name) in enumerate(self.acts.values()):
            may = self.permission_policy.user_has_permission(self.request.user, view.permission_required)
            if may and view.is_offered(self.request.user, instance):
                buttons.append(
                    MenuItem(
                        view.act_label,
                        url=reverse(url_name, args=(quote(instance.pk),)),
                        icon_name=view.act_icon,
                        priority=50 + number,
                    )
                )
        return buttons


class ActingViewSet(ModelViewSet):
    """Index, inspect, add and edit as far as their views are given, and acts. `acts`: address segment → view."""

    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = False
    search_backend_name = None
    index_view_class = ActingIndexView
    editable = True
    addable = True
    acts: ClassVar[dict[str, type[ActView]]] = {}

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Without the names of routes that do not exist."""
        absent: dict[str, None] = {"delete_url_name": None, "usage_url_name": None, "history_url_name": None}
        if not self.editable:
            absent["edit_url_name"] = None
        if not self.addable:
            absent["add_url_name"] = None
        return super().get_common_view_kwargs(**{**absent, **kwargs})

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """With the acts for the buttons of each row."""
        acts = {name: (view, self.get_url_name(name)) for name, view in self.acts.items()}
        return super().get_index_view_kwargs(**{"acts": acts, **kwargs})

    def get_urlpatterns(self) -> list[URLPattern]:
        """Only what is meant to exist."""
        wanted = {"index", "index_results", "inspect"}
        wanted |= {"edit"} if self.editable else set()
        wanted |= {"add"} if self.addable else set()
        routes = [route for route in super().get_urlpatterns() if route.name in wanted]
        converter = self.pk_path_converter
        for name, view in self.acts.items():
            routes.append(path(f"{name}/<{converter}:pk>/", self._act_view(name, view), name=name))
        return routes

    def register_admin_url_finder(self) -> None:
        """Only where there is a page to edit on."""
        if self.editable:
            super().register_admin_url_finder()

    def get_permissions_to_register(self) -> Any:
        """None: roles decide, not rights ticked in a group."""
        return super().get_permissions_to_register().none()

    def _act_view(self, name: str, view: type[ActView]) -> Any:
        return self.construct_view(
            view,
            act_url_name=self.get_url_name(name),
            form_class=view.form_class,
            template_name=view.template_name,
            header_icon=view.act_icon,
        )
