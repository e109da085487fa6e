"""Wordings: immutable texts everything else points at."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from glossary.models.term import Term
from glossary.states import Register, SourceRelation
from glossary.text.normalise import definition_part
from people.models import Organisation, WorkingGroup
from record.canonical import day, instant
from record.immutable import ImmutableRow, RedactableRow


class Wording(ImmutableRow):
    """A text put before others, in its one form (glossary.text.normalise). Public from its creation.

    `text` and `text_hash` become NULL when redacted. Offsets into it are Unicode code points, end exclusive.
    """

    RECORD_KIND = "wording"
    REDACTED = ("text", "scope", "text_hash")
    VERIFY_RELATED = ("term",)
    VERIFY_PREFETCH = ("parents", "sources")

    key = models.CharField(max_length=8, unique=True, editable=False)
    term = models.ForeignKey(Term, models.PROTECT, related_name="wordings")
    text = models.TextField(_("text"), null=True)  # noqa: DJ001  NULL means redacted, "" never occurs
    scope = models.CharField(_("scope"), max_length=250, blank=True, null=True)  # noqa: DJ001
    language = models.CharField(_("language"), max_length=5, default="de")
    register = models.CharField(_("register"), max_length=10, choices=Register, default=Register.STANDARD)
    text_hash = models.CharField(max_length=64, null=True, db_index=True, editable=False)  # noqa: DJ001
    parents = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="children")
    author_key = models.CharField(max_length=8, editable=False)
    made_at = models.DateTimeField(_("time"))

    class Meta:
        ordering: ClassVar = ["made_at", "pk"]
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(text__isnull=False, redacted_at=None)
                | models.Q(text=None, text_hash=None, salt=None, redacted_at__isnull=False),
                name="wording_has_text_or_is_redacted",
            ),
        ]

    def __str__(self) -> str:
        return (self.text or "…")[:60]

    @property
    def definition_text(self) -> str:
        """The definition without its notes and examples (tooltip, skos:definition)."""
        return definition_part(self.text) if self.text else ""

    def record_key(self) -> str:
        """How the record names it."""
        return self.key

    def parts(self) -> list[tuple[str, str, datetime | None]]:
        """Its sources: they may be redacted while the text stays."""
        return [(Source.RECORD_KIND, f"{self.key}.{s.position}", s.redacted_at) for s in self.sources.all()]

    def canonical(
        self, *, parents: "Sequence[Wording] | None" = None, sources: "Sequence[Source] | None" = None
    ) -> dict[str, Any]:
        """Format 1. Parents and sources are part of the content; before the row is stored they are handed in."""
        parents = list(self.parents.all()) if parents is None else parents
        sources = list(self.sources.all()) if sources is None else sources
        return {
            "author": self.author_key,
            "key": self.key,
            "language": self.language,
            "parents": sorted(parent.key for parent in parents),
            "register": self.register,
            "scope": self.scope,
            "sources": [source.canonical() for source in sources],
            "term": self.term.key,
            "text": self.text,
            "text_hash": self.text_hash,
            "time": instant(self.made_at),
        }


class Source(RedactableRow):
    """What a wording cites: a CSL-JSON reference with passage, access date and relation. Immutable with its wording.

    Its content is part of the wording's digest; redacted alone, it takes the wording's salt with it.
    """

    RECORD_KIND = "source"
    REDACTED = ("csl", "passage")
    VERIFY_RELATED = ("wording__term",)

    wording = models.ForeignKey(Wording, models.PROTECT, related_name="sources")
    position = models.PositiveSmallIntegerField(default=1)
    csl = models.JSONField(_("reference"), default=dict)
    passage = models.CharField(_("passage"), max_length=120, blank=True)
    accessed_on = models.DateField(_("accessed on"), null=True, blank=True)
    relation = models.CharField(_("relation"), max_length=8, choices=SourceRelation)

    class Meta:
        ordering: ClassVar = ["position"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["wording", "position"], name="source_position_unique"),
        ]

    def __str__(self) -> str:
        return str(self.csl.get("title", "")) or self.get_relation_display()

    def record_key(self) -> str:
        """How the record names it: the wording and its place there."""
        return f"{self.wording.key}.{self.position}"

    def emptied(self) -> dict[str, Any]:
        """Empty, not NULL: whoever lists sources finds one without anything in it."""
        return {"csl": {}, "passage": ""}

    def compute_rest(self) -> str:
        """What is left of the wording it belongs to."""
        return Wording.objects.select_related("term").get(pk=self.wording_id).compute_rest()

    def canonical(self) -> dict[str, Any]:
        """Part of the wording's content."""
        return {
            "accessed": day(self.accessed_on) if self.accessed_on else None,
            "csl": self.csl,
            "passage": self.passage,
            "position": self.position,
            "relation": self.relation,
        }


class Draft(models.Model):
    """A mutable text of one organisation or working group: visible to nobody else, deletable, never recorded.

    `content` holds the fields of the form it was typed into, so nothing typed is lost, not even what is invalid.
    """

    kind = models.CharField(max_length=12)
    term = models.ForeignKey(Term, models.CASCADE, null=True, blank=True, related_name="drafts")
    definition = models.ForeignKey(
        "glossary.Definition", models.CASCADE, null=True, blank=True, related_name="drafts"
    )
    round = models.ForeignKey("glossary.Round", models.CASCADE, null=True, blank=True, related_name="drafts")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="drafts"
    )
    group = models.ForeignKey(WorkingGroup, models.PROTECT, null=True, blank=True, related_name="drafts")
    content = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(_("last saved"))
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-updated_at"]
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False, group=None)
                | models.Q(organisation=None, group__isnull=False),
                name="draft_has_one_owner",
            ),
            models.UniqueConstraint(
                fields=["round", "organisation"],
                condition=models.Q(kind="position"),
                name="draft_one_answer_per_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
