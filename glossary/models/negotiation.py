"""Rounds, seats and positions: who was asked what, and what they said."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from glossary.models.definition import Definition
from glossary.models.term import Term
from glossary.models.wording import Wording
from glossary.querysets import RoundQuerySet
from glossary.states import ChangeClass, RoundKind, RoundPhase, RoundState, Stance
from people.models import Mandate, MandateRole, Organisation, WorkingGroup
from record.canonical import day, instant
from record.immutable import ImmutableRow


class Round(models.Model):
    """Asks the members about one wording. Announcing freezes wording, rules, basis, opens_at and the seats."""

    key = models.CharField(max_length=8, unique=True, editable=False)
    term = models.ForeignKey(Term, models.PROTECT, related_name="rounds", verbose_name=_("term"))
    group = models.ForeignKey(
        WorkingGroup, models.PROTECT, related_name="rounds", verbose_name=_("working group")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=RoundKind, default=RoundKind.CONSENT)
    definition = models.ForeignKey(
        Definition, models.PROTECT, null=True, blank=True, related_name="rounds", verbose_name=_("definition")
    )
    wording = models.ForeignKey(Wording, models.PROTECT, related_name="rounds", verbose_name=_("wording"))
    question = models.CharField(_("question"), max_length=250)
    state = models.CharField(_("state"), max_length=10, choices=RoundState, default=RoundState.PLANNED)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("ends"))
    rules = models.JSONField(_("rules"), default=dict)
    basis = models.JSONField(_("basis"), default=dict)
    batch = models.CharField(max_length=8, blank=True, editable=False)
    follows = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    change_class = models.CharField(_("change class"), max_length=10, choices=ChangeClass, blank=True)
    change_reason = models.TextField(_("reason for the change class"), blank=True)
    announced_at = models.DateTimeField(_("announced"), null=True, blank=True)
    announced_by_key = models.CharField(max_length=8, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancel_reason = models.TextField(_("reason"), blank=True)
    created_at = models.DateTimeField(_("planned"))
    version = models.PositiveIntegerField(default=1, editable=False)
    # NULL in many rows: unique among those that were sent by a form.
    submission_key = models.CharField(max_length=36, null=True, unique=True, editable=False)  # noqa: DJ001

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-opens_at", "-pk"]
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="round_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["term"],
                condition=models.Q(kind="consent", state="announced"),
                name="round_one_announced_consent_per_term",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["announced", "closed"]) | models.Q(announced_at__isnull=False),
                name="round_announced_has_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state="closed", closed_at__isnull=False)
                | (~models.Q(state="closed") & models.Q(closed_at=None)),
                name="round_closed_has_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="cancelled") | ~models.Q(cancel_reason=""),
                name="round_cancelled_with_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="consent") | models.Q(definition__isnull=False),
                name="round_consent_asks_about_a_definition",
            ),
        ]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        """The round's page."""
        return reverse("glossary:round", kwargs={"key": self.key})

    def phase(self, now: datetime | None = None) -> RoundPhase:
        """State and clock together: open is announced and opens_at ≤ now < closes_at, closing is now ≥ closes_at."""
        if self.state != RoundState.ANNOUNCED:
            return RoundPhase(self.state)
        now = now or timezone.now()
        if now < self.opens_at:
            return RoundPhase.UPCOMING
        return RoundPhase.OPEN if now < self.closes_at else RoundPhase.CLOSING

    def is_newest_closed(self) -> bool:
        """No consent round of the term was closed after this one: only from the newest one is published."""
        later = Round.objects.consent().filter(term_id=self.term_id, state=RoundState.CLOSED)
        return not later.filter(closed_at__gt=self.closed_at).exists() if self.closed_at else False


