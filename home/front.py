"""What the home page lists: agreed wordings, open rounds, practices, guides, the next meeting."""

import re
from typing import Any

from django.db.models import F, Prefetch, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest
from django.utils import timezone

from glossary.models import ConsensusEntry, Label, Round, Term
from glossary.states import EntryKind
from home.waiting import waiting_for
from people.models import User
from wiki.models import GuidePage, MeetingPage, PracticePage

FIRST_SENTENCE = re.compile(r".+?\w\w[.!?](?=\s+[A-ZÄÖÜ„]|$)")
AGREED, ROUNDS, PRACTICES, GUIDES = 3, 4, 3, 4


def front_page(request: HttpRequest) -> dict[str, Any]:
    """Context of the home page; signed in, first what waits for the person."""
    now = timezone.now()
    user = request.user
    return {
        "waiting": waiting_for(user) if isinstance(user, User) else [],
        "agreed": agreed(),
        "rounds": list(Round.objects.open_at(now).select_related("term").order_by("closes_at")[:ROUNDS]),
        "practices": _newest(PracticePage, PRACTICES),
        "guides": _newest(GuidePage, GUIDES, by="checked_on"),
        "next_meeting": MeetingPage.objects.visible_to_all()
        .filter(starts_at__gt=now)
        .order_by("starts_at")
        .first(),
        "now": now,
        "counts": {"terms": Term.objects.current().count()},
    }


def agreed() -> list[ConsensusEntry]:
    """The wordings in force, the newest first; one query for all terms, one for their labels."""
    in_force = Window(RowNumber(), partition_by=F("term_id"), order_by=F("number").desc())
    newest = (
        ConsensusEntry.objects.filter(valid_from__lte=timezone.localdate())
        .annotate(rank=in_force)
        .filter(rank=1)
        .exclude(kind=EntryKind.REVOKED)
        .select_related("term", "wording")
        .prefetch_related(Prefetch("term__labels", queryset=Label.objects.all()))
        .order_by("-valid_from", "-pk")
    )
    return list(newest[:AGREED])


def first_sentence(text: str) -> str:
    """One sentence of a definition: what fits a list. An abbreviation's dot (z. B.) ends none."""
    found = FIRST_SENTENCE.match(text.replace("\n", " "))
    return found[0].strip() if found else text


def _newest(model: Any, count: int, by: str = "first_published_at") -> list[Any]:
    pages = model.objects.visible_to_all().select_related("contributor", "picture")
    return list(pages.order_by(F(by).desc(nulls_last=True), "-pk")[:count])
