"""Putting definitions forward. Sources are typed into plain fields and stored as CSL-JSON."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from glossary.actions.wordings import clean_scope, clean_text
from glossary.data import SourceData
from glossary.forms.base import DateInput, ReasonForm, SubmittedForm, VersionedForm
from glossary.models import Definition, Source
from glossary.states import DefinitionOrigin, SourceRelation
from record.errors import Invalid
from record.lines import LineField

SOURCE_FIELDS = (
    "author", "source_title", "year", "container", "publisher", "url", "passage", "accessed_on", "relation",
)  # fmt: skip
HOW_TO_WRITE = _(
    "Plain text. Leave a blank line between paragraphs. Paragraphs that begin with “Anmerkung:” or “Beispiel:” "
    "are notes and examples."
)


class WordingFields(forms.Form):
    """Text and scope of a wording."""

    text = forms.CharField(
        label=_("Wording"), widget=forms.Textarea(attrs={"rows": 8}), max_length=50_000, strip=False,
        help_text=HOW_TO_WRITE,
        error_messages={"required": _("Please write the wording.")},
    )  # fmt: skip
    scope = forms.CharField(
        label=_("Applies to"), required=False, max_length=250,
        help_text=_("A noun phrase that could follow the words “applies to”. It becomes part of the wording."),
    )  # fmt: skip

    def clean_text(self) -> str:
        """The one form it will be stored in: a preview shows exactly that, and refuses what would be refused then."""
        return _in_one_form(clean_text, self.cleaned_data["text"])

    def clean_scope(self) -> str:
        """Likewise."""
        return _in_one_form(clean_scope, self.cleaned_data["scope"])


def _in_one_form(clean: Callable[[str], str], typed: str) -> str:
    try:
        return clean(typed)
    except Invalid as error:
        raise forms.ValidationError(str(error)) from error


class DescriptionFields(forms.Form):
    """Title and rationale: not part of what is agreed."""

    title = LineField(
        label=_("Title"), max_length=160, help_text=_("In a few words: what is special about this definition?"),
        error_messages={"required": _("Please give it a title.")},
    )  # fmt: skip
    rationale = forms.CharField(
        label=_("Why this wording?"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SourceForm(forms.Form):
    """One source. All empty: no source."""

    author = LineField(
        label=_("Author or institution"), required=False, max_length=300,
        help_text=_("Several people separated by semicolons, family name first: Baacke, Dieter; Hugger, Kai-Uwe"),
    )  # fmt: skip
    source_title = LineField(label=_("Title of the source"), required=False, max_length=300)
    year = LineField(label=_("Year"), required=False, max_length=4)
    container = LineField(label=_("In (journal, book, website)"), required=False, max_length=300)
    publisher = LineField(label=_("Publisher, place"), required=False, max_length=300)
    url = forms.URLField(label=_("Link"), required=False, max_length=2000, assume_scheme="https")
    passage = LineField(label=_("Page or section"), required=False, max_length=120)
    accessed_on = forms.DateField(label=_("Accessed on"), required=False, widget=DateInput)
    relation = forms.ChoiceField(
        label=_("How does the wording use it?"), required=False,
        choices=[("", _("Adapted (a quotation: quoted)")), *SourceRelation.choices],
    )  # fmt: skip

    def clean_year(self) -> str:
        """Four digits."""
        year = self.cleaned_data["year"].strip()
        if year and not (year.isdecimal() and len(year) == 4):
            raise forms.ValidationError(_("Please write the year with four digits."))
        return year

    def clean(self) -> dict[str, Any]:
        """A source needs at least a title."""
        data = super().clean() or {}
        typed = any(data.get(name) for name in SOURCE_FIELDS if name not in {"relation", "source_title"})
        if typed and not data.get("source_title") and "source_title" not in self.errors:
            self.add_error("source_title", _("Please name the title of the source."))
        if data.get("accessed_on") and data["accessed_on"] > timezone.localdate():
            self.add_error("accessed_on", _("This day has not come yet."))
        return data

    def source(self) -> SourceData | None:
        """The source as the actions take it; None when nothing was entered. Valid forms only."""
        data = self.cleaned_data
        if not data.get("source_title"):
            return None
        csl = {
            "type": "webpage"
            if data["url"] and not data["publisher"] and not data["container"]
            else "document",
            "title": data["source_title"],
            "author": authors_to_csl(data["author"]),
            "issued": {"date-parts": [[int(data["year"])]]} if data["year"] else None,
            "container-title": data["container"],
            "publisher": data["publisher"],
            "URL": data["url"],
        }
        return SourceData(
            csl={name: value for name, value in csl.items() if value},
            passage=data["passage"],
            accessed_on=data["accessed_on"],
            relation=data["relation"] or self.usual_relation(),
        )

    def usual_relation(self) -> SourceRelation:
        """When nobody chose: a text that is no proposal of one's own quotes its source."""
        own = self.cleaned_data.get("origin") == DefinitionOrigin.PROPOSAL
        return SourceRelation.ADAPTED if own else SourceRelation.QUOTED


