"""What was agreed: entries, dissent and support."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from glossary.models.negotiation import Position, Round
from glossary.models.outcome import Statement
from glossary.models.term import Term
from glossary.models.wording import Wording
from glossary.states import ChangeClass, EntryKind, SupportKind
from people.models import Mandate, Organisation
from record.canonical import day, instant
from record.immutable import ImmutableRow


class ConsensusEntry(ImmutableRow):
    """An agreed wording (vereinbarte Fassung), number 1..n per term without gaps. Never edited.

    In force on a day: the highest number with valid_from ≤ that day, none if it is revoked; computed, never a flag.
    `carried_by` and `asked` hold organisations as [{"key", "name", "short_name"}], names as published.
    """

    RECORD_KIND = "entry"
    REDACTED = ("change_reason",)
    VERIFY_RELATED = ("term", "wording", "round", "statement__round")

    term = models.ForeignKey(Term, models.PROTECT, related_name="entries", verbose_name=_("term"))
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=10, choices=EntryKind, default=EntryKind.AGREED)
    wording = models.ForeignKey(
        Wording, models.PROTECT, null=True, blank=True, related_name="entries", verbose_name=_("wording")
    )
    round = models.OneToOneField(
        Round, models.PROTECT, null=True, blank=True, related_name="entry", verbose_name=_("round")
    )
    statement = models.ForeignKey(Statement, models.PROTECT, null=True, blank=True, related_name="+")
    preferred_label = models.CharField(_("preferred label"), max_length=120)
    carried_by = models.JSONField(_("carried by"), default=list)
    asked = models.JSONField(_("asked"), default=list)
    change_class = models.CharField(_("change class"), max_length=10, choices=ChangeClass, blank=True)
    change_reason = models.TextField(_("what changed and why"), blank=True, null=True)  # noqa: DJ001
    evidence = models.JSONField(_("evidence"), default=dict, blank=True)
    valid_from = models.DateField(_("valid from"))
    review_on = models.DateField(_("to be reviewed on"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"))
    actor_key = models.CharField(max_length=8, editable=False)
    submission_key = models.CharField(max_length=36, null=True, unique=True, editable=False)  # noqa: DJ001

    class Meta:
        ordering: ClassVar = ["term", "-number"]
        verbose_name = _("agreed wording")
        verbose_name_plural = _("agreed wordings")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["term", "number"], name="entry_numbered_per_term"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="entry_number_starts_at_one"),
            models.CheckConstraint(
                condition=models.Q(kind="revoked", wording=None)
                | (~models.Q(kind="revoked") & models.Q(wording__isnull=False)),
                name="entry_has_wording_unless_revoked",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="agreed") | models.Q(round__isnull=False, statement__isnull=False),
                name="entry_agreed_comes_from_a_round",
            ),
            models.CheckConstraint(
                condition=models.Q(number=1, change_class="")
                | (models.Q(number__gt=1) & ~models.Q(change_class="")),
                name="entry_change_class_from_the_second_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.preferred_label} v{self.number}"

    def get_absolute_url(self) -> str:
        """The page of record."""
        return reverse("glossary:entry", kwargs={"slug": self.term.slug, "number": self.number})

    @property
    def identifier(self) -> str:
        """The permanent, language-neutral address."""
        return f"{settings.IDENTIFIER_BASE}/id/{self.term.key}/{self.number}"

    def is_superseded_on(self, on: date) -> bool:
        """A later entry is in force on that day."""
        return ConsensusEntry.objects.filter(
            term_id=self.term_id, number__gt=self.number, valid_from__lte=on
        ).exists()

    def record_key(self) -> str:
        """Term and number."""
        return f"{self.term.key}/{self.number}"

    def canonical(self) -> dict[str, Any]:
        """Format 1."""
        return {
            "actor": self.actor_key,
            "asked": self.asked,
            "carried_by": self.carried_by,
            "change_class": self.change_class or None,
            "change_reason": self.change_reason,
            "evidence": self.evidence,
            "kind": self.kind,
            "label": self.preferred_label,
            "number": self.number,
            "review_on": day(self.review_on) if self.review_on else None,
            "round": self.round.key if self.round else None,
            "statement": self.statement.record_key() if self.statement else None,
            "submission": self.submission_key,
            "term": self.term.key,
            "time": instant(self.published_at),
            "valid_from": day(self.valid_from),
            "wording": self.wording.key if self.wording else None,
        }


class Support(ImmutableRow):
    """What an organisation says after publication: joins, confirms, dissents, withdraws its dissent, ends."""

    RECORD_KIND = "support"
    REDACTED = ("evidence",)
    VERIFY_RELATED = (
        "entry__term",
        "organisation",
        "mandate__organisation",
        "mandate__group",
        "mandate__user",
    )

    entry = models.ForeignKey(ConsensusEntry, models.PROTECT, related_name="supports")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="supports")
    organisation_name = models.CharField(max_length=160)
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=18, choices=SupportKind)
    made_on = models.DateField(_("date"))
    made_at = models.DateTimeField(_("time"))
    evidence = models.CharField(_("evidence"), max_length=250, blank=True, null=True)  # noqa: DJ001
    actor_key = models.CharField(max_length=8, editable=False)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    submission_key = models.CharField(max_length=36, null=True, unique=True, editable=False)  # noqa: DJ001

    class Meta:
        ordering: ClassVar = ["made_at", "pk"]
        verbose_name = _("support")
        verbose_name_plural = _("supports")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry", "organisation", "number"], name="support_numbered_per_entry_and_organisation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_name}: {self.get_kind_display()}"

    def record_key(self) -> str:
        """Entry, organisation and number."""
        return f"{self.entry.record_key()}/{self.organisation.key}/{self.number}"

    def canonical(self) -> dict[str, Any]:
        """Format 1."""
        return {
            "actor": self.actor_key,
            "entry": self.entry.record_key(),
            "evidence": self.evidence,
            "kind": self.kind,
            "made_on": day(self.made_on),
            "mandate": self.mandate.canonical(),
            "name": self.organisation_name,
            "number": self.number,
            "organisation": self.organisation.key,
            "submission": self.submission_key,
            "time": instant(self.made_at),
        }


class Dissent(ImmutableRow):
    """A Sondervotum: visible on the entry for good. Publishing the next entry copies those not withdrawn."""

    RECORD_KIND = "dissent"
    REDACTED = ("reason", "passage", "alternative")
    VERIFY_RELATED = (
        "entry__term",
        "organisation",
        "carried_from__entry__term",
        "carried_from__organisation",
        "position__seat__round",
        "position__seat__organisation",
        "support__entry__term",
        "support__organisation",
    )

    entry = models.ForeignKey(ConsensusEntry, models.PROTECT, related_name="dissents")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="dissents")
    organisation_name = models.CharField(max_length=160)
    reason = models.TextField(_("reason"), null=True)  # noqa: DJ001  NULL means redacted
    passage = models.TextField(_("passage"), blank=True, null=True)  # noqa: DJ001
    alternative = models.TextField(_("alternative wording"), blank=True, null=True)  # noqa: DJ001
    position = models.ForeignKey(Position, models.PROTECT, null=True, blank=True, related_name="dissents")
    support = models.OneToOneField(Support, models.PROTECT, null=True, blank=True, related_name="dissent")
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="carried_to")
    made_at = models.DateTimeField(_("time"))
    actor_key = models.CharField(max_length=8, editable=False)

    class Meta:
        ordering: ClassVar = ["organisation_name", "pk"]
        verbose_name = _("dissent")
        verbose_name_plural = _("dissents")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry", "organisation", "made_at"],
                name="dissent_once_per_entry_organisation_and_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_name}: {(self.reason or '…')[:40]}"

    def record_key(self) -> str:
        """Entry, organisation and time."""
        return f"{self.entry.record_key()}/{self.organisation.key}/{instant(self.made_at)}"

    def canonical(self) -> dict[str, Any]:
        """Format 1."""
        return {
            "actor": self.actor_key,
            "alternative": self.alternative,
            "carried_from": self.carried_from.record_key() if self.carried_from else None,
            "entry": self.entry.record_key(),
            "name": self.organisation_name,
            "organisation": self.organisation.key,
            "passage": self.passage,
            "position": self.position.record_key() if self.position else None,
            "reason": self.reason,
            "support": self.support.record_key() if self.support else None,
            "time": instant(self.made_at),
        }
