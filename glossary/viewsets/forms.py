"""Forms of the admin: they check shape; actions decide."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from glossary.forms.definitions import SourceForm, source_initial
from glossary.models import Label, Relation, Term
from glossary.models.wording import Source
from glossary.states import LabelStatus, LabelType, RelationKind
from glossary.viewsets.choosers import ChooseTerm
from record.lines import LineField


class CreateTermForm(forms.ModelForm):
    """A new term: its word, and who negotiates it."""

    word = LineField(
        label=_("Preferred word"),
        max_length=120,
        help_text=_("As it stands in a text, for example: digitale Bildung"),
    )
    language = forms.ChoiceField(
        label=_("Language of the negotiation"), choices=settings.LANGUAGES, initial="de"
    )
    slug = forms.SlugField(
        label=_("Address"),
        max_length=80,
        required=False,
        help_text=_("Left empty, it is made from the word."),
    )

    class Meta:
        model = Term
        fields: ClassVar = ["word", "qualifier", "language", "steward", "slug"]


class EditTermForm(forms.ModelForm):
    """Where a term is found, and who negotiates it. Old addresses lead to the new one for ever."""

    class Meta:
        model = Term
        fields: ClassVar = ["slug", "steward"]

    def validate_unique(self) -> None:
        """The action knows all addresses that ever were, and says more."""


class LabelForm(forms.ModelForm):
    """A word for the concept."""

    class Meta:
        model = Label
        fields: ClassVar = ["text", "language", "status", "type", "note"]

    def validate_constraints(self) -> None:
        """The action says it in the words of the glossary."""


class AddLabelForm(forms.ModelForm):
    """One more word for a term."""

    text = forms.CharField(label=_("Text"), max_length=120)
    label_language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial="de")
    status = forms.ChoiceField(label=_("Status"), choices=LabelStatus.choices, initial=LabelStatus.ADMITTED)
    type = forms.ChoiceField(label=_("Type"), choices=LabelType.choices, initial=LabelType.FULL)
    note = LineField(
        label=_("Note"), max_length=250, required=False, help_text=_("For example why not to use it.")
    )

    class Meta:
        model = Term
        fields: ClassVar[list[str]] = []


class AddRelationForm(forms.ModelForm):
    """How a term relates to another one, here or elsewhere."""

    kind = forms.ChoiceField(label=_("Relation"), choices=RelationKind.choices)
    target = forms.ModelChoiceField(
        label=_("Term here"), queryset=Term.objects.prefetch_related("labels"), required=False, widget=ChooseTerm,
        help_text=_("For broader and related terms."),
    )  # fmt: skip
    uri = forms.URLField(
        label=_("Address of the concept elsewhere"), required=False, assume_scheme="https",
        help_text=_("For the same or a similar concept in another vocabulary."),
    )  # fmt: skip

    class Meta:
        model = Term
        fields: ClassVar[list[str]] = []


class ExplanationForm(forms.ModelForm):
    """The editors' explanation, with one source. Saving makes a new version; the old ones stay."""

    text = forms.CharField(
        label=_("Explanation"), widget=forms.Textarea(attrs={"rows": 8}), max_length=10_000
    )
    explanation_language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial="de")
    author = LineField(label=_("Author or institution"), required=False, max_length=300)
    source_title = LineField(label=_("Title of the source"), required=False, max_length=300)
    year = LineField(label=_("Year"), required=False, max_length=4)
    url = forms.URLField(label=_("Link"), required=False, max_length=2000, assume_scheme="https")
    passage = LineField(label=_("Page or section"), required=False, max_length=120)

    class Meta:
        model = Term
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        term = kwargs.get("instance")
        newest = term.explanations.filter(language="de").first() if term is not None else None
        if newest is not None:
            stored = source_initial(Source(csl=newest.csl, passage=newest.passage))
            kwargs["initial"] = {"text": newest.text, **stored, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """The source by the same rules as on the pages."""
        data = super().clean() or {}
        self.source_form = SourceForm(
            {name: self.data.get(self.add_prefix(name), "") for name in SourceForm.base_fields}
        )
        if not self.source_form.is_valid():
            for name, errors in self.source_form.errors.items():
                self.add_error(name if name in self.fields else None, errors)
        return data


class RetireForm(forms.ModelForm):
    """Giving a term up."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
    retired = forms.DateField(label=_("Retired on"), widget=AdminDateInput, required=False)
    successors = forms.ModelMultipleChoiceField(
        label=_("Successors"), queryset=Term.objects.current().prefetch_related("labels"), required=False
    )

    class Meta:
        model = Term
        fields: ClassVar[list[str]] = []


class ConfirmLabelForm(forms.ModelForm):
    """Nothing to enter: sending is the act."""

    class Meta:
        model = Label
        fields: ClassVar[list[str]] = []


class ConfirmRelationForm(forms.ModelForm):
    """Nothing to enter: sending is the act."""

    class Meta:
        model = Relation
        fields: ClassVar[list[str]] = []