class Seat(models.Model):
    """One organisation in one round: one organisation, one voice. Stores the name as it is at announcing."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="seats")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="seats")
    organisation_name = models.CharField(max_length=160)
    organisation_short_name = models.CharField(max_length=60)
    carried_from = models.ForeignKey(
        "Position", models.PROTECT, null=True, blank=True, related_name="carried_to"
    )

    class Meta:
        ordering: ClassVar = ["organisation_name"]
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "organisation"], name="seat_one_per_organisation"),
        ]

    def __str__(self) -> str:
        return self.organisation_name


class Position(ImmutableRow):
    """What an organisation answered (Rückmeldung), numbered 1..n per seat; the highest is current.

    Provisional (Gremienvorbehalt) counts by its value; a date that passes changes nothing.
    """

    RECORD_KIND = "position"
    REDACTED = ("reason",)
    VERIFY_RELATED = (
        "seat__round",
        "seat__organisation",
        "wording",
        "mandate__organisation",
        "mandate__group",
        "mandate__user",
    )

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="positions")
    number = models.PositiveIntegerField(_("number"))
    wording = models.ForeignKey(Wording, models.PROTECT, related_name="positions")
    value = models.CharField(_("answer"), max_length=12, choices=Stance)
    reason = models.TextField(_("reason"), null=True, blank=True)  # noqa: DJ001  NULL means redacted
    provisional_until = models.DateField(_("subject to a decision on"), null=True, blank=True)
    provisional_body = models.CharField(_("committee"), max_length=160, blank=True)
    taken_at = models.DateTimeField(_("time"))
    actor_key = models.CharField(max_length=8, editable=False)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="positions")
    role = models.CharField(_("role"), max_length=10, choices=MandateRole)
    submission_key = models.CharField(max_length=36, null=True, unique=True, editable=False)  # noqa: DJ001

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["seat", "number"], name="position_numbered_per_seat"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="position_number_starts_at_one"),
            models.CheckConstraint(
                condition=~models.Q(value__in=["reservation", "objection"])
                | ~models.Q(reason="")
                | models.Q(redacted_at__isnull=False),
                name="position_reason_where_owed",
            ),
            models.CheckConstraint(
                condition=models.Q(reason__isnull=False, redacted_at=None)
                | models.Q(reason=None, salt=None, redacted_at__isnull=False),
                name="position_has_reason_or_is_redacted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.number} {self.value}"

    def record_key(self) -> str:
        """Round, organisation and number."""
        return f"{self.seat.round.key}/{self.seat.organisation.key}/{self.number}"

    def canonical(self) -> dict[str, Any]:
        """Format 1."""
        return {
            "actor": self.actor_key,
            "mandate": self.mandate.canonical(),
            "number": self.number,
            "organisation": self.seat.organisation.key,
            "provisional_body": self.provisional_body,
            "provisional_until": day(self.provisional_until) if self.provisional_until else None,
            "reason": self.reason,
            "role": self.role,
            "round": self.seat.round.key,
            "submission": self.submission_key,
            "time": instant(self.taken_at),
            "value": self.value,
            "wording": self.wording.key,
        }


class Objection(ImmutableRow):
    """What a serious objection asks for; its reason is the position's. State is computed, silence never removes it."""

    RECORD_KIND = "objection"
    REDACTED = ("passage", "change_wanted")
    VERIFY_RELATED = ("position__seat__round", "position__seat__organisation")

    position = models.OneToOneField(Position, models.PROTECT, related_name="objection")
    passage = models.TextField(_("passage"), blank=True, null=True)  # noqa: DJ001  "" is the whole text
    passage_start = models.PositiveIntegerField(null=True, blank=True)
    passage_end = models.PositiveIntegerField(null=True, blank=True)
    change_wanted = models.TextField(_("what would have to change"), blank=True, null=True)  # noqa: DJ001
    no_change_helps = models.BooleanField(_("no change would help"), default=False)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(no_change_helps=True)
                | ~models.Q(change_wanted="")
                | models.Q(redacted_at__isnull=False),
                name="objection_says_what_would_help",
            ),
        ]

    def __str__(self) -> str:
        return f"objection {self.position_id}"

    def record_key(self) -> str:
        """That of its position."""
        return self.position.record_key()

    def canonical(self) -> dict[str, Any]:
        """Format 1."""
        return {
            "change_wanted": self.change_wanted,
            "no_change_helps": self.no_change_helps,
            "passage": self.passage,
            "passage_end": self.passage_end,
            "passage_start": self.passage_start,
            "position": self.position.record_key(),
        }
