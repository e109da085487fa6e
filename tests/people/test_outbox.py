"""Mails: once each, in the reader's language, and again only if they did not leave."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from people.actions.outbox import BACK_OFF, enqueue, send_due
from people.models import OutboxMessage

CONTEXT = {
    "organisation_name": "Landkreis",
    "role_name": "",
    "url": "http://testserver/x",
    "expires": "1. Mai",
}


def put(**values):
    defaults = {"event": "invitation:1", "template": "invitation", "context": CONTEXT}
    return enqueue(**{**defaults, **values})


def test_same_event_reaches_a_person_once(cast):
    assert put(user=cast.bob) is not None
    assert put(user=cast.bob) is None
    assert put(user=cast.erik) is not None
    assert put(organisation=cast.district) is not None
    assert put(organisation=cast.district) is None
    assert put(email="x@demo.example") is not None
    assert put(email="x@demo.example") is None


@pytest.mark.parametrize("who", [{}, {"email": "x@demo.example", "organisation": True}])
def test_mail_has_exactly_one_recipient(cast, who):
    if "organisation" in who:
        who = {**who, "organisation": cast.district}

    with pytest.raises(ValueError, match="one recipient"):
        put(**who)


def test_mail_is_sent_once_in_two_forms(cast):
    put(user=cast.bob)

    assert send_due(timezone.now()) == 1
    assert send_due(timezone.now()) == 0
    message = mail.outbox[0]
    assert message.to == ["bob@demo.example"]
    assert message.alternatives[0][1] == "text/html"
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_mail_fetches_nothing_from_elsewhere(cast):
    put(user=cast.bob)
    send_due(timezone.now())

    html = mail.outbox[0].alternatives[0][0]
    assert "<img" not in html
    assert "src=" not in html
    assert "@import" not in html


@pytest.mark.parametrize(("language", "word"), [("de", "Einladung"), ("en", "Invitation")])
def test_mail_speaks_the_language_of_its_reader(cast, language, word):
    cast.bob.language = language
    put(user=cast.bob)

    send_due(timezone.now())

    assert word in mail.outbox[0].subject


def test_what_people_wrote_is_escaped_in_html_only(cast):
    put(user=cast.bob, context={**CONTEXT, "organisation_name": "A & <B>"})

    send_due(timezone.now())

    assert "A & <B>" in mail.outbox[0].body
    assert "A &amp; &lt;B&gt;" in mail.outbox[0].alternatives[0][0]


def test_line_break_in_a_name_makes_no_second_header(cast):
    put(user=cast.bob, context={**CONTEXT, "organisation_name": "A\nBcc: x@demo.example"})

    send_due(timezone.now())

    assert "\n" not in mail.outbox[0].subject


def test_mail_that_is_not_due_waits(cast):
    now = timezone.now()
    put(user=cast.bob, due_at=now + timedelta(hours=1))

    assert send_due(now) == 0
    assert send_due(now + timedelta(hours=1)) == 1


def test_failure_is_tried_again_later_and_given_up_in_the_end(cast, caplog):
    put(user=cast.bob, template="there-is-no-such-template")
    now = timezone.now()

    for wait in BACK_OFF:
        assert send_due(now) == 0
        assert send_due(now) == 0
        now += wait

    message = OutboxMessage.objects.get()
    assert message.attempts == len(BACK_OFF)
    assert message.failed_at is not None
    assert message.last_error == "TemplateDoesNotExist"
    assert message.context == {}


def test_one_failure_does_not_stop_the_others(cast, caplog):
    put(user=cast.bob, template="there-is-no-such-template")
    put(user=cast.erik)

    assert send_due(timezone.now()) == 1


def test_closed_account_gets_no_mail(cast):
    put(user=cast.bob)
    cast.bob.is_active = False
    cast.bob.save()

    assert send_due(timezone.now()) == 0
    assert mail.outbox == []


def test_mail_goes_to_the_mailbox_of_an_organisation(cast):
    put(organisation=cast.district)

    send_due(timezone.now())

    assert mail.outbox[0].to == ["landkreis@demo.example"]