def authors_to_csl(typed: str) -> list[dict[str, str]]:
    """ "Baacke, Dieter; Stadt Musterstadt" as CSL names: with a comma a person, without an institution."""
    found = []
    for part in typed.split(";"):
        family, comma, given = (piece.strip() for piece in part.partition(","))
        if comma and family and given:
            found.append({"family": family, "given": given})
        elif part.strip():
            found.append({"literal": part.strip().rstrip(",")})
    return found


def source_initial(source: Source) -> dict[str, Any]:
    """A stored source as the fields show it."""
    csl = source.csl
    names = [
        ", ".join(p for p in (a.get("family"), a.get("given")) if p) or a.get("literal", "")
        for a in csl.get("author", [])
    ]
    parts = (csl.get("issued") or {}).get("date-parts") or [[""]]
    return {
        "author": "; ".join(names),
        "source_title": csl.get("title", ""),
        "year": str(parts[0][0]) if parts[0] else "",
        "container": csl.get("container-title", ""),
        "publisher": ", ".join(p for p in (csl.get("publisher"), csl.get("publisher-place")) if p),
        "url": csl.get("URL", ""),
        "passage": source.passage,
        "accessed_on": source.accessed_on,
        "relation": SourceRelation.ADAPTED if source.relation == SourceRelation.QUOTED else source.relation,
    }


class ProposeForm(DescriptionFields, WordingFields, SourceForm, SubmittedForm):
    """A definition of one organisation: its own proposal, or a quotation from literature."""

    origin = forms.ChoiceField(
        label=_("What do you bring in?"),
        choices=[
            (DefinitionOrigin.PROPOSAL.value, _("Our own wording: the others can discuss and change it.")),
            (DefinitionOrigin.SOURCE.value, _("A quotation: what a law, a strategy or a book says.")),
        ],
        widget=forms.RadioSelect,
        initial=DefinitionOrigin.PROPOSAL,
    )
    organisation = forms.CharField(widget=forms.HiddenInput, max_length=8)
    draft_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    draft = forms.IntegerField(widget=forms.HiddenInput, required=False)

    field_order = ("origin", "title", "text", "scope", "rationale", *SOURCE_FIELDS)

    def clean(self) -> dict[str, Any]:
        """A quotation names its source."""
        data = super().clean()
        quoted = data.get("origin") == DefinitionOrigin.SOURCE
        if quoted and not data.get("source_title") and "source_title" not in self.errors:
            self.add_error("source_title", _("Please name the source you quote."))
        return data


class JointDraftForm(DescriptionFields, WordingFields, SubmittedForm):
    """The joint draft of the working group, made from definitions."""

    parents = forms.ModelMultipleChoiceField(
        label=_("Made from"),
        queryset=Definition.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        to_field_name="key",
        help_text=_("Their sources are taken over."),
    )
    field_order = ("parents", "title", "text", "scope", "rationale")


class ReviseForm(WordingFields, VersionedForm):
    """A new wording."""


class EditForm(DescriptionFields, VersionedForm):
    """Title and rationale."""


class SetAsideForm(ReasonForm):
    """Setting a definition aside."""

    merged_into = forms.ModelChoiceField(
        label=_("Merged into"), queryset=Definition.objects.none(), required=False, to_field_name="key",
        empty_label=pgettext_lazy("definition", "none"),
    )  # fmt: skip
