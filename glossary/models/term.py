"""Terms: the negotiated question "what does this word mean here"."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from glossary.querysets import TermQuerySet
from glossary.states import LabelStatus, LabelType, RelationKind
from people.models import WorkingGroup
from record.canonical import SALT_BYTES, canonical_json, digest, instant, sha256_hex
from record.immutable import RedactableRow

LANGUAGES = settings.LANGUAGES


class Term(models.Model):
    """One concept (ISO 704). Its key never changes; never deleted, only retired.

    `slug` is the address now; every address it ever had is a TermSlug row.
    """

    key = models.CharField(max_length=8, unique=True, editable=False)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    qualifier = models.CharField(
        _("qualifier"), max_length=60, blank=True, help_text=_("Tells two meanings of one word apart.")
    )
    language = models.CharField(
        _("language of the negotiation"), max_length=5, choices=LANGUAGES, default="de"
    )
    steward = models.ForeignKey(
        WorkingGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="terms",
        verbose_name=_("working group"),
    )
    created_at = models.DateTimeField(_("collected"))
    retired_on = models.DateField(_("retired on"), null=True, blank=True)
    retired_reason = models.TextField(_("reason"), blank=True)
    successors = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="predecessors")
    version = models.PositiveIntegerField(default=1, editable=False)

    # Computed, only where the query says so: queries.with_status.
    stage: str

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["slug"]
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(retired_on=None, retired_reason="")
                | (models.Q(retired_on__isnull=False) & ~models.Q(retired_reason="")),
                name="term_retired_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Preferred label in the language of the negotiation; lists prefetch labels."""
        return self.label_in(self.language)

    @property
    def display_name(self) -> str:
        """Preferred label in the reader's language, falling back to the language of the negotiation."""
        return self.label_in((get_language() or self.language)[:2])

    def label_in(self, language: str) -> str:
        """Preferred label in `language`, else that of the negotiation, else the address."""
        preferred = {x.language: x.text for x in self.labels.all() if x.status == LabelStatus.PREFERRED}
        return preferred.get(language) or preferred.get(self.language) or self.slug

    def get_absolute_url(self) -> str:
        """The term's page."""
        return reverse("glossary:term", kwargs={"slug": self.slug})

    @property
    def identifier(self) -> str:
        """The permanent, language-neutral address."""
        return f"{settings.IDENTIFIER_BASE}/id/{self.key}"


class TermSlug(models.Model):
    """An address a term has or had; unique for ever, old ones answer 301."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="slugs")
    slug = models.SlugField(max_length=80, unique=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.slug


class Label(models.Model):
    """A word for the concept. Not part of what is agreed; changes are recorded."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="labels")
    text = models.CharField(_("text"), max_length=120)
    language = models.CharField(_("language"), max_length=5, choices=LANGUAGES, default="de")
    status = models.CharField(_("status"), max_length=12, choices=LabelStatus, default=LabelStatus.ADMITTED)
    type = models.CharField(_("type"), max_length=14, choices=LabelType, default=LabelType.FULL)
    note = models.CharField(
        _("note"), max_length=250, blank=True, help_text=_("For example why not to use it.")
    )

    class Meta:
        ordering: ClassVar = ["language", "status", "text"]
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["term", "language", "text"], name="label_unique_per_term_and_language"
            ),
            models.UniqueConstraint(
                fields=["term", "language"],
                condition=models.Q(status="preferred"),
                name="label_one_preferred_per_language",
            ),
            models.CheckConstraint(
                condition=~models.Q(type="inflected", status="preferred"),
                name="label_inflected_is_never_preferred",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class LabelState(models.Model):
    """One row whose random token is replaced whenever a word, an address or a retirement changes.

    What was built from the words (finders, linked texts) is kept under the token. A counter would not do: after a
    rollback or a restore the same number would mean other words.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    token = models.CharField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="label_state_is_one_row"),
        ]

    def __str__(self) -> str:
        return self.token


class Relation(models.Model):
    """A SKOS relation to another term, or a match to an external identifier."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="relations")
    kind = models.CharField(_("kind"), max_length=12, choices=RelationKind)
    target = models.ForeignKey(
        Term, models.PROTECT, null=True, blank=True, related_name="incoming_relations", verbose_name=_("term")
    )
    uri = models.URLField(_("external identifier"), blank=True)

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(
                    models.Q(kind__in=["broader", "related"], target__isnull=False, uri="")
                    | (models.Q(kind__in=["exact_match", "close_match"], target=None) & ~models.Q(uri=""))
                ),
                name="relation_has_one_target",
            ),
            models.CheckConstraint(
                condition=~models.Q(term=models.F("target")), name="relation_not_to_itself"
            ),
            models.UniqueConstraint(fields=["term", "kind", "target", "uri"], name="relation_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.target or self.uri}"


class Explanation(RedactableRow):
    """The editors' explanation, versioned: serves page and tooltip until an entry exists. Not negotiated."""

    RECORD_KIND = "explanation"
    REDACTED = ("text", "csl", "passage")
    VERIFY_RELATED = ("term",)

    term = models.ForeignKey(Term, models.PROTECT, related_name="explanations")
    number = models.PositiveIntegerField(_("version"))
    language = models.CharField(_("language"), max_length=5, choices=LANGUAGES, default="de")
    text = models.TextField(_("text"))
    csl = models.JSONField(_("source"), default=dict, blank=True)
    passage = models.CharField(_("passage"), max_length=120, blank=True)
    made_at = models.DateTimeField(_("time"))
    author_key = models.CharField(max_length=8)
    # NULL in a redacted one, and in those written before there was a salt.
    salt = models.BinaryField(max_length=SALT_BYTES, null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["term", "language", "-number"]
        verbose_name = _("explanation")
        verbose_name_plural = _("explanations")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["term", "language", "number"], name="explanation_numbered_per_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term_id} {self.language} {self.number}"

    def record_key(self) -> str:
        """How the record names it."""
        return f"{self.term.key}.{self.language}.{self.number}"

    def emptied(self) -> dict[str, Any]:
        """Empty, not NULL: whoever shows an explanation shows nothing."""
        return {"text": "", "csl": {}, "passage": "", "salt": None}

    def canonical(self) -> dict[str, Any]:
        """What its digest in the record covers."""
        return {
            "author": self.author_key,
            "csl": self.csl,
            "key": self.record_key(),
            "passage": self.passage,
            "text": self.text,
            "time": instant(self.made_at),
        }

    def compute_digest(self) -> str:
        """The digest recomputed from the row. Raises ValueError without a salt."""
        return digest(bytes(self.salt or b""), self.canonical())

    def compute_rest(self) -> str:
        """Who wrote which number when."""
        return sha256_hex(canonical_json(self.canonical()))
