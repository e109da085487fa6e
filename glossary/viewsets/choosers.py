"""The term chooser: a thousand terms are searched, not scrolled through."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import chooser

from glossary.models import Term
from people.viewsets.choosers import SearchedChooserViewSet, words_filter


class TermSearch:
    """By all words of a term, also those that are hidden from readers."""

    filter_form_class = words_filter("labels__text", "slug")
    ordering = "slug"


class TermChoose(TermSearch, chooser.ChooseView):
    """The dialogue."""


class TermResults(TermSearch, chooser.ChooseResultsView):
    """What was found."""


class TermChooserViewSet(SearchedChooserViewSet):
    """Terms by their words."""

    model = Term
    icon = "tag"
    choose_one_text = _("Choose a term")
    choose_another_text = _("Choose another term")
    edit_item_text = _("Edit this term")
    choose_view_class = TermChoose
    choose_results_view_class = TermResults

    def get_object_list(self) -> QuerySet[Term]:
        """With the words their names are made of."""
        return Term.objects.prefetch_related("labels")


term_chooser = TermChooserViewSet("term_chooser")
ChooseTerm = term_chooser.widget_class
