"""Terms, their words and relations in the admin."""

from typing import Any, ClassVar

from django.contrib.admin.utils import quote
from django.db import transaction
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permissions import register_permission_policy

from glossary.actions import labels as label_actions
from glossary.actions import terms as actions
from glossary.data import LabelData
from glossary.models import Label, Relation, Term
from glossary.queries import with_status
from glossary.states import TermStage
from glossary.viewsets import forms
from people.permissions import RolePermissionPolicy
from people.roles import is_editor
from people.viewsets.base import ActingCreateView, ActingEditView, ActingIndexView, ActingViewSet, ActView

EDITORS = {"view": is_editor, "add": is_editor, "change": is_editor}
for model in (Term, Label, Relation):
    register_permission_policy(model, RolePermissionPolicy(model, EDITORS))


def not_retired(term: Term) -> bool:
    """Most acts need a term that is in use."""
    return term.retired_on is None


class CreateTerm(ActingCreateView):
    """A new term."""

    def act(self, data: dict[str, Any]) -> Term:
        """By the action."""
        word = LabelData(text=data["word"], language=data["language"])
        return actions.create_term(
            by=self.person,
            labels=[word],
            language=data["language"],
            qualifier=data["qualifier"],
            steward=data["steward"],
            slug=data["slug"] or None,
        )

    def get_success_url(self) -> str:
        """The new term, to be given its words, explanation and relations."""
        return reverse(self.edit_url_name, args=(quote(self.object.pk),))


class EditTerm(ActingEditView):
    """Address and working group."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """What else may be done with the term."""
        space = self.edit_url_name.rpartition(":")[0]
        return [
            HeaderButton(
                view.act_label,
                url=reverse(f"{space}:{name}", args=(quote(self.object.pk),)),
                icon_name=view.act_icon,
            )
            for name, view in TermViewSet.acts.items()
            if view.is_offered(self.request.user, self.object)
        ]

    @transaction.atomic
    def act(self, data: dict[str, Any]) -> Term:
        """By the actions, each only when something changed."""
        term = Term.objects.select_related("steward").get(pk=self.object.pk)
        if data["slug"] != term.slug:
            term = actions.rename_term(term=term, by=self.person, slug=data["slug"])
        if data["steward"] != term.steward:
            term = actions.assign_steward(term=term, by=self.person, steward=data["steward"])
        return term


class AddLabel(ActView):
    """One more word."""

    act_label = _("Add a word")
    act_icon = "plus"
    form_class = forms.AddLabelForm

    def act(self, data: dict[str, Any]) -> Term:
        """By the action."""
        label = LabelData(
            text=data["text"], language=data["label_language"], status=data["status"], type=data["type"],
            note=data["note"],
        )  # fmt: skip
        label_actions.add_label(term=self.object, by=self.person, label=label)
        return self.object


class AddRelation(ActView):
    """A relation to another term."""

    act_label = _("Relate to another term")
    act_icon = "link"
    form_class = forms.AddRelationForm

    def act(self, data: dict[str, Any]) -> Term:
        """By the action."""
        actions.add_relation(
            term=self.object, by=self.person, kind=data["kind"], target=data["target"], uri=data["uri"]
        )
        return self.object


class WriteExplanation(ActView):
    """The editors' explanation."""

    act_label = _("Write the explanation")
    act_icon = "edit"
    form_class = forms.ExplanationForm

    def act(self, data: dict[str, Any]) -> Term:
        """By the action."""
        source = self.form.source_form.source()
        actions.write_explanation(
            term=self.object,
            by=self.person,
            text=data["text"],
            csl=source.csl if source else {},
            passage=source.passage if source else "",
            language=data["explanation_language"],
        )
        return self.object

    @classmethod
    def is_offered(cls, user: Any, instance: Any) -> bool:
        """While the term is in use."""
        return not_retired(instance)


