"""After a backup was put back: pages are read, nothing is recorded until somebody confirms where the record goes on."""

from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from glossary.models import Definition, Outcome
from record.chain import Act, append
from record.errors import ReadOnly
from record.models import RecordHead, RecordRow, Restore
from record.verify import verify
from tests.factories.cast import Cast
from tests.factories.glossary import closing_round, proposed_definition, term_with_labels
from tests.factories.guards import lifted

pytestmark = pytest.mark.django_db
NOTICE = "Diese Website wurde aus einer Sicherung wiederhergestellt"


def run(command: str) -> str:
    out = StringIO()
    call_command(command, stdout=out)
    return out.getvalue()


def test_no_act_is_stored_until_the_restore_is_confirmed(cast: Cast) -> None:
    term = term_with_labels(cast)
    before = RecordHead.objects.get().seq

    said = run("restored_from_backup")
    with pytest.raises(ReadOnly), transaction.atomic():
        proposed_definition(cast, term)

    assert f"row {before}" in said
    assert (Definition.objects.count(), RecordHead.objects.get().seq) == (0, before)


def test_after_record_restored_people_go_on_and_the_record_says_from_where(cast: Cast) -> None:
    term = term_with_labels(cast)
    run("restored_from_backup")
    head = RecordHead.objects.get()

    run("record_restored")
    proposed_definition(cast, term)

    row = RecordRow.objects.get(act="record_restored")
    assert f'"hash":"{head.hash}","seq":{head.seq}' in row.body
    assert (Definition.objects.count(), Restore.objects.count()) == (1, 0)
    assert verify().ok


def test_marking_twice_is_marking_once() -> None:
    run("restored_from_backup")
    run("restored_from_backup")

    assert Restore.objects.count() == 1


def test_the_database_itself_takes_no_record_row_meanwhile() -> None:
    Restore.objects.create(marked_at=timezone.now())
    head = RecordHead.objects.get()
    row = RecordRow(seq=head.seq + 1, prev=head.hash, body="x", hash="y", time=timezone.now(), act="other")

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
    with lifted("record_recordrow_waits_after_a_restore"):
        row.save(force_insert=True)


def test_without_the_mark_the_record_takes_rows() -> None:
    assert append(Act(name="x", at=timezone.now())).seq == RecordHead.objects.get().seq


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.django_db(transaction=True)
def test_pages_are_read_and_say_so_also_those_kept_before(settings: Any, cast: Cast) -> None:
    settings.PAGE_CACHE_ENABLED = True
    url = proposed_definition(cast).get_absolute_url()
    reader = Client()
    before = reader.get(url).content.decode()

    run("restored_from_backup")
    meanwhile = reader.get(url)
    run("record_restored")

    assert meanwhile.status_code == 200
    assert [NOTICE in page for page in (before, meanwhile.content.decode(), reader.get(url).content.decode())] == [
        False, True, False,
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_form_is_refused_with_a_clear_message_and_keeps_its_text(cast: Cast) -> None:
    definition = proposed_definition(cast)
    url = reverse("glossary:definition_edit", kwargs={"slug": definition.term.slug, "key": definition.key})
    run("restored_from_backup")

    answer = signed_in(cast.bob).post(url, {"title": "Neu", "rationale": "Lang bedacht.", "version": 1})
    page = answer.content.decode()

    assert answer.status_code == 503
    assert "noch nicht freigegeben" in page
    assert "Lang bedacht." in page


def test_the_clock_closes_no_round_and_sends_no_mail_meanwhile(cast: Cast) -> None:
    closing_round(cast)
    run("restored_from_backup")

    run("tick")
    waiting = Outcome.objects.count(), len(mail.outbox)
    run("record_restored")
    run("tick")

    assert waiting == (0, 0)
    assert Outcome.objects.count() == 1
    assert len(mail.outbox) > 0


def test_readyz_says_that_the_site_is_ready_to_be_read(client: Client) -> None:
    usual = client.get("/readyz").json()
    run("restored_from_backup")

    assert (usual["ready"], usual["read_only"]) == (True, False)
    assert client.get("/readyz").json() == {"ready": True, "problems": [], "read_only": True}
