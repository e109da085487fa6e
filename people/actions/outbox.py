"""Mails: written in the transaction of the act they tell of, sent later by `tick`."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import timezone, translation

from people.models import Organisation, OutboxMessage, User

logger = logging.getLogger(__name__)

# How long to wait after the first, second, … attempt that failed; after the last one we give up.
BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
)
BATCH = 200


def enqueue(
    *,
    event: str,
    template: str,
    context: dict[str, Any],
    user: User | None = None,
    organisation: Organisation | None = None,
    email: str = "",
    language: str | None = None,
    due_at: datetime | None = None,
) -> OutboxMessage | None:
    """Put one mail to one recipient into the outbox; None if this recipient was already told of this event.

    `template` names templates/email/<template>.txt (with a block "subject") and .html. Call it inside the
    transaction of the act. Raises ValueError unless there is exactly one recipient.
    """
    if sum((user is not None, organisation is not None, bool(email))) != 1:
        raise ValueError("A mail has exactly one recipient.")
    now = timezone.now()
    message = OutboxMessage(
        event=event,
        template=template,
        context=context,
        user=user,
        organisation=organisation,
        email=email,
        language=language or (user.language if user else settings.LANGUAGE_CODE),
        created_at=now,
        due_at=due_at or now,
    )
    if OutboxMessage.objects.filter(
        event=event, channel=message.channel, user=user, organisation=organisation, email=email
    ).exists():
        return None
    try:
        with transaction.atomic():
            message.save()
    except IntegrityError:
        return None
    return message


def waiting(now: datetime) -> QuerySet[OutboxMessage]:
    """What is due and neither sent nor given up."""
    return OutboxMessage.objects.filter(sent_at=None, failed_at=None, due_at__lte=now)


def send_due(now: datetime) -> int:
    """Send what is due; returns how many mails left. A failure waits longer each time, then is given up.

    Each mail is claimed by a conditional update first, so two runs at once never send the same one.
    """
    sent = 0
    connection = get_connection()
    for message in list(waiting(now).select_related("user", "organisation")[:BATCH]):
        if _claim(message, now):
            sent += _deliver(message, now, connection)
    connection.close()
    return sent


def _claim(message: OutboxMessage, now: datetime) -> bool:
    """Count the attempt and set the time of the next one before sending: a crash costs a delay, never a flood."""
    wait = BACK_OFF[min(message.attempts, len(BACK_OFF) - 1)]
    claimed = waiting(now).filter(pk=message.pk, attempts=message.attempts)
    return claimed.update(attempts=message.attempts + 1, due_at=now + wait) == 1


def _deliver(message: OutboxMessage, now: datetime, connection: Any) -> int:
    row = OutboxMessage.objects.filter(pk=message.pk)
    address = recipient_address(message)
    if not address:
        row.update(failed_at=now, last_error="no recipient any more", context={})
        return 0
    try:
        mail = compose(message, address)
        mail.connection = connection
        mail.send()
    except Exception as error:
        # Whatever it is, the other mails must go out; the class says enough and holds no address.
        given_up = message.attempts + 1 >= len(BACK_OFF)
        row.update(last_error=type(error).__name__)
        if given_up:
            row.update(failed_at=now, context={})
        logger.exception("Mail %s could not be sent.", message.pk)
        return 0
    # What is sent or given up is not kept: it may hold a link that signs somebody up.
    row.update(sent_at=now, last_error="", context={})
    return 1


def recipient_address(message: OutboxMessage) -> str:
    """Where the mail goes, as of now; empty if there is nobody to read it any more."""
    if message.user is not None:
        return message.user.email if message.user.is_active else ""
    if message.organisation is not None:
        return message.organisation.mailbox
    return message.email


def compose(message: OutboxMessage, address: str) -> EmailMultiAlternatives:
    """The mail in the language of its reader."""
    name = f"email/{message.template}"
    context = {
        "public_url": settings.PUBLIC_URL,
        "language": message.language,
        "recipient": message.user.get_short_name() if message.user else "",
        "organisation": message.organisation.name if message.organisation else "",
        **message.context,
    }
    with translation.override(message.language):
        subject = " ".join(render_to_string(f"{name}.txt", {**context, "part": "subject"}).split())
        text = render_to_string(f"{name}.txt", {**context, "part": "body"}).strip() + "\n"
        try:
            html: str = render_to_string(f"{name}.html", {**context, "subject": subject})
        except TemplateDoesNotExist as error:
            if error.args[0] != f"{name}.html":
                raise
            html = ""
    mail = EmailMultiAlternatives(subject=subject, body=text, to=[address])
    # The same mail sent twice after a crash is shown once by most programs.
    mail.extra_headers["Message-ID"] = (
        f"<outbox.{message.pk}@{settings.PUBLIC_URL.split('//')[-1].split(':')[0]}>"
    )
    mail.extra_headers["Auto-Submitted"] = "auto-generated"
    if html:
        mail.attach_alternative(html, "text/html")
    return mail
