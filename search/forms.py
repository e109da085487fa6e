"""What the search page understands."""

from django import forms
from django.utils.translation import gettext_lazy as _

from search.analysis import LONGEST_QUERY
from search.documents import KIND_LABELS


class SearchForm(forms.Form):
    """A query, a kind, a page. Wrong values are put right instead of refused: nobody typed them into a form."""

    q = forms.CharField(label=_("Search"), required=False, max_length=10_000)

    def clean_q(self) -> str:
        """Cut to what is searched for; without null bytes, which PostgreSQL refuses."""
        text: str = self.cleaned_data["q"]
        return " ".join(text.replace("\x00", " ").split())[:LONGEST_QUERY]


def chosen_kind(value: str) -> str:
    """A known kind, or all of them."""
    return value if value in KIND_LABELS else ""
