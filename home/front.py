"""What the home page lists: agreed wordings, open rounds, practices, guides, the next meeting."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Prefetch
from django.http import HttpRequest
from django.utils import timezone

from glossary.models import ConsensusEntry, Round, Term
from glossary.queries import entries_in_force, with_dissents
from glossary.states import TermStage
from glossary.views.pieces import Look, entry_detail, status_look
from home.waiting import waiting_for
from people.models import User
from wiki.models import GuidePage, MeetingPage, Picture, PracticePage

FIRST_SENTENCE = re.compile(r".+?\w\w[.!?](?=\s+[A-ZÄÖÜ„]|$)")
AGREED, ROUNDS, PRACTICES, GUIDES = 3, 4, 3, 4
# As the template asks for it.
_PICTURE = "fill-640x360|format-webp"


def front_page(request: HttpRequest) -> dict[str, Any]:
    """Context of the home page; signed in, first what waits for the person. Rows hold what is shown, nothing else."""
    now = timezone.now()
    user = request.user
    return {
        "waiting": waiting_for(user) if isinstance(user, User) else [],
        "agreed": agreed(),
        "rounds": _open_rounds(now),
        "practices": _practices(),
        "guides": list(_newest(GuidePage, by="checked_on")[:GUIDES]),
        "next_meeting": _next_meeting(now),
        "now": now,
        "counts": {"terms": Term.objects.current().count()},
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """A wording in force, with its status in one line."""

    entry: ConsensusEntry
    status: Look


def agreed() -> list[Agreed]:
    """The wordings in force, the newest first, with their dissents; one query."""
    # What `with_dissents` adds is unknown to the type of the model.
    newest: Any = (
        with_dissents(entries_in_force())
        .select_related("term", "wording")
        .only(
            "number", "preferred_label", "carried_by", "asked", "valid_from",
            "term__slug", "term__language", "wording__text", "wording__language",
        )
        .order_by("-valid_from", "-pk")
    )  # fmt: skip
    return [Agreed(entry=entry, status=_status(entry, entry.dissent_count)) for entry in newest[:AGREED]]


def _status(entry: ConsensusEntry, dissents: int) -> Look:
    stage = TermStage.AGREED_WITH_DISSENT if dissents else TermStage.AGREED
    return status_look(stage, entry_detail(entry, dissents=dissents))


def _open_rounds(now: datetime) -> list[Round]:
    shown = ("key", "question", "closes_at", "term__slug", "term__language")
    rounds = Round.objects.open_at(now).select_related("term").only(*shown)
    return list(rounds.order_by("closes_at")[:ROUNDS])


def _practices() -> list[PracticePage]:
    """The newest practices, with their pictures in the size shown: three queries, whatever the number."""
    pictures = Prefetch("picture", queryset=Picture.objects.prefetch_renditions(_PICTURE))
    return list(_newest(PracticePage, "picture").prefetch_related(pictures)[:PRACTICES])


def _next_meeting(now: datetime) -> MeetingPage | None:
    coming = MeetingPage.objects.visible_to_all().for_lists("starts_at").filter(starts_at__gt=now)
    found: MeetingPage | None = coming.order_by("starts_at").first()
    return found


def first_sentence(text: str) -> str:
    """One sentence of a definition: what fits a list. An abbreviation's dot (z. B.) ends none."""
    found = FIRST_SENTENCE.match(text.replace("\n", " "))
    return found[0].strip() if found else text


def _newest(model: Any, *more: str, by: str = "first_published_at") -> Any:
    """Pages of one kind that everybody may read, by a day, the newest first; with `more` than lists show."""
    return model.objects.visible_to_all().for_lists(*more).order_by(F(by).desc(nulls_last=True), "-pk")
