"""A thousand of something, quickly: rows as the actions would have left them, past the actions.

One that was made properly is there already; lists, not acts, are tested with these.
"""

from datetime import timedelta

from django.utils import timezone

from bench.copies import copy_page
from glossary.models import Label, Round, Term, TermSlug
from glossary.states import RoundState
from people.models import GroupMembership, Organisation, WorkingGroup
from record.keys import issue_key
from search.documents import Document, Kind
from search.engine import engine
from tests.factories.cast import Cast, long_ago
from tests.factories.guards import lifted
from wiki.models import KnowledgePage


def more_pages(page: KnowledgePage, count: int) -> None:
    """More pages like this one, with everything that hangs on it."""
    copy_page(page, count, lambda number: {"title": f"{page.title} {number}", "draft_title": page.title})


def more_terms(cast: Cast, count: int) -> list[Term]:
    """Terms of the group with one word each."""
    now, start = timezone.now(), Term.objects.count()
    terms = [
        Term(key=issue_key(kind="term"), slug=f"wort-{start + n}", created_at=now, steward=cast.group)
        for n in range(count)
    ]
    Term.objects.bulk_create(terms)
    TermSlug.objects.bulk_create([TermSlug(term=t, slug=t.slug, created_at=now) for t in terms])
    Label.objects.bulk_create([Label(term=t, text=t.slug.title(), status="preferred") for t in terms])
    return terms


def more_organisations(cast: Cast, count: int) -> None:
    """Members of the group."""
    start = Organisation.objects.count()
    rows = [
        Organisation(
            key=issue_key(kind="organisation"), name=f"Gemeinde {n}", short_name=f"G {n}", slug=f"gemeinde-{n}",
            kind="municipality", mailbox=f"g{n}@demo.example",
        )
        for n in range(start, start + count)
    ]  # fmt: skip
    Organisation.objects.bulk_create(rows)
    GroupMembership.objects.bulk_create(
        [GroupMembership(group=cast.group, organisation=row, valid_from=long_ago()) for row in rows]
    )


def more_groups(cast: Cast, count: int) -> None:
    """Groups in which the town sits."""
    start = WorkingGroup.objects.count()
    rows = [
        WorkingGroup(
            key=issue_key(kind="group"), name=f"Gruppe {n}", slug=f"gruppe-{n}", commission_text="Klärt Begriffe."
        )
        for n in range(start, start + count)
    ]  # fmt: skip
    WorkingGroup.objects.bulk_create(rows)
    GroupMembership.objects.bulk_create(
        [GroupMembership(group=row, organisation=cast.town, valid_from=long_ago()) for row in rows]
    )


def more_rounds(cast: Cast, running: Round, count: int) -> None:
    """Half of them run like this one, half were cancelled, each about a term of its own."""
    rows = []
    for number, term in enumerate(more_terms(cast, count)):
        row = Round.objects.get(pk=running.pk)
        row.pk, row.key, row.term, row.submission_key = None, issue_key(kind="round"), term, None
        row.closes_at += timedelta(minutes=number)
        if number % 2:
            row.state, row.cancelled_at, row.cancel_reason = RoundState.CANCELLED, timezone.now(), "Zu früh."
        rows.append(row)
    with lifted("glossary_round_begins_planned"):
        Round.objects.bulk_create(rows)


def more_documents(count: int) -> None:
    """Found by the word „Lernort“, of every kind in turn."""
    kinds = list(Kind)
    engine().put(
        [
            Document(
                kind=kinds[n % len(kinds)], key=f"d-{n}", title=f"Lernort {n}", lead="Ein Ort.", body="Am Lernort.",
                url=f"/d-{n}/",
            )
            for n in range(count)
        ]
    )  # fmt: skip
