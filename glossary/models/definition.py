"""Definitions: the competing answers to a term's question."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from glossary.models.term import Term
from glossary.models.wording import Wording
from glossary.querysets import DefinitionQuerySet
from glossary.states import DefinitionOrigin, DefinitionState
from people.models import Mandate, Organisation, WorkingGroup


class Definition(models.Model):
    """Title and rationale may be edited and are not part of what is agreed; the wording is a row of its own."""

    key = models.CharField(max_length=8, unique=True, editable=False)
    term = models.ForeignKey(Term, models.PROTECT, related_name="definitions")
    origin = models.CharField(_("origin"), max_length=12, choices=DefinitionOrigin)
    title = models.CharField(_("title"), max_length=160)
    rationale = models.TextField(_("rationale"), blank=True)
    wording = models.ForeignKey(Wording, models.PROTECT, related_name="+", verbose_name=_("wording"))
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="definitions",
        verbose_name=_("brought in by"),
    )
    group = models.ForeignKey(
        WorkingGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="definitions",
        verbose_name=_("working group"),
    )
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    actor_key = models.CharField(max_length=8, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=DefinitionState, default=DefinitionState.PROPOSED
    )
    state_reason = models.TextField(_("reason"), blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("merged into")
    )
    proposed_at = models.DateTimeField(_("proposed"))
    version = models.PositiveIntegerField(default=1, editable=False)
    submission_key = models.CharField(max_length=36, null=True, unique=True, editable=False)  # noqa: DJ001

    objects = DefinitionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["proposed_at", "pk"]
        verbose_name = _("definition")
        verbose_name_plural = _("definitions")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["term"],
                condition=models.Q(origin="joint_draft", state="proposed"),
                name="definition_one_open_joint_draft_per_term",
            ),
            models.CheckConstraint(
                condition=models.Q(origin="joint_draft", group__isnull=False, organisation=None)
                | (~models.Q(origin="joint_draft") & models.Q(group=None)),
                name="definition_owner_fits_its_origin",
            ),
            models.CheckConstraint(
                condition=~models.Q(origin="proposal") | models.Q(organisation__isnull=False),
                name="definition_proposal_has_an_organisation",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="set_aside") | ~models.Q(state_reason=""),
                name="definition_set_aside_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The definition's page with its thread."""
        return reverse("glossary:definition", kwargs={"slug": self.term.slug, "key": self.key})

    def is_being_asked(self) -> bool:
        """An announced round asks about its current wording: neither state nor wording may change meanwhile."""
        return self.wording.rounds.announced().exists()


class DefinitionRevision(models.Model):
    """Which wordings a definition has had, 1..n; the highest is its current one."""

    definition = models.ForeignKey(Definition, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    wording = models.ForeignKey(Wording, models.PROTECT, related_name="definition_revisions")
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["definition", "number"], name="definition_revision_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.definition_id} {self.number}"
