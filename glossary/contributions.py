"""What the glossary shows on the pages of organisations and working groups: terms, rounds, definitions."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from glossary.models import Definition, Round, Term
from glossary.phrases import deadline, long_day
from glossary.queries import with_status
from glossary.states import RoundPhase
from glossary.views.pieces import full_name, phase_look, status_look
from people import contributions
from people.contributions import Item, Section
from people.models import Organisation, WorkingGroup

SHOWN = 30


def contributed(subject: Organisation | WorkingGroup) -> Sequence[Section]:
    """Sections for the page of an organisation or a working group; a constant number of queries."""
    if isinstance(subject, WorkingGroup):
        return [_terms(subject), _rounds(Round.objects.public().filter(group=subject))]
    return [
        _definitions(subject),
        _rounds(Round.objects.public().filter(seats__organisation=subject)),
    ]


def register() -> None:
    """Called once, when the app is ready."""
    contributions.register(contributed)


def _terms(group: WorkingGroup) -> Section:
    # `stage` is an annotation, which the type of the model does not know.
    terms: Any = with_status(Term.objects.with_labels().filter(steward=group))
    items = [(full_name(term), term, status_look(term.stage)) for term in terms]
    return Section(
        title=_("Terms it looks after"),
        anchor="begriffe",
        items=[
            Item(
                title=name,
                url=term.get_absolute_url(),
                status=look.word,
                tone=look.tone,
                icon=look.icon,
                lang=term.language,
            )
            for name, term, look in sorted(items, key=lambda item: item[0].casefold())
        ],
        empty=_("It looks after no term yet."),
    )


def _rounds(rounds: QuerySet[Round]) -> Section:
    found = rounds.select_related("term", "outcome").order_by("-opens_at", "-pk")[:SHOWN]
    items = []
    for row in found:
        look = phase_look(row)
        running = row.phase() in {RoundPhase.OPEN, RoundPhase.UPCOMING}
        items.append(
            Item(
                title=row.question,
                url=row.get_absolute_url(),
                status=look.word,
                tone=look.tone,
                icon=look.icon,
                meta=deadline(row.closes_at) if running else long_day(row.closes_at),
                lang=row.term.language,
            )
        )
    return Section(title=_("Rounds"), anchor="runden", items=items)


def _definitions(organisation: Organisation) -> Section:
    rows = (
        Definition.objects.filter(organisation=organisation)
        .select_related("term", "wording")
        .prefetch_related("term__labels")
        .order_by("-proposed_at", "-pk")[:SHOWN]
    )
    items = [
        Item(
            title=row.title,
            url=row.get_absolute_url(),
            kicker=full_name(row.term),
            meta=_("brought in on %(day)s") % {"day": long_day(row.proposed_at)},
            lang=row.wording.language,
        )
        for row in rows
    ]
    return Section(title=_("Definitions it brought in"), anchor="definitionen", items=items)
