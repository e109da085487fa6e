"""Mails that wait to be sent, written in the transaction of the act they tell of."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from people.models.organisation import Organisation


class OutboxMessage(models.Model):
    """One mail to one recipient about one event; the unique constraint makes "twice" impossible."""

    event = models.CharField(max_length=120)
    channel = models.CharField(max_length=10, default="email")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="outbox_messages"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="outbox_messages"
    )
    # The address for those who have no account yet (invitations).
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5, default="de")
    template = models.CharField(max_length=80)
    context = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering: ClassVar = ["due_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "channel", "user"], name="outbox_once_per_person"),
            models.UniqueConstraint(
                fields=["event", "channel", "organisation"], name="outbox_once_per_mailbox"
            ),
            models.CheckConstraint(
                condition=models.Q(user__isnull=False)
                | models.Q(organisation__isnull=False)
                | ~models.Q(email=""),
                name="outbox_has_a_recipient",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=models.Q(sent_at=None), name="outbox_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.event} → {self.user_id or self.organisation_id or self.email}"