class RetireTerm(ActView):
    """Give a term up."""

    act_label = _("Retire the term")
    act_icon = "cross"
    form_class = forms.RetireForm

    def act(self, data: dict[str, Any]) -> Term:
        """By the action."""
        return actions.retire_term(
            term=self.object,
            by=self.person,
            reason=data["reason"],
            successors=list(data["successors"]),
            retired_on=data["retired"],
        )

    @classmethod
    def is_offered(cls, user: Any, instance: Any) -> bool:
        """Once."""
        return not_retired(instance)


class TermIndex(ActingIndexView):
    """Terms with their status; found by any of their words through the database itself."""

    def get_base_queryset(self) -> Any:
        """Labels and status at a constant number of queries."""
        return with_status(super().get_base_queryset().prefetch_related("labels"))

    def search_queryset(self, queryset: Any) -> Any:
        """Every word the term has; Wagtail's own search trips over quotation marks (see dependencies.md)."""
        if not self.search_query:
            return queryset
        return queryset.filter(labels__text__icontains=self.search_query.strip()).distinct()


def stage_word(term: Term) -> str:
    """How far the term is, from the listing's query."""
    return str(TermStage(term.stage).label) if getattr(term, "stage", "") else ""


class TermViewSet(ActingViewSet):
    """Terms."""

    model = Term
    name = "glossary_terms"
    icon = "tag"
    index_view_class = TermIndex
    list_display: ClassVar = [
        "name",
        Column("status", label=_("Status"), accessor=stage_word),
        "steward",
        "retired_on",
    ]
    list_filter: ClassVar = ["steward", "language"]
    search_fields: ClassVar = ["slug"]
    inspect_view_fields: ClassVar = [
        "name", "key", "slug", "qualifier", "language", "steward", "created_at", "retired_on", "retired_reason",
    ]  # fmt: skip
    add_view_class = CreateTerm
    edit_view_class = EditTerm
    acts: ClassVar = {
        "add-word": AddLabel,
        "relate": AddRelation,
        "explain": WriteExplanation,
        "retire": RetireTerm,
    }

    def get_form_class(self, for_update: bool = False) -> Any:
        """A word to begin with, an address afterwards."""
        return forms.EditTermForm if for_update else forms.CreateTermForm


class EditLabel(ActingEditView):
    """Another text, status, type or note."""

    def act(self, data: dict[str, Any]) -> Label:
        """By the action."""
        return label_actions.change_label(label=self.object, by=self.person, to=LabelData(**data))


class RemoveLabel(ActView):
    """A word no longer names the concept."""

    act_label = _("Remove the word")
    act_icon = "bin"
    form_class = forms.ConfirmLabelForm

    def act(self, data: dict[str, Any]) -> Label:
        """By the action."""
        label = Label.objects.select_related("term").get(pk=self.object.pk)
        label_actions.remove_label(label=label, by=self.person)
        return self.object


class LabelViewSet(ActingViewSet):
    """The words of all terms."""

    model = Label
    name = "glossary_labels"
    icon = "pilcrow"
    addable = False
    list_display: ClassVar = ["text", "term", "language", "status", "type"]
    list_filter: ClassVar = ["language", "status", "type"]
    search_fields: ClassVar = ["text"]
    edit_view_class = EditLabel
    acts: ClassVar = {"remove": RemoveLabel}

    def get_form_class(self, for_update: bool = False) -> Any:
        """One form."""
        return forms.LabelForm


class RemoveRelation(ActView):
    """The relation was wrong."""

    act_label = _("Remove the relation")
    act_icon = "bin"
    form_class = forms.ConfirmRelationForm

    def act(self, data: dict[str, Any]) -> Relation:
        """By the action."""
        relation = Relation.objects.select_related("term", "target").get(pk=self.object.pk)
        actions.remove_relation(relation=relation, by=self.person)
        return self.object


class RelationViewSet(ActingViewSet):
    """How terms relate."""

    model = Relation
    name = "glossary_relations"
    icon = "link"
    addable = False
    editable = False
    list_display: ClassVar = ["term", "kind", "target", "uri"]
    list_filter: ClassVar = ["kind"]
    acts: ClassVar = {"remove": RemoveRelation}

    def get_form_class(self, for_update: bool = False) -> Any:
        """Nothing to edit."""
        return forms.ConfirmRelationForm
