"""A knowledge base of the size we promise to be fast at: 2,000 guides of 700 words, 1,000 terms, one long negotiation.

People, terms, definitions and rounds go through the actions, so that record and triggers hold. Guides are copied from one
that was published, row by row, because 2,000 publications would take longer than anybody waits for a benchmark.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from bench.copies import copy_page
from bench.words import TERMS_PER_PAGE, name_of, text
from discussion.actions.comments import post_comment
from glossary.actions.closing import close_round, state_outcome
from glossary.actions.consensus import publish_entry
from glossary.actions.positions import take_position
from glossary.actions.proposing import propose_definition
from glossary.actions.rounds import announce_round, plan_round
from glossary.actions.terms import create_term, write_explanation
from glossary.data import LabelData
from glossary.models import Definition, Round, Term
from glossary.signals import term_changed
from home.demo.clock import clock_at
from people.models import (
    Facilitation,
    GroupMembership,
    Mandate,
    Organisation,
    OrganisationSlug,
    User,
    WorkingGroup,
)
from people.roles import EDITORS
from record.keys import issue_key
from search.receivers import index_term
from wiki.actions.bodies import body_from
from wiki.actions.pages import create_page
from wiki.actions.texts import rerender_texts
from wiki.models import GuidePage

GUIDES, TERMS, DEFINITIONS, SEATS, COMMENTS, WORDS = 2_000, 1_000, 40, 60, 100, 700
SEED = 20_251


def build() -> None:
    """Fill an empty, migrated database."""
    draw = Random(SEED)
    # The index is built once, at the end.
    term_changed.disconnect(index_term)
    with transaction.atomic():
        editor, facilitator, speakers, group = _people()
        terms = _terms(draw, editor, group)
        _negotiate(draw, terms[0], editor, facilitator, speakers)
    # Apart: each new word asks for the texts of all published pages to be linked again.
    with transaction.atomic():
        _guides(draw, editor, speakers[0][1])
    rerender_texts()
    term_changed.connect(index_term)
    call_command("rebuild_index", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@contextmanager
def _then(moment: datetime) -> Iterator[None]:
    with clock_at(moment):
        yield


# ---- people


def _people() -> tuple[User, User, list[tuple[User, Organisation]], WorkingGroup]:
    """An editor, a facilitator, sixty speakers with their organisations, and the group they sit in."""
    start = timezone.localdate() - timedelta(days=900)
    editor = _user("editor")
    editor.groups.add(Group.objects.get(name=EDITORS))
    facilitator = _user("facilitator")
    group = WorkingGroup.objects.create(
        key=issue_key(kind="group"),
        name="Arbeitsgruppe Begriffe",
        slug="begriffe",
        commission_text="Klärt Begriffe.",
    )
    Facilitation.objects.create(group=group, user=facilitator, valid_from=start)
    speakers = []
    for number in range(SEATS):
        organisation = _organisation(number)
        GroupMembership.objects.create(group=group, organisation=organisation, valid_from=start)
        speaker = _user(f"speaker{number}")
        Mandate.objects.create(
            user=speaker, organisation=organisation, role="speaker", group=group, valid_from=start
        )
        speakers.append((speaker, organisation))
    return editor, facilitator, speakers, group


def _user(name: str) -> User:
    return User.objects.create_user(f"{name}@bench.example", display_name=name.capitalize())


def _organisation(number: int) -> Organisation:
    name = f"Gemeinde {name_of(number + 1)}"
    slug = f"gemeinde-{number}"
    organisation = Organisation.objects.create(
        key=issue_key(kind="organisation"),
        name=name,
        short_name=name[:60],
        slug=slug,
        kind="municipality",
        mailbox=f"{slug}@bench.example",
    )
    OrganisationSlug.objects.create(organisation=organisation, slug=slug)
    return organisation


# ---- glossary


def _terms(draw: Random, editor: User, group: WorkingGroup) -> list[Term]:
    """Terms with two words and an explanation each."""
    terms = []
    for number in range(TERMS):
        name = name_of(number)
        labels = [LabelData(text=name), LabelData(text=f"{name} vor Ort", status="admitted")]
        term = create_term(by=editor, labels=labels, steward=group)
        csl = {"type": "book", "title": f"Handbuch {name}", "issued": {"date-parts": [[2024]]}}
        write_explanation(term=term, by=editor, text=text(draw, 40), csl=csl, passage="S. 1")
        terms.append(term)
    return terms


def _negotiate(
    draw: Random, term: Term, editor: User, facilitator: User, speakers: list[tuple[User, Organisation]]
) -> None:
    """Forty definitions with a discussion on one of them, one agreed wording with a dissent, one open round."""
    now = timezone.now().replace(microsecond=0)
    definitions: list[Definition] = []
    for number in range(DEFINITIONS):
        speaker, organisation = speakers[number % SEATS]
        with _then(now - timedelta(days=90, hours=-number)):
            definitions.append(
                propose_definition(
                    term=term,
                    by=speaker,
                    organisation=organisation,
                    title=f"Vorschlag {number + 1}",
                    text=text(draw, 60),
                    scope="Leitfäden der Mitglieder",
                    rationale=text(draw, 40),
                )
            )
    agreed = _round(definitions[0], facilitator, speakers, opens=now - timedelta(days=60), days=14)
    with _then(now - timedelta(days=40)):
        close_round(round=agreed, by=facilitator)
        agreed.refresh_from_db()
        state_outcome(round=agreed, by=facilitator, text=text(draw, 40))
        agreed.refresh_from_db()
        publish_entry(round=agreed, by=editor, valid_from=timezone.localdate())
    _round(definitions[1], facilitator, speakers, opens=now - timedelta(days=3), days=15)
    for number in range(COMMENTS):
        speaker, _organisation = speakers[number % SEATS]
        post_comment(target=definitions[0], by=speaker, text=text(draw, 30))


def _round(
    definition: Definition,
    facilitator: User,
    speakers: list[tuple[User, Organisation]],
    *,
    opens: datetime,
    days: int,
) -> Round:
    """Announced, and answered by two thirds; the last to speak objects."""
    with _then(opens - timedelta(days=1)):
        planned = plan_round(
            definition=definition,
            by=facilitator,
            question=f"Können Sie „{definition.title}“ mittragen?",
            opens_at=opens,
            closes_at=opens + timedelta(days=days),
        )
        round = announce_round(round=planned, by=facilitator, expected_version=planned.version)
    with _then(opens + timedelta(days=1)):
        seats = {seat.organisation_id: seat for seat in round.seats.all()}
        for number, (speaker, organisation) in enumerate(speakers[: SEATS * 2 // 3]):
            last = number == SEATS * 2 // 3 - 1
            more: dict[str, Any] = (
                {"reason": "Das geht zu weit.", "change_wanted": "Kürzer fassen."} if last else {}
            )
            seat, value = seats[organisation.pk], "objection" if last else "consent"
            take_position(seat=seat, by=speaker, value=value, replaces=0, **more)
    round.refresh_from_db()
    return round


# ---- guides


def _guides(draw: Random, editor: User, contributor: Organisation) -> None:
    """One guide published as an editor would, and copies of its rows with texts of their own."""
    page = GuidePage(title="Leitfaden 0", slug="leitfaden-0", gist=text(draw, 20), contributor=contributor)
    create_page(page=page, by=editor, body=body_from(_body(draw, 0)))
    copy_page(page, GUIDES - 1, lambda number: _changes(draw, number))


def _changes(draw: Random, number: int) -> dict[str, Any]:
    title = f"Leitfaden {number}: {name_of(number)}"
    return {
        "title": title,
        "draft_title": title,
        "gist": text(draw, 20),
        "body": json.dumps([{**block, "id": str(uuid4())} for block in body_from(_body(draw, number))]),
    }


def _body(draw: Random, number: int) -> list[dict[str, Any]]:
    """Seven sections of a hundred words, with twenty terms in them."""
    named = [name_of(0), *(name_of(draw.randrange(1, TERMS)) for _ in range(TERMS_PER_PAGE - 1))]
    blocks: list[dict[str, Any]] = []
    for section in range(WORDS // 100):
        terms = named[section * 3 : section * 3 + 3]
        first, second = text(draw, 50, terms[:2]), text(draw, 50, terms[2:])
        blocks.append(
            {"type": "heading", "level": 2, "text": f"Abschnitt {section + 1} von Leitfaden {number}"}
        )
        blocks.append({"type": "text", "html": f"<p>{first}</p><p>{second}</p>"})
    return blocks
