"""What a round came to: the outcome as counted, and the facilitator's statement."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from glossary.models.negotiation import Round
from glossary.states import OutcomeResult
from record.canonical import instant
from record.immutable import ImmutableRow


class Outcome(ImmutableRow):
    """What the tally said at the close: one per round, stored exactly as computed."""

    RECORD_KIND = "outcome"
    REDACTED = ()
    VERIFY_RELATED = ("round",)

    round = models.OneToOneField(Round, models.PROTECT, related_name="outcome")
    result = models.CharField(_("result"), max_length=20, choices=OutcomeResult, blank=True)
    tally = models.JSONField(_("tally"), default=dict)
    closed_at = models.DateTimeField(_("time"))
    actor_key = models.CharField(max_length=8, blank=True, editable=False)

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")

    def __str__(self) -> str:
        return f"{self.round_id} {self.result}"

    def record_key(self) -> str:
        """That of its round."""
        return self.round.key

    def canonical(self) -> dict[str, Any]:
        """Format 1."""
        return {
            "actor": self.actor_key,
            "result": self.result,
            "round": self.round.key,
            "tally": self.tally,
            "time": instant(self.closed_at),
        }


class Statement(ImmutableRow):
    """The facilitator's outcome statement: sentences made from the tally, and a person's text on top. One per round."""

    RECORD_KIND = "statement"
    REDACTED = ("text",)
    VERIFY_RELATED = ("round",)

    round = models.OneToOneField(Round, models.PROTECT, related_name="statement")
    text = models.TextField(_("statement"), null=True)  # noqa: DJ001  NULL means redacted
    computed = models.TextField(_("computed sentences"), blank=True)
    made_at = models.DateTimeField(_("time"))
    actor_key = models.CharField(max_length=8, editable=False)

    class Meta:
        verbose_name = _("outcome statement")
        verbose_name_plural = _("outcome statements")

    def __str__(self) -> str:
        return (self.text or "…")[:60]

    def record_key(self) -> str:
        """That of its round."""
        return self.round.key

    def canonical(self) -> dict[str, Any]:
        """Format 1."""
        return {
            "actor": self.actor_key,
            "computed": self.computed,
            "round": self.round.key,
            "text": self.text,
            "time": instant(self.made_at),
        }
