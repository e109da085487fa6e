"""Searchable choosers: with hundreds of organisations and accounts a list to scroll through helps nobody.

They list and choose; they create nothing. Like every chooser they are for editors only (people/urls_admin.py).
"""

from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from people.models import Organisation, User


def containing(fields: tuple[str, ...], words: str) -> Q:
    """Rows that hold every word in one of the fields. SQLite folds the case of ASCII letters only, so we try them."""
    found = Q()
    for word in words.split():
        anywhere = Q()
        for field in fields:
            for form in {word, word.lower(), word.upper(), word.capitalize()}:
                anywhere |= Q(**{f"{field}__icontains": form})
        found &= anywhere
    return found


def words_filter(*fields: str) -> type[BaseFilterForm]:
    """The search field of a chooser, over columns of the table."""

    class WordsFilter(BaseFilterForm):
        q = forms.CharField(
            label=_("Search term"), required=False, max_length=200,
            widget=forms.TextInput(attrs={"placeholder": _("Search")}),
        )  # fmt: skip

        def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
            """All words, anywhere in the fields."""
            query = self.cleaned_data.get("q", "").strip()
            self.is_searching, self.search_query = bool(query), query
            return objects.filter(containing(fields, query)).distinct() if query else objects

    return WordsFilter


class SearchedChooserViewSet(ChooserViewSet):
    """Lists, searches and chooses. There is no way to create anything here."""

    per_page = 20

    def get_urlpatterns(self) -> list[URLPattern]:
        """Without the form that would create a row past our actions."""
        return [route for route in super().get_urlpatterns() if route.name != "create"]


class OrganisationColumns:
    """Name and kind."""

    filter_form_class = words_filter("name", "short_name", "slug")

    @property
    def columns(self) -> list[Column]:
        """Those that have ended say so."""
        return [*super().columns, Column("kind", label=_("Kind"), accessor="get_kind_display"),  # type: ignore[misc]
                Column("ended_on", label=_("Ended on"))]  # fmt: skip


class OrganisationChoose(OrganisationColumns, chooser.ChooseView):
    """The dialogue."""


class OrganisationResults(OrganisationColumns, chooser.ChooseResultsView):
    """What was found."""


class OrganisationChooserViewSet(SearchedChooserViewSet):
    """Organisations by name."""

    model = Organisation
    icon = "group"
    choose_one_text = _("Choose an organisation")
    choose_another_text = _("Choose another organisation")
    edit_item_text = _("Edit this organisation")
    choose_view_class = OrganisationChoose
    choose_results_view_class = OrganisationResults


class PeopleColumns:
    """Name and address: people of one name are told apart."""

    filter_form_class = words_filter("first_name", "last_name", "display_name", "email")
    ordering: ClassVar = ["last_name", "first_name", "email"]

    @property
    def columns(self) -> list[Column]:
        """The address beside the name."""
        return [*super().columns, Column("email", label=_("E-mail address"))]  # type: ignore[misc]


class PeopleChoose(PeopleColumns, chooser.ChooseView):
    """The dialogue."""


class PeopleResults(PeopleColumns, chooser.ChooseResultsView):
    """Who was found."""


class PeopleChooserViewSet(SearchedChooserViewSet):
    """People with an account that is not closed."""

    model = User
    icon = "user"
    choose_one_text = _("Choose a person")
    choose_another_text = _("Choose another person")
    edit_item_text = _("Edit")
    choose_view_class = PeopleChoose
    choose_results_view_class = PeopleResults
    # Wagtail's own models name users too; there its select stays.
    register_widget = False

    def get_object_list(self) -> QuerySet[User]:
        """Whoever can act."""
        return User.objects.filter(is_active=True)


organisation_chooser = OrganisationChooserViewSet("organisation_chooser")
people_chooser = PeopleChooserViewSet("people_chooser")
ChooseOrganisation = organisation_chooser.widget_class
ChoosePerson = people_chooser.widget_class
